import { unknownWord } from '../fields/value-problem.js';
import { type ErrorCode, LabError } from '../model/errors.js';

/** A word of the command line that is none of those there are: names the nearest and lists them all. */
export function unknownOne(
  what: string,
  word: string,
  known: readonly string[],
  code: Extract<ErrorCode, 'usage' | 'node-not-found' | 'link-not-found'> = 'usage',
): LabError {
  const { message, hint } = unknownWord(what, word, known);
  return new LabError(code, message, { hint, data: { asked: word, known } });
}
