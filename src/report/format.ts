import { grammarOf } from '../messages/grammar.js';
import type { Verdict } from '../model/verdict.js';

export const VERDICT_MARKS: { readonly [V in Verdict]: string } = {
  passed: '✔',
  failed: '✖',
  unknown: '?',
  skipped: '–',
};

/** A length of time where no sentence is around it, as in columns: `850ms`, `8.42s`, `1m05s` in every language. */
export const formatDuration: (ms: number) => string = grammarOf('en').duration;

/** Elapsed time for a ticking display, without the digits that would flicker: `8.4s`, `1m05s`. */
export function formatElapsed(ms: number): string {
  return ms < 59_950 ? `${(Math.max(0, ms) / 1000).toFixed(1)}s` : formatDuration(ms);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns a terminal gives the text; Chinese characters take two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

export function padEndDisplay(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts to a number of columns, with an ellipsis where something went. */
export function truncateDisplay(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  let used = 0;
  for (const character of text) {
    const next = displayWidth(character);
    if (used + next > width - 1) break;
    cut += character;
    used += next;
  }
  return `${cut}…`;
}

/** A word or a Chinese character, with what must not end a line before it, what must not begin one after it, and the blanks behind that. */
const PIECE = new RegExp(
  `[<(\\[{“‘（「『《【]*(?:${WIDE.source}|(?:(?!${WIDE.source})\\S)+)[^\\s\\p{L}\\p{N}<(\\[{“‘（「『《【]*\\s*`,
  'gu',
);

/** Lines of at most that many columns; a word that is longer still is not broken. */
export function wrapDisplay(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [piece] of text.trim().matchAll(PIECE)) {
    if (line !== '' && displayWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach a terminal
const CONTROL = /\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text of a lab's commands as one harmless line: no escape sequences, no line breaks. */
export function oneLine(text: string): string {
  return text.replace(CONTROL, '').replace(/\s+/g, ' ').trim();
}

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly verdict: (verdict: Verdict, text: string) => string;
}

const CODES: { readonly [V in Verdict]: string } = { passed: '32', failed: '31', unknown: '33', skipped: '2' };

/** Terminal colours, or none at all where `color` is false. */
export function createPaint(color: boolean): Paint {
  const wrap = (code: string, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: (text) => wrap('1', text),
    dim: (text) => wrap('2', text),
    verdict: (verdict, text) => wrap(CODES[verdict], text),
  };
}
