/** A double-quoted Ruby literal that evaluates to the text, whatever it holds. All ASCII; half a surrogate pair becomes U+FFFD. */
export function rubyString(text: string): string {
  const body = text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/["\\#]/g, '\\$&')
    // Everything else that is not printable ASCII is written as its code point.
    .replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return `"${body}"`;
}

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** Everything that a terminal or an editor would act upon instead of showing it, letters of any script aside. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Surrogate}]/gu;

/** Comment lines that hold the text as people read it; each begins with `#`, so that no line of it can be code. */
export function rubyComment(text: string): string {
  return text
    .split(LINE_ENDS)
    .map((line) => `# ${line.replace(/\t/g, ' ').replace(UNSEEN, '')}`.trimEnd())
    .join('\n');
}
