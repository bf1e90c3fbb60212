import type { StatusLine } from './draft.js';

/** A line of the source, and the part of it that the tool printed. */
interface PastedLine {
  readonly raw: string;
  readonly text: string;
}

const ESCAPE = String.fromCharCode(27);
/** Colours and the like (ECMA-48 control sequences, and the character set switch that `tput sgr0` writes). */
const CONTROL = new RegExp(`${ESCAPE}(?:\\[[0-9;:?]*[ -/]*[@-~]|[()][A-Za-z0-9]|[=>])|\\x0f`, 'g');
/** Markdown's emphasis. */
const BOLD = /\*\*(?=\S)([^*]*)\*\*/g;
/** Of Markdown and Jira, and the directive of reStructuredText. */
const FENCE = /^\s*(?:(?:```|~~~)[\w+-]*|\{(?:code|noformat)(?::[^{}]*)?\}|\.\. (?:code-block|code)::.*)\s*$/;
/** A code span of Markdown that was meant to hold all lines. */
const SPAN = /^`(?!`)|(?<!`)`$/g;
/** What `watch pcs status` writes above its output. */
const WATCH = /^Every \d+(?:[.,]\d+)?s: /;
/** `[root@a ~]# ip a`, `root@node:~# …`, `hacluster@node1:~> …`, and on SLES `node1:~ # …`. */
const PROMPT =
  /^\s*(?:\([\w.-]+\) ?)?(?:\[[^[\]@\s]+@[^[\]]+\]|[\w.-]+@[\w.-]+(?::\S*)?|[\w.-]+:[~/]\S*) ?[#$%>](?:\s.*)?$/;
/** `crm(live)# status`. */
const CRM_SHELL = /^\s*crm\([^()]*\)\S*[#>](?:\s.*)?$/;
/** `# pcs status --full`, `ha1:~ # crm_mon -1r`, `$ sudo crm_mon`, `sudo pcs status`. */
const COMMAND =
  /^\s*(?:\S* ?[#$%>]\s*)?(?:sudo\s+(?:-\S+\s+)*)?(?:watch\s+(?:[-\d.]\S*\s+)*["']?(?:sudo\s+)?(?:pcs|crm|crm_mon)\b.*|pcs(?:\s+-\S+)*(?:\s+cluster)?\s+status(?:\s.*)?|crm(?:\s+-\S+)*\s+status(?:\s.*)?|crm_mon(?:\s+-.*)?)$/;
/** No prompt is longer; it also bounds what the patterns above may cost. */
const LONGEST_PROMPT = 256;
/** Of a quote, of a comment, and of a line added in a diff. */
const MARKS = [/^\s*>/, /^\s*#(?=\s|$)/, /^\+/];
const DEEPEST_QUOTE = 4;

const TAB = 8;
/** `*` since 2.0.3 and for what stands under a title before; `+` for attributes and operations up to 2.0.2. */
const LINE = /^(\s*)([*+•·-]\s+)?(.*)$/s;

/** The lines of a status as the tool printed them, without what pasting adds. */
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

/** A mark is one only where every line carries it; `# pcs status` above an output is a prompt. */
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

/** What goes on in the next line for certain, and how that begins. */
const BROKEN: readonly (readonly [end: RegExp, next: RegExp])[] = [
  [/^(?:\* +)?Current DC: \S+ .* - (?:MIXED-VERSION )?partition$/, /^with(?:out)? quorum$/i],
  [/^(?:\* +)?Current DC: \S+ .* -(?: MIXED-VERSION)?$/, /^(?:MIXED-VERSION )?partition with(?:out)? quorum$/i],
  [/^(?:\* +)?Last (?:change|updated): .* (?:on|via)$/, /^[^\s()[\]:]+(?: on [^\s()[\]:]+)?$/],
];
/** `Online: [ a b`, `Started: [ a`, which only a closing bracket ends; where no name follows the bracket, see `readHeld`. */
const BEGUN_LIST = /^(?:\* +)?[A-Za-z]+(?: \([^()]*\))*: ?\[ [^[\]]*[^[\]\s]$/;
const NAMES = /^[^[\]:=,'"]*\]?$/;
/** More lines than a list of names has, and a longer one than mail breaks: such a line was cut by something else. */
const MOST_LINES = 20;

/**
 * Lines that mail broke between words are one again. A terminal breaks at its width, inside a name too: the longest line is
 * therefore left as it is, as `Online: [ a no` and `de-b ]` are no two names.
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

/** How many lines this one was broken into: 1 where it is whole, or where that cannot be known. */
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

/** Blanks of other widths, as web pages and word processors write them; a tab stays one. */
const BLANKS = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
/** What only the source of a web page holds; without one of these, `&lt;` may be an agent's own text. */
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

/** GitHub shows `ocf::heartbeat:IPaddr2` with an emoji, of which some programs leave a placeholder. */
const HEARTBEAT = /\(ocf:(?:\u{1F493}|\uFFFC)/gu;
/** Tags that documents put around an output, and into it. */
const TAG = /<\/?(?:pre|code|b|strong|em)(?: [^<>]*)?>/g;

/** How a line of this text was printed, before a document or a web page was made of it. */
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
