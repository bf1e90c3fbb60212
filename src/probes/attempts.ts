/** One request; times in ms of the node's monotonic clock. */
export interface Attempt {
  readonly sequence: number;
  /** The clock before it was sent, and after. */
  readonly beforeMs: number;
  readonly afterMs: number;
  /** When its connection stood, where the answer is a matter of its own. */
  connectedMs?: number;
  answeredMs?: number;
  who?: string;
  /** Why it came to nothing, where somebody said so. */
  refused?: string;
}

/** Every attempt of a probe, by its lines. */
interface AttemptLog {
  take(line: ProbeLine): void;
  readonly attempts: readonly Attempt[];
}

export function createAttemptLog(): AttemptLog {
  const attempts: Attempt[] = [];
  const bySequence = new Map<number, Attempt>();
  return {
    attempts,
    take(line) {
      if (line.kind === 'sent') {
        const { sequence, beforeMs, afterMs } = line;
        const attempt = { sequence, beforeMs, afterMs };
        bySequence.set(sequence, attempt);
        attempts.push(attempt);
        return;
      }
      const attempt = bySequence.get(line.sequence);
      if (attempt === undefined || attempt.answeredMs !== undefined) return;
      if (line.kind === 'connected') attempt.connectedMs = line.atMs;
      else if (line.kind === 'refused') attempt.refused = line.reason;
      else Object.assign(attempt, { answeredMs: line.atMs, ...(line.who === undefined ? {} : { who: line.who }) });
    },
  };
}

/** An answer that takes longer is none to a client who waits for it. */
const PATIENCE_MS = 150;
/** TCP sends its first packet again after 1 s (RFC 6298): an answer to that one is no answer in time. */
const MOST_PATIENCE_MS = 900;

/** How long an answer may take: four intervals or four usual round trips, where that is longer. */
export function patienceOf(attempts: readonly Attempt[], everyMs: number): number {
  return Math.max(PATIENCE_MS, 4 * everyMs, Math.min(MOST_PATIENCE_MS, 4 * usualTripOf(attempts)));
}

/** The median of all round trips; 0 where there was none. */
export function usualTripOf(attempts: readonly Attempt[]): number {
  const trips = attempts.flatMap(({ answeredMs, beforeMs }) =>
    answeredMs === undefined ? [] : [answeredMs - beforeMs],
  );
  return trips.sort((a, b) => a - b)[trips.length >> 1] ?? 0;
}

type Outcome = 'answered' | 'in-vain' | 'open';

/** `in-vain` is what was refused, or not answered in time; `open` what may still be answered in time. */
export function outcomeOf(attempt: Attempt, patienceMs: number, nowMs: number): Outcome {
  if (attempt.answeredMs !== undefined)
    return attempt.answeredMs - attempt.beforeMs <= patienceMs ? 'answered' : 'in-vain';
  return attempt.refused !== undefined || nowMs - attempt.afterMs > patienceMs ? 'in-vain' : 'open';
}

/** One line of node-programs/probe.py; times in ms of the node's monotonic clock. */
type ProbeLine =
  | { readonly kind: 'sent'; readonly sequence: number; readonly beforeMs: number; readonly afterMs: number }
  | { readonly kind: 'connected'; readonly sequence: number; readonly atMs: number }
  | { readonly kind: 'answered'; readonly sequence: number; readonly atMs: number; readonly who?: string }
  | { readonly kind: 'refused'; readonly sequence: number; readonly atMs: number; readonly reason: string };

const LINE = /^([scax]) (\d+) (\d+)(?: (.*))?$/;

/** `undefined` for whatever else a node prints. */
export function parseProbeLine(line: string): ProbeLine | undefined {
  const [, letter, first, time, rest = ''] = LINE.exec(line.trimEnd()) ?? [];
  if (letter === undefined) return undefined;
  const sequence = Number(first);
  const atMs = Number(time) / 1000;
  if (letter === 'c') return { kind: 'connected', sequence, atMs };
  if (letter === 'a') return { kind: 'answered', sequence, atMs, ...(rest === '' ? {} : { who: rest }) };
  if (letter === 'x') return { kind: 'refused', sequence, atMs, reason: rest };
  return /^\d+$/.test(rest) ? { kind: 'sent', sequence, beforeMs: atMs, afterMs: Number(rest) / 1000 } : undefined;
}
