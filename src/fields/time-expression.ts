import { TIME_CONSTANTS, type TimeConstant } from '../model/cluster-state.js';
import type { TimeExpression, TimeTerm } from '../model/scenario.js';
import { unknownWord, type ValueProblem } from './value-problem.js';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 };
const EXAMPLE = 'write a sum such as token + 1.2 * consensus + 10s';

/** A sum of `[factor *] (constant | 500ms | 10s | 2min)`. */
export function readTimeExpression(text: string): TimeExpression | ValueProblem {
  const terms: TimeTerm[] = [];
  let offset = 0;
  for (const part of text.split('+')) {
    const term = readTerm(part.trim(), offset + part.length - part.trimStart().length);
    if ('message' in term) return term;
    terms.push(term);
    offset += part.length + 1;
  }
  return { source: text, terms };
}

function readTerm(text: string, offset: number): TimeTerm | ValueProblem {
  if (text === '') return { message: 'a term of the sum is empty', hint: EXAMPLE, offset };
  const found = /^(?:(\d+(?:\.\d+)?)\s*\*\s*)?(\S+)$/.exec(text);
  if (found === null) return { message: `'${text}' is not a term of a sum of times`, hint: EXAMPLE, offset };
  const [, factorText, value = ''] = found;
  const factor = factorText === undefined ? 1 : Number(factorText);
  const ms = parseDurationMs(value);
  if (ms !== undefined) return { kind: 'ms', ms: factor * ms };
  if (isConstant(value)) return { kind: 'constant', constant: value, factor };
  return notATime(value, offset + text.length - value.length);
}

function notATime(value: string, offset: number): ValueProblem {
  if (/^\d+(\.\d+)?$/.test(value))
    return { message: `'${value}' has no unit`, hint: `write ${value}s or ${value}ms`, offset };
  if (/^\d/.test(value))
    return { message: `'${value}' is not a time`, hint: 'units are ms, s and min: 500ms, 10s, 2min', offset };
  const { message, hint } = unknownWord('time constant', value, TIME_CONSTANTS);
  return { message, hint, offset };
}

/** `500ms`, `10s`, `1.5min`; undefined for anything else. */
export function parseDurationMs(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)(ms|s|min)$/.exec(text);
  return found ? Number(found[1]) * (UNIT_MS[found[2] ?? ''] ?? 0) : undefined;
}

function isConstant(text: string): text is TimeConstant {
  return (TIME_CONSTANTS as readonly string[]).includes(text);
}
