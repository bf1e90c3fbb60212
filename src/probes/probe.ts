import { lastLine } from '../model/command-output.js';
import { isLabError, LabError, messageOf } from '../model/errors.js';
import type { ProbeResult, WritesResult } from '../model/event.js';
import { shiftedBy } from '../model/outage.js';
import type { ProbeSpec } from '../model/scenario.js';
import type { Clock } from '../ports/clock.js';
import { nodeProgram } from '../ports/node-program.js';
import type { ProbeDriver, RunningProbe } from '../ports/probe.js';
import type { Transport } from '../ports/transport.js';
import { type Attempt, createAttemptLog, outcomeOf, parseProbeLine, patienceOf } from './attempts.js';
import { answerersOf, largestGapOf, measure } from './windows.js';

const START_DEADLINE_MS = 10_000;
const READ_BACK_MS = 30_000;
/** A probe that is never stopped ends by itself. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * node-programs/probe.py on a node, as root. Window times are on the run's clock: the node's own monotonic clock, shifted
 * by the least delay seen between a time and the arrival of its line here.
 * `start` throws LabError `command-failed` where the program ends at once and `command-timeout` where it reports nothing.
 */
export const probeDriver: ProbeDriver = {
  async start(spec, transport, clock): Promise<RunningProbe> {
    const log = createLog(spec, clock);
    const run = `${spec.id}-${Math.round(clock.monotonicMs())}-${Date.parse(clock.now())}`;
    const stop = new AbortController();
    const ended = transport
      .exec(argvOf(spec, run), {
        timeoutMs: LONGEST_MS,
        isNotStretched: true,
        signal: stop.signal,
        stdin: nodeProgram('probe.py'),
        onStdout: log.take,
      })
      .then(
        ({ exitCode, stdout, stderr }): string =>
          `the probe ended with exit code ${exitCode}: ${(stderr || stdout).trim().slice(-300)}`,
        (error: unknown): string => {
          if (isLabError(error)) return error.message;
          throw error;
        },
      );
    try {
      await firstSign(ended, log.firstSign, `${spec.kind} of ${spec.target} on ${transport.node}`, clock);
    } catch (error) {
      stop.abort();
      throw error;
    }
    return {
      snapshot: log.result,
      answersNow: log.answersNow,
      async stop(): Promise<ProbeResult> {
        const result = log.result();
        stop.abort();
        await ended.catch(messageOf);
        return result;
      },
      ...(spec.kind === 'writer' ? { account: (signal) => account(spec, run, log.attempts, transport, signal) } : {}),
    };
  },
};

function argvOf(spec: ProbeSpec, run: string): readonly string[] {
  return [
    ...['python3', '-', spec.kind, spec.target, '--every', String(spec.everyMs), '--run', run],
    ...('port' in spec ? ['--port', String(spec.port)] : []),
    ...('path' in spec ? ['--path', spec.path] : []),
  ];
}

async function account(
  { target, port }: Extract<ProbeSpec, { kind: 'tcp' | 'writer' }>,
  run: string,
  attempts: readonly Attempt[],
  transport: Transport,
  signal: AbortSignal,
) {
  const argv = ['python3', '-', 'records', target, '--port', String(port), '--run', run];
  try {
    const result = await transport.exec(argv, { timeoutMs: READ_BACK_MS, signal, stdin: nodeProgram('probe.py') });
    if (result.exitCode === 0) return writesOf(attempts, result.stdout);
    return unreadWrites(attempts, lastLine(result.stderr) ?? `exit code ${result.exitCode}`);
  } catch (error) {
    if (!isLabError(error) || error.code === 'interrupted') throw error;
    return unreadWrites(attempts, error.message);
  }
}

async function firstSign(ended: Promise<string>, sign: Promise<void>, what: string, clock: Clock): Promise<void> {
  const cancel = new AbortController();
  const late = clock.sleep(START_DEADLINE_MS, cancel.signal).then(() => {
    throw new LabError('command-timeout', `${what} reported no answer and no loss for ${START_DEADLINE_MS} ms`);
  });
  const early = ended.then((message) => {
    throw new LabError('command-failed', `${what} could not be started: ${message}`, { data: { message } });
  });
  try {
    await Promise.race([sign, early, late]);
  } finally {
    cancel.abort();
    // A probe that is stopped later ends this promise too, and that is no failure.
    early.catch(messageOf);
  }
}

interface ProbeLog {
  readonly take: (chunk: string) => void;
  readonly firstSign: Promise<void>;
  readonly attempts: readonly Attempt[];
  readonly result: () => ProbeResult;
  readonly answersNow: () => boolean;
}

function createLog({ id, kind, target, everyMs }: ProbeSpec, clock: Clock): ProbeLog {
  const log = createAttemptLog();
  const { attempts } = log;
  let rest = '';
  let shiftMs = Number.POSITIVE_INFINITY;
  let seen: () => void = () => undefined;
  const firstSign = new Promise<void>((resolve) => {
    seen = resolve;
  });
  const nowMs = () => clock.monotonicMs() - shiftMs;

  function takeLine(text: string): void {
    const line = parseProbeLine(text);
    if (line === undefined) return;
    log.take(line);
    shiftMs = Math.min(shiftMs, clock.monotonicMs() - (line.kind === 'sent' ? line.afterMs : line.atMs));
    const [first] = attempts;
    if (first && outcomeOf(first, patienceOf([], everyMs), nowMs()) !== 'open') seen();
  }

  return {
    firstSign,
    attempts,
    take(chunk) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) takeLine(line);
    },
    result() {
      const measured = measure(attempts, everyMs, nowMs());
      const answeredBy = answerersOf(attempts);
      const [first] = attempts;
      return {
        ...{ probe: id, kind, target, everyMs, sent: measured.sent, answered: measured.answered },
        largestGapMs: largestGapOf(attempts, everyMs, nowMs()),
        windows: measured.windows.map(shiftedBy(shiftMs)),
        ...(first === undefined ? {} : { ran: { fromMs: first.beforeMs + shiftMs, toMs: clock.monotonicMs() } }),
        ...(answeredBy.length === 0 ? {} : { answeredBy: answeredBy.map(shiftedBy(shiftMs)) }),
      };
    },
    answersNow() {
      const recent = attempts.slice(-Math.ceil(2_000 / everyMs));
      const patienceMs = patienceOf(recent, everyMs);
      const outcomes = recent.map((attempt) => outcomeOf(attempt, patienceMs, nowMs()));
      const newest = outcomes.findLast((outcome) => outcome !== 'open');
      return newest === 'answered';
    },
  };
}

/** Compares the acknowledged writes with those that the service has, from its `r NUMBER` lines. */
export function writesOf(attempts: readonly Attempt[], readBack: string): WritesResult {
  const times = new Map<number, number>();
  for (const [, digits] of readBack.matchAll(/^r (\d+)$/gm)) {
    const number = Number(digits);
    times.set(number, (times.get(number) ?? 0) + 1);
  }
  const acknowledged = new Set(
    attempts.filter(({ answeredMs }) => answeredMs !== undefined).map(({ sequence }) => sequence),
  );
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((number) => !times.has(number)),
    doubled: [...times].filter(([, count]) => count > 1).map(([number]) => number),
    unacknowledged: [...times.keys()].filter((number) => !acknowledged.has(number)).length,
  };
}

/** As far as is known where the records could not be read back. */
export function unreadWrites(attempts: readonly Attempt[], problem: string): WritesResult {
  const acknowledged = attempts.filter(({ answeredMs }) => answeredMs !== undefined).length;
  return { acknowledged, lost: [], doubled: [], unacknowledged: 0, problem };
}
