import type { Clock } from '../../src/ports/clock.js';

export interface MemoryClock extends Clock {
  /** Timers that nobody has waited out or cancelled. */
  sleeping(): number;
}

interface Timer {
  readonly dueMs: number;
  wake(): void;
}

/**
 * A clock that stands still while anything can run and jumps to the next timer when nothing can: sleeps cost no time,
 * and of two sleeps the shorter always ends first.
 */
export function createMemoryClock(startedAt = '2026-11-23T08:31:55.000Z'): MemoryClock {
  const startedMs = Date.parse(startedAt);
  const timers = new Set<Timer>();
  let elapsedMs = 0;
  let pumping = false;

  function pump(): void {
    pumping = false;
    const [next] = [...timers].sort((a, b) => a.dueMs - b.dueMs);
    if (next === undefined) return;
    timers.delete(next);
    elapsedMs = Math.max(elapsedMs, next.dueMs);
    next.wake();
    schedule();
  }

  function schedule(): void {
    if (pumping || timers.size === 0) return;
    pumping = true;
    // Promises that are ready run before this does.
    setImmediate(pump);
  }

  return {
    now: () => new Date(startedMs + elapsedMs).toISOString(),
    monotonicMs: () => elapsedMs,
    sleeping: () => timers.size,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer: Timer = {
          dueMs: elapsedMs + ms,
          wake() {
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        const onAbort = () => {
          timers.delete(timer);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        timers.add(timer);
        schedule();
      });
    },
  };
}
