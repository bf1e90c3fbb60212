import type { AnsweredBy, OutageWindow } from '../model/event.js';
import { type Attempt, outcomeOf, patienceOf, usualTripOf } from './attempts.js';

interface Measured {
  /** Attempts whose outcome is known. */
  readonly sent: number;
  readonly answered: number;
  readonly windows: readonly OutageWindow[];
}

/** Fewer unanswered attempts in a row are noise, not an outage. */
const LEAST_UNANSWERED = 2;
/** Beyond twice the usual round trip and any of late, an attempt this much slower was held up. */
const SLACK_MS = 5;

/**
 * The stretches without an answer. One began after the last answered attempt was sent, and before an answer to the first unanswered
 * one would have come; it ended after the last unanswered attempt was sent, and before the first answer after it came, be
 * that a late one. A window's ends are the middles of that, and its bounds the extremes: what held the probe up widens
 * them. One still open at `nowMs` ends there, `ended: false`.
 */
export function measure(attempts: readonly Attempt[], everyMs: number, nowMs: number): Measured {
  const patienceMs = patienceOf(attempts, everyMs);
  const usualMs = usualTripOf(attempts);
  const outcomes = attempts.map((attempt) => outcomeOf(attempt, patienceMs, nowMs));
  const windows: OutageWindow[] = [];
  let index = 0;
  while (index < attempts.length) {
    const first = attempts[index];
    if (outcomes[index] !== 'unanswered' || first === undefined) {
      index += 1;
      continue;
    }
    const next = nextAnswered(outcomes, index);
    const endMs = earliestAnswer(attempts.slice(index, next + 1));
    const toMs = endMs ?? nowMs;
    // What was sent after the window's end belongs to another one.
    const within = attempts.slice(index, next).filter(({ beforeMs }) => beforeMs < toMs);
    if (within.length >= LEAST_UNANSWERED || (endMs === undefined && within.length > 0)) {
      const recentMs = recentTripOf(attempts, index, patienceMs);
      const slowMs = Math.max(2 * usualMs, recentMs) + SLACK_MS;
      const held = attempts.slice(index).filter(isHeldUp(toMs, slowMs));
      const end = { afterMs: held.at(-1)?.beforeMs ?? first.beforeMs, beforeMs: toMs };
      const now = { afterMs: nowMs, beforeMs: nowMs };
      windows.push(
        windowBetween(startOf(attempts, index, recentMs), endMs === undefined ? now : end, endMs !== undefined),
      );
    }
    index += Math.max(1, within.length);
  }
  const known = outcomes.filter((outcome) => outcome !== 'open');
  return {
    sent: known.length,
    answered: known.filter((outcome) => outcome === 'answered').length,
    windows: windows.filter(({ ended, durationMs }) => ended || durationMs >= LEAST_UNANSWERED * everyMs),
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

/** Sent before the window's end and not answered as fast as usual: the target was down at the time. */
function isHeldUp(toMs: number, slowMs: number): (attempt: Attempt) => boolean {
  return ({ beforeMs, answeredMs }) => beforeMs < toMs && (answeredMs === undefined || answeredMs - beforeMs > slowMs);
}

/** How many attempts before a window say how long an answer would have taken. */
const RECENT = 20;
/** How many attempts after the first unanswered one may still have reached the target. */
const STILL_MET = 10;

/** The longest trip of those that were answered in time just before this one. */
function recentTripOf(attempts: readonly Attempt[], index: number, patienceMs: number): number {
  const trips = attempts.slice(Math.max(0, index - RECENT), index).map(tripOf);
  return Math.max(0, ...trips.filter((ms) => ms <= patienceMs));
}

function tripOf({ answeredMs, beforeMs }: Attempt): number {
  return (answeredMs ?? Number.POSITIVE_INFINITY) - beforeMs;
}

/**
 * When a window began whose first unanswered attempt is at this index: an answer to that one may already have been on its way,
 * and attempts right after it that got a connection still reached the target.
 */
function startOf(attempts: readonly Attempt[], index: number, tripMs: number): Moment {
  const [first, ...others] = attempts.slice(index, index + STILL_MET);
  if (first === undefined) throw new Error('there is no attempt at this index');
  const unmet = [first, ...others].find(({ connectedMs, answeredMs }) => (connectedMs ?? answeredMs) === undefined);
  return {
    afterMs: attempts[index - 1]?.beforeMs ?? first.beforeMs,
    beforeMs: Math.max(first.afterMs + tripMs, unmet?.afterMs ?? 0),
  };
}

/** A moment that lies somewhere after the one and before the other. */
interface Moment {
  readonly afterMs: number;
  readonly beforeMs: number;
}

function windowBetween(start: Moment, end: Moment, ended: boolean): OutageWindow {
  const fromMs = middleOf(start);
  const toMs = Math.max(fromMs, middleOf(end));
  return {
    fromMs,
    toMs,
    durationMs: toMs - fromMs,
    ended,
    atLeastMs: Math.max(0, end.afterMs - start.beforeMs),
    atMostMs: end.beforeMs - start.afterMs,
  };
}

function middleOf({ afterMs, beforeMs }: Moment): number {
  return (afterMs + beforeMs) / 2;
}

/** The longest time between two attempts beyond the interval, the time since the last one included. */
export function largestGapOf(attempts: readonly Attempt[], everyMs: number, nowMs: number): number {
  return attempts.reduce((largest, { beforeMs }, index) => {
    const nextMs = attempts[index + 1]?.afterMs ?? nowMs;
    return Math.max(largest, nextMs - beforeMs - everyMs);
  }, 0);
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
