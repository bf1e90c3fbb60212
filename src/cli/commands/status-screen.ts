import { messageIn } from '../../messages/message.js';
import type { Language } from '../../model/text.js';
import { lastTop } from '../scrolling.js';

const HOME = '\u001b[H';
const TO_LINE_END = '\u001b[K';
const TO_END = '\u001b[J';
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
  const from = Math.min(top, lastTop(lines.length, room));
  const shown = lines.slice(from, from + room);
  const keys = messageIn(language, 'status.keys');
  const place = messageIn(language, 'status.lines', { from: from + 1, to: from + shown.length, of: lines.length });
  return drawn([...shown, lines.length > room ? `${place} · ${keys}` : keys]);
}

function drawn(lines: readonly string[]): string {
  return `${HOME}${lines.map((line) => `${line}${TO_LINE_END}\n`).join('')}${TO_END}`;
}

/** The last row stays empty, and the one above it tells the keys. */
export function roomIn(rows: number): number {
  return Math.max(rows - 2, 1);
}
