/** Titles and first words of lines, by which a text that lost its line breaks is taken apart. */
const BEGINNINGS: readonly string[] = [
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
/** Before a bullet, or before such words without one. */
const BREAK = new RegExp(`(?<=\\S)(?<!\\s[*+])\\s{1,20}(?=(?:[*+] \\S|${BEGINNINGS.join('|')}))`, 'g');
const WITHOUT_BULLETS = new RegExp(`(?<=\\S)\\s{1,20}(?=(?:${BEGINNINGS.join('|')}))`, 'g');
/** No line of a status that is whole holds the beginnings of so many others; `Last updated: … Last change: …` is one. */
const FEWEST = 3;
const SHORTEST = 80;

/**
 * The lines of a text that a web page or a chat put on one: `Cluster name: demo Cluster Summary: * Stack: corosync * Current DC: …`.
 * A line that is one already is returned as it is.
 */
export function linesOnOne(line: string): readonly string[] {
  if (line.length < SHORTEST || (line.match(WITHOUT_BULLETS)?.length ?? 0) < FEWEST) return [line];
  return line.split(BREAK);
}

const BEGINS = new RegExp(`^\\s*(?:[*+] )?(?:${BEGINNINGS.join('|')})`);

/** Whether a line begins with words that lines of a status begin with. */
export function beginsLine(text: string): boolean {
  return BEGINS.test(text);
}
