/** Words, `(…)` and `[…]` of a text, in order. */
interface Token {
  readonly kind: 'word' | 'round' | 'square';
  /** Without its brackets. */
  readonly text: string;
}

/** A round bracket may hold one more (a description is free text); the parts cannot take each other's characters. */
const TOKEN = /\s+|\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^[\]]*)\]|[^\s()[\]]+/y;

/** `undefined` where a bracket is left open, or closed that was not opened. */
export function tokensOf(source: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) return undefined;
    const [whole, round, square] = match;
    if (round !== undefined) tokens.push({ kind: 'round', text: round });
    else if (square !== undefined) tokens.push({ kind: 'square', text: square });
    else if (whole.trim() !== '') tokens.push({ kind: 'word', text: whole });
  }
  return tokens;
}

/** The texts of the round brackets of `source`, where it holds nothing else; `undefined` otherwise. */
export function roundOnly(source: string): readonly string[] | undefined {
  const tokens = tokensOf(source);
  return tokens?.every(({ kind }) => kind === 'round') ? tokens.map(({ text }) => text) : undefined;
}
