import type { StatusLine } from './draft.js';

/** A line of the source, and the part of it that the tool printed. */
export interface PrintedLine {
  /** The unchanged line. */
  readonly raw: string;
  readonly text: string;
}

const TAB = 8;
/**
 * `*` since 2.0.3, and below titles before; `+` for attributes and operations up to 2.0.2. Web pages lose the blank after a
 * star, `*web_start_0 on …`, and no name begins with one.
 */
const LINE = /^(\s*)([*+•·-]\s+|[*•](?=[\w"]))?(.*)$/s;

export function statusLine({ raw, text: shown }: PrintedLine): StatusLine {
  const [, space = '', bullet, text = ''] = LINE.exec(shown) ?? [];
  return { raw, text: text.trimEnd(), indent: columnsOf(space), bullet: bullet !== undefined };
}

/** How many columns a terminal shows it in. */
export function columnsOf(text: string): number {
  if (!text.includes('\t')) return text.length;
  const [first = '', ...rest] = text.split('\t');
  return rest.reduce((columns, piece) => columns + TAB - (columns % TAB) + piece.length, first.length);
}

/** Titles and first words of lines, which tell a line of a status from any other text. */
export const BEGINNINGS: readonly string[] = [
  'Cluster (?:Summary|Status|name):',
  'Stack: \\S',
  'Current DC: \\S',
  'Last (?:updated|change): ',
  '\\d{1,6} nodes? (?:and \\d{1,6} resources? )?configured',
  '\\d{1,6} resources?(?: instances?)? configured',
  'WARNINGS:',
  'Node List:',
  '(?:Guest|Remote)?(?:Online|OFFLINE): ?\\[',
  '(?:Guest|Remote)?Node \\S{1,100}: (?:UNCLEAN|standby|maintenance|pending|online|OFFLINE)',
  'Full [Ll]ist of [Rr]esources:',
  '(?:Active|Inactive) [Rr]esources:',
  'No (?:active |inactive )?resources',
  'Resource Group: ',
  '(?:Clone|Master/Slave) Set: ',
  'Container bundle(?: set)?: ',
  '(?:Masters|Slaves|Promoted|Unpromoted|Started|Stopped): ?\\[',
  'Failed (?:Resource |Fencing )?Actions:',
  '(?:Node Attributes|Migration Summary|Operations|Fencing History|Tickets|Negative Location Constraints):',
  '(?:PCSD|Daemon) Status:',
  '(?:corosync|corosync-qdevice|pacemaker|pacemaker_remote|pcsd|sbd|booth|cman): (?:in)?active/',
  '[\\w.:-]{1,100}\\s{1,20}\\((?:ocf|lsb|systemd|service|stonith|upstart|heartbeat):[\\w.:-]{1,100}\\):',
];
const BEGINS = new RegExp(`^\\s*(?:[*+] )?(?:${BEGINNINGS.join('|')})`);

/** Whether a line begins with words that lines of a status begin with. */
export function beginsLine(text: string): boolean {
  return BEGINS.test(text);
}
