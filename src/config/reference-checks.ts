import { addressWrong, targetWrong } from '../fields/scenario-fields.js';
import { readTarget } from '../fields/target.js';
import { wordsWrong } from '../fields/words.js';
import type { Lab } from '../model/lab.js';
import { textOf } from './loose.js';
import type { Path, Source } from './source.js';

/** Values that are no target at all are reported by the schema. */
export function checkTarget(source: Source, path: Path, value: unknown, lab: Lab, takes: 'one' | 'any'): void {
  const target = readTarget(textOf(value) ?? '');
  const wrong = 'kind' in target ? targetWrong(target, lab, takes) : undefined;
  if (wrong !== undefined) source.report(path, wrong);
}

export function checkWords(source: Source, path: Path, value: unknown, lab: Lab): void {
  const wrong = wordsWrong(textOf(value) ?? '', lab);
  if (wrong !== undefined) source.report(path, wrong);
}

export function checkAddress(source: Source, path: Path, value: unknown, lab: Lab): void {
  const wrong = addressWrong(textOf(value) ?? '', lab);
  if (wrong !== undefined) source.report(path, wrong);
}
