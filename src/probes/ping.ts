import { isLabError, LabError, messageOf } from '../model/errors.js';
import type { ProbeResult } from '../model/event.js';
import type { Clock } from '../ports/clock.js';
import type { ProbeDriver, RunningProbe } from '../ports/probe.js';
import { largestGapOf, outagesFrom } from './outage-windows.js';
import { type PingEvent, parsePingLine } from './ping-lines.js';

const START_DEADLINE_MS = 10_000;
/** A probe nobody stops ends by itself. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * iputils' ping on a node, as root. Window times are on the run's clock: the node's own stamps, shifted by the least
 * delay seen between a stamp and the line's arrival here.
 * `start` throws LabError `command-failed` where ping ends at once and `command-timeout` where it prints nothing.
 */
export const pingProbe: ProbeDriver = {
  async start(spec, transport, clock): Promise<RunningProbe> {
    const log = createLog(clock);
    const stop = new AbortController();
    const argv = ['ping', '-n', '-D', '-O', '-i', String(spec.everyMs / 1000), spec.target];
    const ended = transport.exec(argv, { timeoutMs: LONGEST_MS, signal: stop.signal, onStdout: log.take }).then(
      (result): string =>
        `ping ended with exit code ${result.exitCode}: ${(result.stderr || result.stdout).trim().slice(-300)}`,
      (error: unknown): string => {
        if (isLabError(error)) return error.message;
        throw error;
      },
    );
    const snapshot = () => log.resultOf(spec.id, spec.everyMs);
    try {
      await firstSign(ended, log.firstSign, `ping of ${spec.target} on ${transport.node}`, clock);
    } catch (error) {
      stop.abort();
      throw error;
    }
    return {
      snapshot,
      async stop(): Promise<ProbeResult> {
        const result = snapshot();
        stop.abort();
        await ended.catch(messageOf);
        return result;
      },
    };
  },
};

async function firstSign(ended: Promise<string>, sign: Promise<void>, what: string, clock: Clock): Promise<void> {
  const cancel = new AbortController();
  const late = clock.sleep(START_DEADLINE_MS, cancel.signal).then(() => {
    throw new LabError('command-timeout', `${what} printed no answer and no loss for ${START_DEADLINE_MS} ms`);
  });
  const early = ended.then((message) => {
    throw new LabError('command-failed', `${what} could not be started: ${message}`, { data: { message } });
  });
  try {
    await Promise.race([sign, early, late]);
  } finally {
    cancel.abort();
    // A ping that is stopped later ends this promise too, and that is no failure.
    early.catch(messageOf);
  }
}

interface PingLog {
  readonly take: (chunk: string) => void;
  readonly firstSign: Promise<void>;
  resultOf(probe: string, everyMs: number): ProbeResult;
}

function createLog(clock: Clock): PingLog {
  const events: PingEvent[] = [];
  const lineTimes: number[] = [];
  let rest = '';
  let shiftMs = Number.POSITIVE_INFINITY;
  let seen: () => void = () => undefined;
  const firstSign = new Promise<void>((resolve) => {
    seen = resolve;
  });

  function takeLine(text: string): void {
    const line = parsePingLine(text);
    if (line === undefined) return;
    lineTimes.push(line.atMs);
    shiftMs = Math.min(shiftMs, clock.monotonicMs() - line.atMs);
    if (line.event === undefined) return;
    events.push(line.event);
    seen();
  }

  return {
    firstSign,
    take(chunk) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) takeLine(line);
    },
    resultOf(probe, everyMs) {
      const endMs = clock.monotonicMs() - shiftMs;
      const { sent, answered, windows } = outagesFrom(events, everyMs, endMs);
      const shifted = windows.map((window) => ({
        ...window,
        fromMs: window.fromMs + shiftMs,
        toMs: window.toMs + shiftMs,
      }));
      return {
        probe,
        sent,
        answered,
        everyMs,
        largestGapMs: largestGapOf([...lineTimes, endMs], everyMs),
        windows: shifted,
      };
    },
  };
}
