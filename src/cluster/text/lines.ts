import type { PastedLine } from './pasted.js';
import type { StatusLine } from './section.js';

const TAB = 8;
/** `*` since 2.0.3 and for what stands under a title before; `+` for attributes and operations up to 2.0.2. */
const LINE = /^(\s*)([*+•·-]\s+)?(.*)$/s;

export function statusLine({ raw, text: shown }: PastedLine): StatusLine {
  const [, space = '', bullet, text = ''] = LINE.exec(shown) ?? [];
  return { raw, text: text.trimEnd(), indent: columnsOf(space), bullet: bullet !== undefined };
}

function columnsOf(space: string): number {
  let columns = 0;
  for (const char of space) columns = char === '\t' ? columns + TAB - (columns % TAB) : columns + 1;
  return columns;
}
