import { nearest } from '../model/nearest.js';
import type { ValueProblem } from './value-problem.js';

/** `unknown node 'ha-hots1', did you mean 'ha-host1'?`, or the known ones where nothing is near. */
export function unknownWord(what: string, word: string, known: Iterable<string>, likely?: string): ValueProblem {
  const names = [...known];
  const near = likely ?? nearest(word, names);
  if (near !== undefined) {
    return { message: `unknown ${what} '${word}', did you mean '${near}'?`, hint: `Known: ${names.join(', ')}.` };
  }
  return {
    message: `unknown ${what} '${word}'`,
    hint: names.length > 0 ? `known: ${names.join(', ')}` : 'there is none',
  };
}
