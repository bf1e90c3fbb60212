import { messageIn } from '../../messages/message.js';
import type { Language } from '../../model/text.js';

const HOME = '\u001b[H';
const TO_LINE_END = '\u001b[K';
const TO_END = '\u001b[J';
/** The terminal's other screen, so that what stood there before is back at the end (xterm, "Alternate Screen Buffer"). */
export const OTHER_SCREEN = { enter: '\u001b[?1049h\u001b[?25l', leave: '\u001b[?25h\u001b[?1049l' } as const;

/** Overwrites the screen line by line, so that nothing flickers; lines that do not fit are counted. */
export function frame(lines: readonly string[], rows: number, language: Language): string {
  const room = Math.max(rows - 1, 1);
  const over = lines.length - room;
  const more = messageIn(language, 'status.more-lines', { lines: over + 1 });
  const shown = over > 0 ? [...lines.slice(0, room - 1), more] : lines;
  return drawn(shown);
}

/** The same where keys scroll: the lines from `top` on, and below them which those are. */
export function scrolledFrame(lines: readonly string[], rows: number, top: number, language: Language): string {
  const room = roomIn(rows);
  const from = Math.min(top, lastTop(lines.length, rows));
  const shown = lines.slice(from, from + room);
  const keys = messageIn(language, 'status.keys');
  const place = messageIn(language, 'status.lines', { from: from + 1, to: from + shown.length, of: lines.length });
  return drawn([...shown, lines.length > room ? `${place} · ${keys}` : keys]);
}

function drawn(lines: readonly string[]): string {
  return `${HOME}${lines.map((line) => `${line}${TO_LINE_END}\n`).join('')}${TO_END}`;
}

/** The last row stays empty, and the one above it tells the keys. */
function roomIn(rows: number): number {
  return Math.max(rows - 2, 1);
}

function lastTop(lines: number, rows: number): number {
  return Math.max(lines - roomIn(rows), 0);
}

/** What a key does: scroll by lines or pages, go to an end, or leave. */
type Move = { readonly lines: number } | { readonly pages: number } | 'top' | 'bottom' | 'quit' | 'interrupt';

const MOVES: Readonly<Record<string, Move>> = {
  q: 'quit',
  Q: 'quit',
  '\u0003': 'interrupt',
  j: { lines: 1 },
  k: { lines: -1 },
  '\u001b[B': { lines: 1 },
  '\u001b[A': { lines: -1 },
  '\u001bOB': { lines: 1 },
  '\u001bOA': { lines: -1 },
  ' ': { pages: 1 },
  '\u001b[6~': { pages: 1 },
  '\u001b[5~': { pages: -1 },
  g: 'top',
  '\u001b[H': 'top',
  G: 'bottom',
  '\u001b[F': 'bottom',
};

/** Every key in what the terminal sent at once; keys that do nothing are left out. */
export function movesIn(input: string): readonly Move[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals send keys like this
  const keys = input.match(/\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[\s\S]/g) ?? [];
  return keys.flatMap((key) => MOVES[key] ?? []);
}

/** The first line that is shown after a key. */
export function topAfter(move: Move, top: number, lines: number, rows: number): number {
  const last = lastTop(lines, rows);
  const wanted =
    move === 'top'
      ? 0
      : move === 'bottom'
        ? last
        : typeof move === 'string'
          ? top
          : Math.min(top, last) + ('lines' in move ? move.lines : move.pages * roomIn(rows));
  return Math.min(Math.max(wanted, 0), last);
}
