import type { z } from 'zod';
import { type KeyedForms, keyedFormsIn, knownKeysIn } from '../fields/schema.js';
import { keyMeant, unknownWord, type ValueProblem } from '../fields/value-problem.js';
import { defined } from '../model/defined.js';
import { fieldOf, isRecord, listOf, type Path, type Source } from './source.js';

/** Data, and where what is wrong with it is reported. */
type ShapeSource = Pick<Source, 'data' | 'readable' | 'report' | 'reportKey'>;

type Issue = z.core.$ZodIssue;

/** Holds the data against the schema; every difference becomes a problem of the source. Undefined where there was one. */
export function readShape<T>(source: ShapeSource, schema: z.ZodType<T>): T | undefined {
  if (!source.readable) return undefined;
  if (source.data === null) {
    const hint = 'look at labs/ and scenarios/ for complete examples';
    source.report([], { message: 'the file holds nothing', hint });
    return undefined;
  }
  const result = schema.safeParse(source.data);
  if (result.success) return result.data;
  reportAll(source, result.error.issues, []);
  return undefined;
}

/** `reported` are keys that stand instead of others, and have been reported. */
function reportAll(
  source: ShapeSource,
  issues: readonly Issue[],
  base: Path,
  reported: { readonly key?: string; readonly meant?: string } = {},
): void {
  const meant = new Set<string>(reported.meant === undefined ? [] : [join([...base, reported.meant])]);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const path = [...base, ...(issue.path as Path)];
    for (const key of issue.keys)
      if (key !== reported.key || path.length > base.length)
        meant.add(join([...path, reportUnknownKey(source, path, key, knownKeysIn(issue))]));
  }
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') continue;
    const path = [...base, ...(issue.path as Path)];
    // A key that is missing because it was misspelt has been reported already.
    if (valueAt(source.data, path) !== undefined || !meant.has(join(path))) reportOne(source, issue, path);
  }
}

function reportUnknownKey(source: ShapeSource, path: Path, key: string, known: readonly string[]): string {
  const present = valueAt(source.data, path);
  const free = known.filter((name) => fieldOf(present, name) === undefined);
  const near = keyMeant(key, free) ?? keyMeant(key, known);
  source.reportKey([...path, key], unknownWord('key', key, known, near));
  return near ?? key;
}

function reportOne(source: ShapeSource, issue: Issue, path: Path): void {
  const value = valueAt(source.data, path);
  if (value === undefined && issue.code !== 'custom') {
    const key = String(path.at(-1) ?? '');
    const hint = expectation(issue)?.replace(/^expected/, 'add') ?? 'add it';
    source.report(path, { message: `missing key '${key}'`, hint });
    return;
  }
  if (issue.code === 'invalid_union') reportUnion(source, issue, path, value);
  else if (issue.code === 'invalid_key')
    for (const wrong of issue.issues) source.reportKey(path, wrongOf(wrong, path.at(-1)));
  else if (isAboutKey(issue)) source.reportKey(path, wrongOf(issue, value));
  else source.report(path, wrongOf(issue, value));
}

/** What a rule finds wrong with a map as a whole is reported at the key that names it. */
function isAboutKey(issue: Issue): boolean {
  return issue.code === 'custom' && issue.params?.atKey === true;
}

function wrongOf(issue: Issue, value: unknown): ValueProblem {
  switch (issue.code) {
    case 'custom': {
      const { hint, offset } = (issue.params ?? {}) as { hint?: string; offset?: number };
      return { message: issue.message, hint: hint ?? 'change it', offset };
    }
    case 'invalid_type':
      return mistyped(expectedOf(issue), value);
    case 'invalid_value':
      return unknownWord('value', String(isRecord(value) ? 'a map' : value), issue.values.map(String));
    case 'too_small':
      return { message: sizeMessage(value, 'small'), hint: `at least ${issue.minimum}` };
    case 'too_big':
      return { message: sizeMessage(value, 'big'), hint: `at most ${issue.maximum}` };
    default:
      return { message: issue.message, hint: 'change it' };
  }
}

function sizeMessage(value: unknown, size: 'small' | 'big'): string {
  if (Array.isArray(value)) return size === 'small' ? 'too few entries' : 'too many entries';
  return isRecord(value) ? 'too few keys' : `${String(value)} is too ${size}`;
}

