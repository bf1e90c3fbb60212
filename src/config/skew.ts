import { parseDurationMs } from '../fields/time-expression.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { LabError } from '../model/errors.js';
import { skewRefusal } from '../model/fault-limits.js';

/** `+5min` is ahead of the time, `-30s` behind it: to milliseconds. */
export function readSkew(text: string): { readonly byMs: number } | ValueProblem {
  const [, sign, rest = ''] = /^([+-])(.+)$/.exec(text) ?? [];
  const ms = parseDurationMs(rest);
  if (ms === undefined)
    return { message: `'${text}' does not say how far a clock is off`, hint: 'write +5min or -30s' };
  const byMs = sign === '-' ? -ms : ms;
  return skewRefusal(byMs) ?? { byMs };
}

/** Throws LabError `config-invalid` for what is none. */
export function parseSkew(text: string): number {
  const skew = readSkew(text);
  if ('byMs' in skew) return skew.byMs;
  throw new LabError('config-invalid', skew.message, { hint: skew.hint, data: { text } });
}
