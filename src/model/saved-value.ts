import { parseJson } from './json-text.js';
/** How a value is found in what a command printed: the first group of a pattern, or its whole match; or a place in JSON. */
export type ValueSource =
  | { readonly kind: 'match'; readonly pattern: string }
  | { readonly kind: 'json'; readonly path: string };

/** `/pid (\\d+)/`, or `nodes[0].name`. */
export function sourceText(source: ValueSource): string {
  return source.kind === 'match' ? `/${source.pattern}/` : source.path;
}

/** Pure. `undefined` where the output does not have it; a value of JSON that is no text is told as JSON. */
export function valueIn(stdout: string, source: ValueSource): string | undefined {
  if (source.kind === 'match') {
    const [whole, group] = new RegExp(source.pattern, 'm').exec(stdout) ?? [];
    return group ?? whole;
  }
  const found = stepsOf(source.path).reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    parseJson(stdout),
  );
  if (found === undefined || found === null) return undefined;
  return typeof found === 'string' ? found : JSON.stringify(found);
}

function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([key]) => key);
}

const VALUE = /(?<!\$)\{value +([a-z0-9][a-z0-9-]*)\}/g;

/** The names of the values that a command takes: `{value pid}`. */
export function valuesNamedIn(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word) => [...word.matchAll(VALUE)].map(([, name = '']) => name));
}

/** The command with the values in their places; one that is not known is left as it is written. */
export function withValues(argv: readonly string[], values: ReadonlyMap<string, string>): readonly string[] {
  return argv.map((word) => word.replace(VALUE, (whole, name: string) => values.get(name) ?? whole));
}
