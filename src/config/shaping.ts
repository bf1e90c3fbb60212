import { parseDurationMs } from '../fields/time-expression.js';
import type { ValueProblem } from '../fields/value-problem.js';
import type { Shaping } from '../model/shaping.js';

/** As files and flags write it: `{ delay: 100ms, jitter: 20ms, loss: 5%, rate: 1mbit }`. */
export type ShapingWords = { readonly [K in ShapingKey]?: string | undefined };
export const SHAPING_KEYS = ['delay', 'jitter', 'loss', 'duplicate', 'corrupt', 'rate'] as const;
export type ShapingKey = (typeof SHAPING_KEYS)[number];

interface Quantity {
  readonly of: keyof Shaping;
  readonly example: string;
  /** Undefined for what it is not. */
  read(word: string): number | undefined;
}

const MOST_DELAY_MS = 60_000;
const delay = { example: '100ms', read: (word: string) => within(parseDurationMs(word), MOST_DELAY_MS) };
const percent = { example: '5%', read: (word: string) => within(times(/^(\d+(?:\.\d+)?)%$/.exec(word), 1), 100) };

const QUANTITIES: { readonly [K in ShapingKey]: Quantity } = {
  delay: { of: 'delayMs', ...delay },
  jitter: { of: 'jitterMs', ...delay, example: '20ms' },
  loss: { of: 'lossPercent', ...percent },
  duplicate: { of: 'duplicatePercent', ...percent },
  corrupt: { of: 'corruptPercent', ...percent },
  rate: { of: 'rateKbit', example: '1mbit', read: readRate },
};

const KBIT: Readonly<Record<string, number>> = { kbit: 1, mbit: 1000, gbit: 1_000_000 };

function readRate(word: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)([kmg]bit)$/.exec(word);
  return within(times(found, KBIT[found?.[2] ?? ''] ?? 0), 100 * 1_000_000);
}

function times(found: RegExpExecArray | null, factor: number): number | undefined {
  return found ? Number(found[1]) * factor : undefined;
}

/** Above nothing, and no more than that. */
function within(value: number | undefined, most: number): number | undefined {
  return value !== undefined && value > 0 && value <= most ? value : undefined;
}

export function exampleOf(key: ShapingKey): string {
  return QUANTITIES[key].example;
}

/** What is wrong with one of them by itself. */
export function quantityWrong(key: ShapingKey, word: string): ValueProblem | undefined {
  const { example, read } = QUANTITIES[key];
  if (read(word) !== undefined) return undefined;
  return { message: `'${word}' is no ${key} that a link can have`, hint: `write it as ${example}` };
}

/** What is wrong with all of them together. */
export function shapingWrong(words: ShapingWords): ValueProblem | undefined {
  if (SHAPING_KEYS.every((key) => words[key] === undefined))
    return {
      message: 'nothing is said that would shape the link',
      hint: `give at least one of ${SHAPING_KEYS.join(', ')}`,
    };
  if (words.jitter !== undefined && words.delay === undefined)
    return { message: 'jitter is that of a delay, and there is none', hint: 'give delay, too' };
  return undefined;
}

/** Of words that nothing is wrong with. */
export function shapingFromWords(words: ShapingWords): Shaping {
  const given = SHAPING_KEYS.flatMap((key) => {
    const value = QUANTITIES[key].read(words[key] ?? '');
    return value === undefined ? [] : [[QUANTITIES[key].of, value] as const];
  });
  return Object.fromEntries(given);
}
