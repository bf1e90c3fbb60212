import { isTrue, parseScore } from '../../model/pacemaker-values.js';

/** What an attribute may hold; crm_mon leaves some empty that it has nothing to say of. */
export type Attributes = Readonly<Record<string, string>>;

type Known<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Only those members that have a value: what was not printed is absent. */
export function known<T extends Readonly<Record<string, unknown>>>(members: T): Known<T> {
  const there: { -readonly [K in keyof T]?: T[K] } = {};
  for (const name in members) if (members[name] !== undefined) there[name] = members[name];
  return there as Known<T>;
}

/** `undefined` where it is not printed, or is empty. */
export function textOf(attributes: Attributes | undefined, name: string): string | undefined {
  const value = attributes?.[name];
  return value === '' ? undefined : value;
}

/** `undefined` where it is not printed. */
export function truthOf(attributes: Attributes | undefined, name: string): boolean | undefined {
  const value = attributes?.[name];
  return value === undefined ? undefined : isTrue(value);
}

/** Of `5`, `5ms` and `INFINITY`, which is 1000000; `undefined` for anything else, as `unknown`. */
export function numberOf(attributes: Attributes | undefined, name: string): number | undefined {
  const value = attributes?.[name] ?? '';
  if (value === 'INFINITY' || value === '-INFINITY' || value === '+INFINITY') return parseScore(value);
  const [, number] = /^([+-]?\d+)(?:ms)?$/.exec(value) ?? [];
  return number === undefined ? undefined : Number(number);
}
