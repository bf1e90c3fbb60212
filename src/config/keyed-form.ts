import type { KeyedForms } from '../fields/schema.js';
import { unknownWord, type ValueProblem } from '../fields/value-problem.js';
import { keyMeant } from './meant-key.js';

/** What is wrong with a map of which one key says which form it has. */
interface FormFound {
  /** The key that was written instead of a form's own, or `undefined` where the map itself is at fault. */
  readonly wrong?: { readonly key?: string; readonly problem: ValueProblem };
  /** The index of the form that is meant; absent where none is. */
  readonly form?: number;
}

/** Pure. The form that is meant: by its key, or by the key that was probably meant. `cheapest` decides among several. */
export function formMeant(
  value: Readonly<Record<string, unknown>>,
  { what, keys, others }: KeyedForms,
  cheapest: (forms: readonly number[]) => number,
): FormFound {
  // Of several such keys the first one says what is meant: `{ attribute: a, node: n }` is not about a node.
  const first = Object.keys(value).find((key) => keys.includes(key));
  if (first !== undefined) return { form: cheapest(keys.flatMap((key, index) => (key === first ? index : []))) };
  const strange = Object.keys(value).filter((key) => !others.includes(key));
  const key = strange.find((each) => keyMeant(each, keys) !== undefined) ?? strange[0];
  if (key === undefined)
    return { wrong: { problem: { message: 'missing key', hint: `add one of ${keys.join(', ')}` } } };
  const near = keys.flatMap((each, index) => (keyMeant(key, [each]) === undefined ? [] : index));
  if (near.length === 0) return { wrong: { key, problem: unknownWord(what, key, keys) } };
  const form = cheapest(near);
  return { wrong: { key, problem: unknownWord(what, key, keys, keys[form]) }, form };
}
