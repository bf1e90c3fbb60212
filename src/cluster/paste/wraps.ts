import { beginsLine, columnsOf, type PrintedLine } from '../text/lines.js';

/** Lines that certainly continue in the next one, and how the next one begins. */
const BROKEN: readonly (readonly [end: RegExp, next: RegExp])[] = [
  [/^(?:\* +)?Current DC: \S+ .* - (?:MIXED-VERSION )?partition$/, /^with(?:out)? quorum$/i],
  [/^(?:\* +)?Current DC: \S+ .* -(?: MIXED-VERSION)?$/, /^(?:MIXED-VERSION )?partition with(?:out)? quorum$/i],
  [/^(?:\* +)?Last (?:change|updated): .* (?:on|via)$/, /^[^\s()[\]:]+(?: on [^\s()[\]:]+)?$/],
];
/** `Online: [ a b`, `Started: [ a`: lists that continue up to a closing bracket. `readHeld` handles lists without a name after the opening bracket. */
const BEGUN_LIST = /^(?:\* +)?[A-Za-z]+(?: \([^()]*\))*: ?\[ [^[\]]*[^[\]\s]$/;
const NAMES = /^[^[\]:=,'"]*\]?$/;
/** The first characters of those lines, because most lines have none of them. */
const MAY_BE_BROKEN = /^\s*(?:\* +)?(?:Current DC|Last |[A-Za-z]+(?: \([^()]*\))*: ?\[)/;
/** No list of names that mail breaks has more lines. */
const MOST_LINES = 20;

/** A failed action whose reason is not closed: `… exitreason='Data may be`, `… returned 'error' (Data may be`. */
const OPEN_REASON = /^\s*[*+]? ?\S{1,200} .{0,200}(?:exitreason='[^']{0,2000}|returned '[^']{0,80}' \([^()]{0,2000})$/;
const BULLET = /^\s*[*+•]\s/;
/** No reason of an agent is broken into more lines. */
const MOST_OF_REASON = 5;
/** Mail breaks lines at blanks, and does so before this column; beyond it a terminal broke them, inside a word too. */
const MAIL_WIDTH = 79;
/** A terminal that breaks lines is at least so wide; narrower texts may have lines of one length by chance. */
const NARROWEST = 72;
/** Widths of terminals, for which a single line that ends there is enough. */
const USUAL_WIDTHS: readonly number[] = [80, 100, 120, 132];

/** Rejoins the lines that mail broke between words and those that a terminal broke at its width. */
export function unwrapped(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  return joinedNames(joinedReasons(joinedAtWidth(lines)));
}

/**
 * A terminal breaks at its width, even inside a name. The next line is the rest if the full one is certainly not whole: a
 * bracket is open, or the two halves make a word that a status has or that stands elsewhere in the text.
 */
function joinedAtWidth(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  const widths = lines.map(({ text }) => columnsOf(text));
  const width = widths.reduce((most, each) => Math.max(most, each), 0);
  if (width < NARROWEST) return lines;
  const full = widths.flatMap((each, at) => (each === width ? [at] : []));
  if (full.length < 2 && !USUAL_WIDTHS.includes(width)) return lines;
  const rests = new Set(full.map((at) => at + 1).filter((at) => isRest(lines[at]?.text ?? '')));
  if (rests.size === 0) return lines;
  const words = new Set([...WORDS, ...lines.flatMap(({ text }) => text.split(/[\s[\]():,']+/))]);
  const whole: PrintedLine[] = [];
  lines.forEach((line, at) => {
    const before = whole.at(-1);
    if (before !== undefined && rests.has(at) && isBroken(before.text, line.text, words))
      whole[whole.length - 1] = glued(before, line);
    else whole.push(line);
  });
  return whole;
}

/** Words that pacemaker prints at the ends of lines. */
const WORDS = ['with', 'WITHOUT', 'quorum', 'partition', 'Started', 'Stopped', 'Master', 'Slave', 'configured'];

function isRest(text: string): boolean {
  return /^[^\s*+]/.test(text) && !beginsLine(text);
}

function isBroken(first: string, rest: string, words: ReadonlySet<string>): boolean {
  const count = (char: string) => first.split(char).length - 1;
  if (count('[') > count(']') || count('(') > count(')')) return true;
  const end = /[\w.-]+$/.exec(first)?.[0];
  const begin = /^[\w.-]+/.exec(rest)?.[0];
  return end !== undefined && begin !== undefined && words.has(`${end}${begin}`);
}

/** The reason of a failed action continues up to the end of its quote. */
function joinedReasons(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  const whole: PrintedLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at] as PrintedLine;
    for (let more = 1; more < MOST_OF_REASON && hasOpenReason(line.text); more += 1) {
      const next = lines[at + 1];
      if (next === undefined || next.text.trim() === '' || BULLET.test(next.text)) break;
      line = (lines[at] as PrintedLine).text.length > MAIL_WIDTH ? glued(line, next) : joined([line, next]);
      at += 1;
    }
    whole.push(line);
  }
  return whole;
}

/** The words come first, because the pattern is slow on other lines. */
function hasOpenReason(text: string): boolean {
  return (text.includes("exitreason='") || text.includes("returned '")) && OPEN_REASON.test(text);
}

function joinedNames(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  const whole: PrintedLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as PrintedLine;
    const count = MAY_BE_BROKEN.test(line.text) ? brokenInto(lines, at) : 1;
    if (count > 1) whole.push(joined(lines.slice(at, at + count)));
    else whole.push(line);
    at += count - 1;
  }
  return whole;
}

/** How many lines this one was broken into: 1 if it is whole or if that is unknown, as `Online: [ a no` and `de-b ]` are. */
function brokenInto(lines: readonly PrintedLine[], at: number): number {
  const first = lines[at]?.text.trim() ?? '';
  const next = lines[at + 1]?.text.trim();
  if (next === undefined) return 1;
  if (BROKEN.some(([end, begin]) => end.test(first) && begin.test(next))) return 2;
  if (!BEGUN_LIST.test(first)) return 1;
  const width = lines.reduce((most, { text }) => Math.max(most, text.trimEnd().length), 0);
  for (let count = 1; count < MOST_LINES; count += 1) {
    const before = lines[at + count - 1]?.text.trimEnd() ?? '';
    const text = lines[at + count]?.text.trim() ?? '';
    if (before.length >= width || text === '' || !NAMES.test(text)) return 1;
    if (text.endsWith(']')) return count + 1;
  }
  return 1;
}

function joined(lines: readonly PrintedLine[]): PrintedLine {
  const [first, ...rest] = lines;
  return {
    raw: lines.map(({ raw }) => raw).join('\n'),
    text: [first?.text.trimEnd() ?? '', ...rest.map(({ text }) => text.trim())].join(' '),
  };
}

/** Joined without a blank. */
function glued(first: PrintedLine, second: PrintedLine): PrintedLine {
  return { raw: `${first.raw}\n${second.raw}`, text: `${first.text}${second.text}` };
}
