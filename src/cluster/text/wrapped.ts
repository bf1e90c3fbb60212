import type { PastedLine } from './pasted.js';

/** What goes on in the next line for certain, and how that begins. */
const BROKEN: readonly (readonly [end: RegExp, next: RegExp])[] = [
  [/^(?:\* +)?Current DC: \S+ .* - (?:MIXED-VERSION )?partition$/, /^with(?:out)? quorum$/i],
  [/^(?:\* +)?Current DC: \S+ .* -(?: MIXED-VERSION)?$/, /^(?:MIXED-VERSION )?partition with(?:out)? quorum$/i],
  [/^(?:\* +)?Last (?:change|updated): .* (?:on|via)$/, /^[^\s()[\]:]+(?: on [^\s()[\]:]+)?$/],
];
/** `Online: [ a b`, `Started: [ a`, which only a closing bracket ends; where no name follows the bracket, see `readHeld`. */
const BEGUN_LIST = /^(?:\* +)?[A-Za-z]+(?: \([^()]*\))*: ?\[ [^[\]]*[^[\]\s]$/;
const NAMES = /^[^[\]:=,'"]*\]?$/;
/** More lines than a list of names has, and a longer one than mail breaks: such a line was cut by something else. */
const MOST_LINES = 20;

/**
 * Lines that mail broke between words are one again. A terminal breaks at its width, inside a name too: the longest line is
 * therefore left as it is, as `Online: [ a no` and `de-b ]` are no two names.
 */
export function unwrapped(lines: readonly PastedLine[]): readonly PastedLine[] {
  const width = lines.reduce((most, { text }) => Math.max(most, text.trimEnd().length), 0);
  const whole: PastedLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as PastedLine;
    const count = brokenInto(lines, at, width);
    if (count > 1) whole.push(joined(lines.slice(at, at + count)));
    else whole.push(line);
    at += count - 1;
  }
  return whole;
}

/** How many lines this one was broken into: 1 where it is whole, or where nobody can tell. */
function brokenInto(lines: readonly PastedLine[], at: number, width: number): number {
  const first = lines[at]?.text.trim() ?? '';
  const next = lines[at + 1]?.text.trim();
  if (next === undefined) return 1;
  if (BROKEN.some(([end, begin]) => end.test(first) && begin.test(next))) return 2;
  if (!BEGUN_LIST.test(first)) return 1;
  for (let count = 1; count < MOST_LINES; count += 1) {
    const before = lines[at + count - 1]?.text.trimEnd() ?? '';
    const text = lines[at + count]?.text.trim() ?? '';
    if (before.length >= width || text === '' || !NAMES.test(text)) return 1;
    if (text.endsWith(']')) return count + 1;
  }
  return 1;
}

function joined(lines: readonly PastedLine[]): PastedLine {
  const [first, ...rest] = lines;
  return {
    raw: lines.map(({ raw }) => raw).join('\n'),
    text: [first?.text.trimEnd() ?? '', ...rest.map(({ text }) => text.trim())].join(' '),
  };
}
