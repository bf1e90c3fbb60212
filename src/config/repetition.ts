import { parseDurationMs } from '../fields/time-expression.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { MOST_KILLS, type Repetition } from '../model/scenario.js';

export const DEFAULT_EVERY = '5s';
const FROM_MS = 100;
const TO_MS = 600_000;

export function everyWrong(word: string): ValueProblem | undefined {
  const ms = parseDurationMs(word);
  if (ms !== undefined && ms >= FROM_MS && ms <= TO_MS) return undefined;
  return {
    message: `'${word}' is no time from one kill to the next`,
    hint: 'write a time from 100ms to 10min, such as 5s',
  };
}

/** Once is no repetition. */
export function repetitionFrom(times: number | undefined, every: string | undefined): Partial<Repetition> {
  if (times === undefined || times < 2 || times > MOST_KILLS) return {};
  return { times, everyMs: parseDurationMs(every ?? DEFAULT_EVERY) ?? Number.NaN };
}
