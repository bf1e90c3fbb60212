import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { timerMs } from '../model/slowness.js';
import type { Clock } from '../ports/clock.js';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(timerMs(ms), undefined, signal ? { signal } : undefined);
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  },
};
