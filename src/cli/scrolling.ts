/** The terminal's other screen, so that what stood there before is back at the end (xterm, "Alternate Screen Buffer"). */
export const OTHER_SCREEN = { enter: '\u001b[?1049h\u001b[?25l', leave: '\u001b[?25h\u001b[?1049l' } as const;

/** How a key scrolls: by lines or pages, or to an end. */
type Scroll = { readonly lines: number } | { readonly pages: number } | 'top' | 'bottom';

const SCROLLS: Readonly<Record<string, Scroll>> = {
  j: { lines: 1 },
  down: { lines: 1 },
  k: { lines: -1 },
  up: { lines: -1 },
  ' ': { pages: 1 },
  'page-down': { pages: 1 },
  'page-up': { pages: -1 },
  g: 'top',
  home: 'top',
  G: 'bottom',
  end: 'bottom',
};

/** What a key, by its name, does to what is shown; undefined for one that scrolls nothing. */
export function scrollOf(key: string): Scroll | undefined {
  return SCROLLS[key];
}

/** The first of so many lines that is shown after a key; `room` lines are shown at once. */
export function topAfter(scroll: Scroll, top: number, lines: number, room: number): number {
  const last = lastTop(lines, room);
  if (scroll === 'top') return 0;
  if (scroll === 'bottom') return last;
  const wanted = Math.min(top, last) + ('lines' in scroll ? scroll.lines : scroll.pages * room);
  return Math.min(Math.max(wanted, 0), last);
}

export function lastTop(lines: number, room: number): number {
  return Math.max(lines - room, 0);
}
