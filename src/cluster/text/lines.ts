import type { StatusLine } from './draft.js';

/** A line of the source, and the part of it that the tool printed. */
interface PastedLine {
  readonly raw: string;
  readonly text: string;
}

const ESCAPE = String.fromCharCode(27);
/** Colours and similar (ECMA-48 control sequences, and the character set switch that `tput sgr0` writes). */
const CONTROL = new RegExp(`${ESCAPE}(?:\\[[0-9;:?]*[ -/]*[@-~]|[()][A-Za-z0-9]|[=>])|\\x0f`, 'g');
/** Markdown's emphasis. */
const BOLD = /\*\*(?=\S)([^*]*)\*\*/g;
/** Code fences of Markdown and Jira, and the directive of reStructuredText. */
const FENCE = /^\s*(?:(?:```|~~~)[\w+-]*|\{(?:code|noformat)(?::[^{}]*)?\}|\.\. (?:code-block|code)::.*)\s*$/;
/** Single backticks that people put around the whole output. */
const SPAN = /^`(?!`)|(?<!`)`$/g;
/** The header of `watch pcs status`. */
const WATCH = /^Every \d+(?:[.,]\d+)?s: /;
/** `[root@a ~]# ip a`, `root@node:~# …`, `hacluster@node1:~> …`, and on SLES `node1:~ # …`. */
const PROMPT =
  /^\s*(?:\([\w.-]+\) ?)?(?:\[[^[\]@\s]+@[^[\]]+\]|[\w.-]+@[\w.-]+(?::\S*)?|[\w.-]+:[~/]\S*) ?[#$%>](?:\s.*)?$/;
/** `crm(live)# status`. */
const CRM_SHELL = /^\s*crm\([^()]*\)\S*[#>](?:\s.*)?$/;
/** `# pcs status --full`, `ha1:~ # crm_mon -1r`, `$ sudo crm_mon`, `sudo pcs status`. */
const COMMAND =
  /^\s*(?:\S* ?[#$%>]\s*)?(?:sudo\s+(?:-\S+\s+)*)?(?:watch\s+(?:[-\d.]\S*\s+)*["']?(?:sudo\s+)?(?:pcs|crm|crm_mon)\b.*|pcs(?:\s+-\S+)*(?:\s+cluster)?\s+status(?:\s.*)?|crm(?:\s+-\S+)*\s+status(?:\s.*)?|crm_mon(?:\s+-.*)?)$/;
/** No prompt is longer; the limit also bounds the cost of the patterns above. */
const LONGEST_PROMPT = 256;
/** The marks of a quote, of a comment, and of a line added in a diff. */
const MARKS = [/^\s*>/, /^\s*#(?=\s|$)/, /^\+/];
const DEEPEST_QUOTE = 4;

const TAB = 8;
/** `*` since 2.0.3, and below titles before; `+` for attributes and operations up to 2.0.2. */
const LINE = /^(\s*)([*+•·-]\s+)?(.*)$/s;

/** The lines of a status as the tool printed them, without the additions of pasting. */
export function statusLines(source: string): readonly StatusLine[] {
  return pastedLines(source).map(statusLine);
}

function statusLine({ raw, text: shown }: PastedLine): StatusLine {
  const [, space = '', bullet, text = ''] = LINE.exec(shown) ?? [];
  return { raw, text: text.trimEnd(), indent: columnsOf(space), bullet: bullet !== undefined };
}

function columnsOf(space: string): number {
  let columns = 0;
  for (const char of space) columns = char === '\t' ? columns + TAB - (columns % TAB) : columns + 1;
  return columns;
}

/** Without colours, emphasis, quote marks, code fences, the prompt with the command, watch's header. */
function pastedLines(source: string): readonly PastedLine[] {
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const plain = plainCharactersOf(source);
  const pasted = unquoted(lines.map((raw) => ({ raw, text: withoutMarkup(plain(raw)) })));
  return unwrapped(pasted.filter(({ text }) => !isFrame(text)));
}

function withoutMarkup(raw: string): string {
  const plain = raw.includes(ESCAPE) || raw.includes('\x0f') ? raw.replace(CONTROL, '') : raw;
  const text = plain.includes('**') && !plain.includes('***') ? plain.replace(BOLD, '$1') : plain;
  return text.includes('`') ? text.replace(SPAN, '') : text;
}

/** A mark counts only if every line has it; `# pcs status` above an output is a prompt. */
function unquoted(lines: readonly PastedLine[]): readonly PastedLine[] {
  let quoted = lines;
  for (let depth = 0; depth < DEEPEST_QUOTE; depth += 1) {
    const mark = MARKS.find((pattern) => isQuotedBy(pattern, quoted));
    if (mark === undefined) break;
    quoted = quoted.map(({ raw, text }) => ({ raw, text: text.replace(mark, '').replace(/^ /, '') }));
  }
  return quoted;
}

function isQuotedBy(mark: RegExp, lines: readonly PastedLine[]): boolean {
  const filled = lines.filter(({ text }) => text.trim() !== '' && !FENCE.test(text));
  return filled.length > 1 && filled.every(({ text }) => mark.test(text));
}

function isFrame(text: string): boolean {
  if (text.length > LONGEST_PROMPT) return false;
  return FENCE.test(text) || WATCH.test(text) || PROMPT.test(text) || CRM_SHELL.test(text) || COMMAND.test(text);
}

/** Lines that certainly continue in the next one, and how the next one begins. */
const BROKEN: readonly (readonly [end: RegExp, next: RegExp])[] = [
  [/^(?:\* +)?Current DC: \S+ .* - (?:MIXED-VERSION )?partition$/, /^with(?:out)? quorum$/i],
  [/^(?:\* +)?Current DC: \S+ .* -(?: MIXED-VERSION)?$/, /^(?:MIXED-VERSION )?partition with(?:out)? quorum$/i],
  [/^(?:\* +)?Last (?:change|updated): .* (?:on|via)$/, /^[^\s()[\]:]+(?: on [^\s()[\]:]+)?$/],
];
/** `Online: [ a b`, `Started: [ a`: lists that continue up to a closing bracket. `readHeld` handles lists without a name after the opening bracket. */
const BEGUN_LIST = /^(?:\* +)?[A-Za-z]+(?: \([^()]*\))*: ?\[ [^[\]]*[^[\]\s]$/;
const NAMES = /^[^[\]:=,'"]*\]?$/;
/** No list of names that mail breaks has more lines. */
const MOST_LINES = 20;

/**
 * Rejoins lines that mail broke between words. A terminal breaks at its width, even inside a name, so the longest line stays as
 * it is: `Online: [ a no` and `de-b ]` do not contain the names `no` and `de-b`.
 */
function unwrapped(lines: readonly PastedLine[]): readonly PastedLine[] {
  const width = lines.reduce((most, { text }) => Math.max(most, text.trimEnd().length), 0);
  const whole: PastedLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as PastedLine;
    const count = brokenInto(lines, at, width);
    if (count > 1) whole.push(joined(lines.slice(at, at + count)));
    else whole.push(line);
    at += count - 1;
  }
  return whole;
}

/** How many lines this one was broken into: 1 if it is whole or if that is unknown. */
function brokenInto(lines: readonly PastedLine[], at: number, width: number): number {
  const first = lines[at]?.text.trim() ?? '';
  const next = lines[at + 1]?.text.trim();
  if (next === undefined) return 1;
  if (BROKEN.some(([end, begin]) => end.test(first) && begin.test(next))) return 2;
  if (!BEGUN_LIST.test(first)) return 1;
  for (let count = 1; count < MOST_LINES; count += 1) {
    const before = lines[at + count - 1]?.text.trimEnd() ?? '';
    const text = lines[at + count]?.text.trim() ?? '';
    if (before.length >= width || text === '' || !NAMES.test(text)) return 1;
    if (text.endsWith(']')) return count + 1;
  }
  return 1;
}

function joined(lines: readonly PastedLine[]): PastedLine {
  const [first, ...rest] = lines;
  return {
    raw: lines.map(({ raw }) => raw).join('\n'),
    text: [first?.text.trimEnd() ?? '', ...rest.map(({ text }) => text.trim())].join(' '),
  };
}

/** Blanks of other widths that web pages and word processors write; tabs are kept. */
const BLANKS = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
/** Entities that occur only in the source of a web page; without one of them, `&lt;` may be an agent's own text. */
const IS_HTML = /&(?:nbsp|quot|apos|#0?39|#160|#x27|#xa0);/i;
const ENTITY = /&(nbsp|quot|apos|amp|lt|gt|#0?39|#160|#34|#x27|#xa0);/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  '#160': ' ',
  '#xa0': ' ',
  quot: '"',
  '#34': '"',
  apos: "'",
  '#39': "'",
  '#039': "'",
  '#x27': "'",
  amp: '&',
  lt: '<',
  gt: '>',
};

/** GitHub replaces part of `ocf::heartbeat:IPaddr2` by an emoji, which some programs replace by a placeholder. */
const HEARTBEAT = /\(ocf:(?:\u{1F493}|\uFFFC)/gu;
/** Tags that documents put around and into an output. */
const TAG = /<\/?(?:pre|code|b|strong|em)(?: [^<>]*)?>/g;

/** Returns a function that restores a line as the tool printed it, before it became part of a document or a web page. */
function plainCharactersOf(source: string): (line: string) => string {
  const isHtml = IS_HTML.test(source);
  return (line) => {
    const text = isHtml && line.includes('&') ? line.replace(ENTITY, decoded) : line;
    return withoutTags(text).replace(BLANKS, ' ').replace(HEARTBEAT, '(ocf::heartbeat:');
  };
}

function withoutTags(text: string): string {
  return text.includes('<') ? text.replace(TAG, '') : text;
}

function decoded(whole: string, name: string): string {
  return ENTITIES[name.toLowerCase()] ?? whole;
}
