const MASK = '••••••';

/** Masks secrets wherever they stand in a text. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length > 0);
  return (text) => known.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

/** The same for plain data, whole: keys, values, lists. */
export function redactData<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((each) => redactData(each, redact)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redactData(each, redact)])) as T;
}
