import { text } from '../fields/schema.js';
import { parseDurationMs } from '../fields/time-expression.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { param } from './params.js';

/** How what is sent is held up and spoilt; at least one of it. */
export interface Shaping {
  readonly delayMs?: number;
  /** Of the delay, either way. */
  readonly jitterMs?: number;
  /** Of all packets, as the three below. */
  readonly lossPercent?: number;
  readonly duplicatePercent?: number;
  readonly corruptPercent?: number;
  readonly rateKbit?: number;
}

/** All but a rate alone takes netem of the kernel; for a rate there is tbf, which is older and in every usual kernel. */
export function needsNetem({ delayMs, lossPercent, duplicatePercent, corruptPercent }: Shaping): boolean {
  return [delayMs, lossPercent, duplicatePercent, corruptPercent].some((value) => value !== undefined);
}

/** `delay 100ms jitter 20ms loss 5% rate 1000kbit` */
export function shapingText(shaping: Shaping): string {
  const given = SHAPING_KEYS.filter((key) => shaping[QUANTITIES[key].of] !== undefined);
  return given.map((key) => `${key} ${shaping[QUANTITIES[key].of]}${QUANTITIES[key].unit}`).join(' ');
}

/** As files and flags write it: `{ delay: 100ms, jitter: 20ms, loss: 5%, rate: 1mbit }`. */
type ShapingWords = { readonly [K in ShapingKey]?: string | undefined };
const SHAPING_KEYS = ['delay', 'jitter', 'loss', 'duplicate', 'corrupt', 'rate'] as const;
type ShapingKey = (typeof SHAPING_KEYS)[number];

interface Quantity {
  readonly of: keyof Shaping;
  readonly unit: string;
  readonly example: string;
  /** Undefined for what it is not. */
  read(word: string): number | undefined;
}

const MOST_DELAY_MS = 60_000;
const delay = { unit: 'ms', example: '100ms', read: (word: string) => within(parseDurationMs(word), MOST_DELAY_MS) };
const percent = {
  unit: '%',
  example: '5%',
  read: (word: string) => within(times(/^(\d+(?:\.\d+)?)%$/.exec(word), 1), 100),
};

const QUANTITIES: { readonly [K in ShapingKey]: Quantity } = {
  delay: { of: 'delayMs', ...delay },
  jitter: { of: 'jitterMs', ...delay, example: '20ms' },
  loss: { of: 'lossPercent', ...percent },
  duplicate: { of: 'duplicatePercent', ...percent },
  corrupt: { of: 'corruptPercent', ...percent },
  rate: { of: 'rateKbit', unit: 'kbit', example: '1mbit', read: readRate },
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

/** The parameter of one of them. */
export function quantity(key: ShapingKey, description: string) {
  const { example, read } = QUANTITIES[key];
  const wrong = (word: string): ValueProblem | undefined =>
    read(word) === undefined
      ? { message: `'${word}' is no ${key} that a link can have`, hint: `write it as ${example}` }
      : undefined;
  const schema = text(`text such as ${example}`, wrong)
    .optional()
    .describe(description)
    .meta({ examples: [example] });
  return param(schema, { value: '<quantity>', help: `such as ${example}`, example });
}
