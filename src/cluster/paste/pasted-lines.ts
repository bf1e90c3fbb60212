import { isFence, isFrame, withoutRemark } from './frames.js';
import { linesFromJson } from './json-text.js';
import { isLogLine } from './log-line.js';
import { plainCharactersOf, unescaped, withLineBreaks, withoutMarkup } from './markup.js';
import { withoutNumbers } from './numbered.js';
import { linesOnOne } from './one-line.js';
import type { PastedLine } from './pasted-line.js';
import { unwrapped } from './wraps.js';

/** The marks of a quote, of a comment, and of a line added in a diff. */
const MARKS = [/^\s*>/, /^\s*#(?=\s|$)/, /^\+/];
const DEEPEST_QUOTE = 4;

/** Every line of a pasted text, without what documents, mails and terminals did to its characters and line breaks. */
export function pastedLines(source: string): readonly PastedLine[] {
  const repaired = unescaped(withLineBreaks(source.replace(/^\uFEFF/, '')));
  const plain = plainCharactersOf(source);
  const lines = linesFromJson(withoutNumbers(repaired.split(/\r\n|\n|\r/))).flatMap(linesOnOne);
  return unquoted(lines.map((raw) => ({ raw, text: withoutMarkup(plain(raw)) })));
}

/** Those of them that belong to an output; broken lines are joined. */
export function printedLines(lines: readonly PastedLine[]): readonly PastedLine[] {
  const printed = lines.filter(({ text }) => !isFrame(text) && !isLogLine(text));
  return unwrapped(printed).map(({ raw, text }) => ({ raw, text: withoutRemark(text) }));
}

/** A mark counts only if every line has it; `# pcs status` above an output is a prompt. */
function unquoted(lines: readonly PastedLine[]): readonly PastedLine[] {
  let quoted = lines;
  for (let depth = 0; depth < DEEPEST_QUOTE; depth += 1) {
    const mark = MARKS.find((pattern) => isQuotedBy(pattern, quoted));
    if (mark === undefined) break;
    quoted = quoted.map(({ raw, text }) => ({ raw, text: text.replace(mark, '').replace(/^ /, '') }));
  }
  return quoted;
}

function isQuotedBy(mark: RegExp, lines: readonly PastedLine[]): boolean {
  const filled = lines.filter(({ text }) => text.trim() !== '' && !isFence(text));
  return filled.length > 1 && filled.every(({ text }) => mark.test(text));
}
