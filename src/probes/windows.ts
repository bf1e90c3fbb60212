import type { AnsweredBy, OutageWindow } from '../model/event.js';
import { type Attempt, outcomeOf, patienceOf, usualTripOf } from './attempts.js';

export interface Measured {
  /** Whose outcome is known. */
  readonly sent: number;
  readonly answered: number;
  readonly windows: readonly OutageWindow[];
}

/** Fewer in vain in a row is noise, not an outage. */
const LEAST_IN_VAIN = 2;
/** Beyond twice the usual round trip, an attempt this much slower was held up. */
const SLACK_MS = 5;

/**
 * The stretches without an answer. A window reaches from the sending of the first attempt in vain to the receipt of the
 * first answer after it, be that a late one; one still open at `nowMs` ends there, `ended: false`. Its bounds follow
 * from when attempts were really sent, so that whatever held the probe up widens them.
 */
export function measure(attempts: readonly Attempt[], everyMs: number, nowMs: number): Measured {
  const patienceMs = patienceOf(attempts, everyMs);
  const slowMs = 2 * usualTripOf(attempts) + SLACK_MS;
  const outcomes = attempts.map((attempt) => outcomeOf(attempt, patienceMs, nowMs));
  const windows: OutageWindow[] = [];
  let index = 0;
  while (index < attempts.length) {
    const first = attempts[index];
    if (outcomes[index] !== 'in-vain' || first === undefined) {
      index += 1;
      continue;
    }
    const next = nextAnswered(outcomes, index);
    const endMs = earliestAnswer(attempts.slice(index, next + 1));
    const toMs = endMs ?? nowMs;
    // What was sent after the window's end belongs to another one.
    const within = attempts.slice(index, next).filter(({ beforeMs }) => beforeMs < toMs);
    if (within.length >= LEAST_IN_VAIN || (endMs === undefined && within.length > 0)) {
      const held = attempts.slice(index, next + 1).filter(isHeldUp(toMs, slowMs));
      windows.push(windowOf(first, attempts[index - 1], held.at(-1) ?? first, toMs, endMs !== undefined));
    }
    index += Math.max(1, within.length);
  }
  const known = outcomes.filter((outcome) => outcome !== 'open');
  return {
    sent: known.length,
    answered: known.filter((outcome) => outcome === 'answered').length,
    windows: windows.filter(({ ended, durationMs }) => ended || durationMs >= LEAST_IN_VAIN * everyMs),
  };
}

function nextAnswered(outcomes: readonly string[], from: number): number {
  const next = outcomes.findIndex((outcome, index) => index > from && outcome === 'answered');
  return next === -1 ? outcomes.length : next;
}

function earliestAnswer(attempts: readonly Attempt[]): number | undefined {
  const answers = attempts.flatMap(({ answeredMs }) => answeredMs ?? []);
  return answers.length === 0 ? undefined : Math.min(...answers);
}

/** Sent before the window's end, and not answered as fast as usual: nobody answered then. */
function isHeldUp(toMs: number, slowMs: number): (attempt: Attempt) => boolean {
  return ({ beforeMs, answeredMs }) => beforeMs < toMs && (answeredMs === undefined || answeredMs - beforeMs > slowMs);
}

function windowOf(
  first: Attempt,
  before: Attempt | undefined,
  last: Attempt,
  toMs: number,
  ended: boolean,
): OutageWindow {
  const fromMs = first.beforeMs;
  return {
    fromMs,
    toMs,
    durationMs: toMs - fromMs,
    ended,
    atLeastMs: Math.max(0, (ended ? last.beforeMs : toMs) - first.afterMs),
    atMostMs: toMs - (before?.beforeMs ?? fromMs),
  };
}

/** The longest time between two attempts beyond the interval, the time since the last one included. */
export function largestGapOf(attempts: readonly Attempt[], everyMs: number, nowMs: number): number {
  let largest = 0;
  let earlier: Attempt | undefined;
  for (const attempt of attempts) {
    if (earlier) largest = Math.max(largest, attempt.afterMs - earlier.beforeMs - everyMs);
    earlier = attempt;
  }
  return earlier ? Math.max(largest, nowMs - earlier.beforeMs - everyMs) : largest;
}

/** Who answered, in stretches; a late answer counts when it came. */
export function answerersOf(attempts: readonly Attempt[]): readonly AnsweredBy[] {
  const answers = attempts.flatMap(({ answeredMs, who }) =>
    answeredMs === undefined || who === undefined ? [] : [{ answeredMs, who }],
  );
  const stretches: AnsweredBy[] = [];
  for (const { answeredMs, who } of answers.sort((a, b) => a.answeredMs - b.answeredMs)) {
    const last = stretches.at(-1);
    if (last?.who === who) stretches[stretches.length - 1] = { ...last, toMs: answeredMs, answers: last.answers + 1 };
    else stretches.push({ who, fromMs: answeredMs, toMs: answeredMs, answers: 1 });
  }
  return stretches;
}
