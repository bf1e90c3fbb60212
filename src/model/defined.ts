type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Only the members that have a value, for objects that are printed or compared: unknown members are absent there. */
export function defined<T extends Readonly<Record<string, unknown>>>(members: T): Defined<T> {
  const present: { -readonly [K in keyof T]?: T[K] } = {};
  for (const name in members) if (members[name] !== undefined) present[name] = members[name];
  return present as Defined<T>;
}
