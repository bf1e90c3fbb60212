import type { StatusLine } from './draft.js';

const TAB = 8;

export function statusLinesOf(source: string): readonly StatusLine[] {
  return source.split(/\r?\n/).map(statusLine);
}

function statusLine(raw: string): StatusLine {
  const [, space = '', bullet, text = ''] = /^(\s*)(\* )?(.*)$/.exec(raw) ?? [];
  return { raw, text: text.trim(), indent: columnsOf(space), bullet: bullet !== undefined };
}

function columnsOf(space: string): number {
  let columns = 0;
  for (const char of space) columns = char === '\t' ? columns + TAB - (columns % TAB) : columns + 1;
  return columns;
}
