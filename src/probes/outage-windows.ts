import type { OutageWindow } from '../model/event.js';
import type { PingEvent } from './ping-lines.js';

export interface Answers {
  readonly sent: number;
  readonly answered: number;
  readonly windows: readonly OutageWindow[];
}

/** Fewer lost in a row is noise, not an outage. */
const LEAST_LOST = 2;
const SEQUENCE_SPACE = 65_536;

/**
 * Folds what ping printed into the stretches without an answer. A window reaches from the sending of the first lost
 * request to the receipt of the first answer after it; one still open at `endMs` ends there, `ended: false`.
 * A late answer counts as an answer. Times are those of the events.
 */
export function outagesFrom(events: readonly PingEvent[], everyMs: number, endMs: number): Answers {
  const answers = new Map<number, { readonly receivedMs: number; readonly sentMs: number }>();
  let first: number | undefined;
  let last = 0;
  let firstEventMs = 0;
  for (const event of events) {
    const sequence = first === undefined ? event.sequence : unwrap(event.sequence, last);
    if (first === undefined) firstEventMs = event.atMs;
    first = Math.min(first ?? sequence, sequence);
    last = Math.max(last, sequence);
    if (event.kind === 'answer' && !answers.has(sequence))
      answers.set(sequence, { receivedMs: event.atMs, sentMs: event.atMs - (event.rttMs ?? 0) });
  }
  if (first === undefined) return { sent: 0, answered: 0, windows: [] };

  const windows: OutageWindow[] = [];
  // Before any answer a loss is printed one interval after its request went out.
  let known = { sequence: first, sentMs: firstEventMs - everyMs };
  let firstLost: number | undefined;
  for (let sequence = first; sequence <= last + 1; sequence += 1) {
    const answer = answers.get(sequence);
    const isEnd = sequence > last;
    if (answer === undefined && !isEnd) {
      firstLost ??= sequence;
      continue;
    }
    if (firstLost !== undefined && sequence - firstLost >= LEAST_LOST) {
      windows.push(
        windowOf(
          known.sentMs + everyMs * (firstLost - known.sequence),
          answer?.receivedMs ?? endMs,
          answer !== undefined,
        ),
      );
    }
    firstLost = undefined;
    if (answer) known = { sequence, sentMs: answer.sentMs };
  }
  return { sent: last - first + 1, answered: answers.size, windows };
}

/** The longest time between lines of any kind, beyond the interval: how long ping itself did not get to run. */
export function largestGapOf(lineTimesMs: readonly number[], everyMs: number): number {
  let largest = 0;
  for (let index = 1; index < lineTimesMs.length; index += 1) {
    largest = Math.max(largest, (lineTimesMs[index] ?? 0) - (lineTimesMs[index - 1] ?? 0) - everyMs);
  }
  return largest;
}

function windowOf(fromMs: number, toMs: number, ended: boolean): OutageWindow {
  const end = Math.max(fromMs, toMs);
  return { fromMs, toMs: end, durationMs: end - fromMs, ended };
}

/** The running number that a 16-bit sequence stands for: the one nearest to the newest known. */
function unwrap(sequence: number, newest: number): number {
  const turns = Math.round((newest - sequence) / SEQUENCE_SPACE);
  return sequence + turns * SEQUENCE_SPACE;
}
