/** Least first. */
export const LEVELS = ['info', 'notice', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];

export interface LogLine {
  /** On the run's clock. */
  readonly atMs: number;
  readonly node: string;
  /** Without its process id. */
  readonly program: string;
  readonly level: Level;
  readonly text: string;
}

/** A log of one node, as it was stored. */
export interface StoredLog {
  readonly node: string;
  /** The second and third have lines of the first again, of that priority and above. */
  readonly kind: 'journal' | 'journal-warnings' | 'journal-errors' | 'pacemaker';
  readonly text: string;
}

/** How a node's wall clock is put on the run's. */
export interface RunClock {
  /** The wall clock when the run's was at zero, in ms since 1970. */
  readonly zeroMs: number;
  /** By node: its wall clock minus the run's; 0 for those that share it. */
  readonly offsets: Readonly<Record<string, number>>;
}

/**
 * All lines in the order of time. Of pacemaker's own log, those that it also sends to the journal (notice and above) are left
 * out where there is a journal of the same node.
 */
export function mergeLogs(logs: readonly StoredLog[], clock: RunClock): readonly LogLine[] {
  const journals = logs.filter(({ kind }) => kind === 'journal');
  const zones = new Map(journals.map(({ node, text }) => [node, ZONE.exec(text)?.[1] ?? 'Z']));
  const lines = logs.flatMap((log) => {
    if (log.kind === 'journal-warnings' || log.kind === 'journal-errors') return [];
    if (log.kind === 'journal') return linesOf(log, clock, journalParser(log.node, logs));
    const own = linesOf(log, clock, (line) => parsePacemakerLine(line, clock, zones.get(log.node) ?? 'Z'));
    return zones.has(log.node) ? own.filter(({ level }) => level === 'info') : own;
  });
  return lines.sort((one, other) => one.atMs - other.atMs);
}

/** On the node's wall clock. */
type Parsed = Pick<LogLine, 'program' | 'level' | 'text'> & { readonly wallMs: number };

function linesOf(
  { node, text }: StoredLog,
  { zeroMs, offsets }: RunClock,
  parse: (line: string) => Parsed | undefined,
) {
  const shiftMs = zeroMs + (offsets[node] ?? 0);
  return text.split('\n').flatMap((line): LogLine[] => {
    const parsed = parse(line);
    if (parsed === undefined) return [];
    const { wallMs, ...rest } = parsed;
    return [{ atMs: wallMs - shiftMs, node, ...rest }];
  });
}

const ZONE = /^\d{4}-\d\d-\d\dT[\d:.]+([+-]\d\d:?\d\d|Z)/m;
/** `journalctl -o short-iso-precise`: time, host, program with its process id, text. */
const JOURNAL = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d*([+-]\d\d):?(\d\d) \S+ ([^\s:[]+)(?:\[\d+\])?: ?(.*)$/;

/** By the journal's own priority where that was stored, and by the words of the line. */
function journalParser(node: string, logs: readonly StoredLog[]) {
  const linesIn = (kind: StoredLog['kind']) =>
    new Set(logs.filter((log) => log.node === node && log.kind === kind).flatMap(({ text }) => text.split('\n')));
  const [warnings, errors] = [linesIn('journal-warnings'), linesIn('journal-errors')];
  return (line: string): Parsed | undefined => {
    const parsed = parseJournalLine(line);
    if (parsed === undefined || parsed.level === 'error') return parsed;
    if (errors.has(line)) return { ...parsed, level: 'error' };
    return warnings.has(line) ? { ...parsed, level: 'warning' } : parsed;
  };
}

function parseJournalLine(line: string): Parsed | undefined {
  const [, time, hours, minutes, program = '', text = ''] = JOURNAL.exec(line) ?? [];
  if (time === undefined) return undefined;
  return { wallMs: Date.parse(`${time}${hours}:${minutes}`), program, level: levelOf(text), text };
}

/** `Nov 29 09:41:54.535 ha-host1 pacemakerd          [309] (function) 	info: text`; the year is that of the run. */
const PACEMAKER = /^(\w{3}) +(\d+) (\d\d:\d\d:\d\d(?:\.\d+)?) \S+ (\S+) +\[\d+\] (?:\(\S+\))?\s*(\w+): (.*)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function parsePacemakerLine(line: string, { zeroMs }: RunClock, zone: string): Parsed | undefined {
  const [, month = '', day = '', time, program = '', level = '', text = ''] = PACEMAKER.exec(line) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (time === undefined || number === 0) return undefined;
  const year = new Date(zeroMs).getUTCFullYear();
  const offset = zone === 'Z' ? 'Z' : zone.replace(/^(...):?/, '$1:');
  const wallMs = Date.parse(`${year}-${two(number)}-${day.padStart(2, '0')}T${time}${offset}`);
  return Number.isNaN(wallMs) ? undefined : { wallMs, program, level: levelOf(`${level}: ${text}`), text };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

const WORDS: readonly { readonly level: Level; readonly pattern: RegExp }[] = [
  { level: 'error', pattern: /^\s*(?:error|crit|critical|emerg|alert)\b:?|\bFailed to start\b/i },
  { level: 'warning', pattern: /^\s*warn(?:ing)?\b:?|\bWARNING\b|^\s*\[(?:TOTEM|MAIN) *\].*(?:failed|has lost)/i },
  { level: 'notice', pattern: /^\s*notice\b:?|^\s*\[(?:TOTEM|QUORUM|KNET|CPG) *\]/i },
];

/** By the word that pacemaker puts first. */
function levelOf(text: string): Level {
  return WORDS.find(({ pattern }) => pattern.test(text))?.level ?? 'info';
}
