/** Both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export const TOP: Place = { line: 1, column: 1 };

/** Where the words stand first in the text. */
export function placeOf(text: string, words: string | RegExp): Place {
  const at = text.search(words instanceof RegExp ? words : new RegExp(escaped(words)));
  if (at < 0) return TOP;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The innermost place in this file that an error came through, or that halab was called from. */
export function placeOfError(error: unknown, path: string): Place | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, line, column] = new RegExp(`${escaped(path)}(?:\\?[^:\\s]*)?:(\\d+):(\\d+)`).exec(stack) ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column) };
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
