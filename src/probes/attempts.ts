/** One request; times in ms of the node's monotonic clock. */
export interface Attempt {
  readonly sequence: number;
  /** The clock before it was sent, and after. */
  readonly beforeMs: number;
  readonly afterMs: number;
  /** When its connection was established, for probes that also wait for an answer. */
  connectedMs?: number;
  answeredMs?: number;
  who?: string;
  /** Why the target refused it, if it did. */
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

/** An answer that takes longer counts as none, as it would for a waiting client. */
const PATIENCE_MS = 150;
/** TCP repeats its first packet after 1 s (RFC 6298), and an answer to the repetition is too late. */
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

type Outcome = 'answered' | 'unanswered' | 'open';

/** `unanswered` was refused, or not answered in time; `open` may still be answered in time. */
export function outcomeOf(attempt: Attempt, patienceMs: number, nowMs: number): Outcome {
  if (attempt.answeredMs !== undefined)
    return attempt.answeredMs - attempt.beforeMs <= patienceMs ? 'answered' : 'unanswered';
  return attempt.refused !== undefined || nowMs - attempt.afterMs > patienceMs ? 'unanswered' : 'open';
}

/** One line of node-programs/probe.py; times in ms of the node's monotonic clock. */
type ProbeLine =
  | { readonly kind: 'sent'; readonly sequence: number; readonly beforeMs: number; readonly afterMs: number }
  | { readonly kind: 'connected'; readonly sequence: number; readonly atMs: number }
  | { readonly kind: 'answered'; readonly sequence: number; readonly atMs: number; readonly who?: string }
  | { readonly kind: 'refused'; readonly sequence: number; readonly atMs: number; readonly reason: string };

const LINE = /^([scax]) (\d+) (\d+)(?: (.*))?$/;

/** Returns `undefined` for any other output of a node. */
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
