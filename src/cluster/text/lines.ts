import type { PastedLine } from '../paste/pasted-line.js';
import type { StatusLine } from './draft.js';

const TAB = 8;
/**
 * `*` since 2.0.3, and below titles before; `+` for attributes and operations up to 2.0.2. Web pages lose the blank after a
 * star, `*web_start_0 on …`, and no name begins with one.
 */
const LINE = /^(\s*)([*+•·-]\s+|[*•](?=[\w"]))?(.*)$/s;

export function statusLine({ raw, text: shown }: PastedLine): StatusLine {
  const [, space = '', bullet, text = ''] = LINE.exec(shown) ?? [];
  return { raw, text: text.trimEnd(), indent: columnsOf(space), bullet: bullet !== undefined };
}

function columnsOf(space: string): number {
  let columns = 0;
  for (const char of space) columns = char === '\t' ? columns + TAB - (columns % TAB) : columns + 1;
  return columns;
}