function mistyped(expected: string, value: unknown): ValueProblem {
  const message = `expected ${expected}, found ${typeName(value)}`;
  if (isRecord(value) && Object.values(value).every((inner) => inner === null)) {
    const meant = `"{${Object.keys(value).join(', ')}}"`;
    return { message, hint: `if a role or a word in braces was meant, put it in quotes: ${meant}` };
  }
  const usual = typeof value === 'number' ? 'put it in quotes, or write its unit' : `write ${expected}`;
  return { message, hint: TYPE_HINTS[expected] ?? usual };
}

/**
 * Reports the problems of the union's form that has the fewest of them. zod lists the problems of each form;
 * forms of another type (text against map) do not compete.
 */
function reportUnion(source: ShapeSource, union: z.core.$ZodIssueInvalidUnion, path: Path, value: unknown): void {
  const branches: readonly (readonly Issue[])[] = union.errors;
  const keyed = keyedFormsIn(union);
  if (keyed !== undefined && isRecord(value)) {
    reportKeyed(source, keyed, branches, path, value);
    return;
  }
  const fitting = branches.filter(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
  if (fitting.length === 0) {
    const expected = [...new Set(branches.flat().map(expectedOf))].join(' or ');
    source.report(path, mistyped(expected, value));
    return;
  }
  const best = cheapest(fitting, value);
  const all = fitting.flatMap((issues) => issues.flatMap((issue) => (isKind(issue) ? issue.values : [])));
  const kinds = [...new Set(all)];
  reportAll(
    source,
    best.map((issue) => (isKind(issue) ? { ...issue, values: kinds } : issue)),
    path,
  );
}

/** Reports the form that is meant, and nothing of what another one would lack. */
function reportKeyed(
  source: ShapeSource,
  keyed: KeyedForms,
  branches: readonly (readonly Issue[])[],
  path: Path,
  value: Readonly<Record<string, unknown>>,
): void {
  const cheapestOf = (forms: readonly number[]): number =>
    branches.indexOf(
      cheapest(
        forms.map((index) => branches[index] ?? []),
        value,
      ),
    );
  const { wrong, form } = formMeant(value, keyed, cheapestOf);
  if (wrong?.key === undefined && wrong !== undefined) source.report(path, wrong.problem);
  else if (wrong?.key !== undefined) source.reportKey([...path, wrong.key], wrong.problem);
  if (form === undefined) return;
  const reported = wrong?.key === undefined ? {} : { key: wrong.key, meant: keyed.keys[form] };
  reportAll(source, branches[form] ?? [], path, defined(reported));
}

function cheapest(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] {
  return branches.reduce((a, b) => (cost(b, value) < cost(a, value) ? b : a));
}

function isKind(issue: Issue): issue is z.core.$ZodIssueInvalidValue {
  return issue.code === 'invalid_value' && issue.path.length === 1 && issue.path[0] === 'kind';
}

function cost(issues: readonly Issue[], value: unknown): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + 2 * issue.keys.length;
    // What is called by another form's kind is not this one with a slip in it.
    if (isKind(issue)) return sum + 10;
    return sum + (valueAt(value, issue.path as Path) === undefined ? 3 : 1);
  }, 0);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
};

const TYPE_HINTS: Readonly<Record<string, string>> = {
  'a map': 'write keys with their values, each as key: value',
  'a list': 'write [one, two], or one item a line, each after a dash',
};

function expectedOf(issue: Issue): string {
  const own = expectation(issue);
  if (own !== undefined) return own.replace(/^expected /, '');
  if (issue.code === 'invalid_type') return TYPE_WORDS[issue.expected] ?? issue.expected;
  return issue.code === 'invalid_value' ? issue.values.map(String).join(' or ') : 'something else';
}

/** The schema's own words, where it has any. */
function expectation(issue: Issue): string | undefined {
  return issue.message.startsWith('expected ') ? issue.message : undefined;
}

function typeName(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'a map';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'a number' : 'true or false';
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof key === 'number' ? listOf(value)[key] : fieldOf(value, key)),
    data,
  );
}

function join(path: Path): string {
  return JSON.stringify(path);
}

/** What is wrong with a map of which one key says which form it has. */
interface FormFound {
  /** The key that was written instead of a form's own, or `undefined` where the map itself is at fault. */
  readonly wrong?: { readonly key?: string; readonly problem: ValueProblem };
  /** The index of the form that is meant; absent where none is. */
  readonly form?: number;
}

/** Pure. The form that is meant: by its key, or by the key that was probably meant. `cheapest` decides among several. */
function formMeant(
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
