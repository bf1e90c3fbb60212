import { BEGINNINGS, beginsLine, type PrintedLine } from '../text/lines.js';

/**
 * Every line of a pasted text, without what documents, mails, web pages and terminals did to its characters and line breaks:
 * escapes, entities, tags, colours, quote marks, numbers of lines, strings of JSON, all lines on one.
 */
export function pastedLines(source: string): readonly PrintedLine[] {
  const repaired = unescaped(withLineBreaks(source.replace(/^\uFEFF/, '')));
  const lines = withoutNumbers(repaired.split(/\r\n|\n|\r/));
  const printed = linesOnOne(/"|\\n/.test(repaired) ? linesFromJson(lines) : lines);
  if (!MARKED.test(repaired)) return unquoted(printed.map((raw) => ({ raw, text: raw })));
  const plain = plainCharactersOf(source);
  return unquoted(printed.map((raw) => ({ raw, text: withoutMarkup(plain(raw)) })));
}

/** Most outputs have none of the characters that the repairs of characters look for. */
const MARKED = /[^ -~\t\r\n]|[<&`]|\*\*/;

/** Code fences of Markdown and Jira, and the directive of reStructuredText. */
const FENCE =
  /^\s*(?:(?:`{3,}|~{3,})\s*[\w+#.{}=:" -]*|\{(?:code|noformat)(?::[^{}]*)?\}|\.\. (?:code-block|code)::.*)\s*$/;
const LONGEST_FENCE = 512;

/** A line that marks the beginning or the end of a block of code. */
export function isFence(text: string): boolean {
  return text.length <= LONGEST_FENCE && FENCE.test(text);
}

/** A bullet or an opening bracket behind a backslash, as pandoc writes them; no tool prints either. */
const IS_ESCAPED = /^\s*\\[*+-]\s|: \\\[/m;
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!~'"<>|])/g;

/** Undoes the escapes of Markdown: `\* vip_start_0 on alpha \'error\'`. A backslash in any other text is kept. */
function unescaped(source: string): string {
  return source.includes('\\') && IS_ESCAPED.test(source) ? source.replace(ESCAPED, '$1') : source;
}

/** `Online: [ a ]<br>OFFLINE: [ b ]<br/>`: the line breaks of a web page. */
const BREAK = /<br ?\/?>(?:\r\n|\n|\r)?/gi;

function withLineBreaks(source: string): string {
  return source.includes('<') ? source.replace(BREAK, '\n') : source;
}

const ESCAPE = String.fromCharCode(27);
/** Colours and similar (ECMA-48 control sequences, and the character set switch that `tput sgr0` writes). */
const CONTROL = new RegExp(`${ESCAPE}(?:\\[[0-9;:?]*[ -/]*[@-~]|[()][A-Za-z0-9]|[=>])|\\x0f`, 'g');
/** Markdown's emphasis. */
const BOLD = /\*\*(?=\S)([^*]*)\*\*/g;
/** Single backticks that people put around the whole output. */
const SPAN = /^`(?!`)|(?<!`)`$/g;

/** Without colours, emphasis, and single backticks around the line. */
function withoutMarkup(raw: string): string {
  const plain = raw.includes(ESCAPE) || raw.includes('\x0f') ? raw.replace(CONTROL, '') : raw;
  const text = plain.includes('**') && !plain.includes('***') ? plain.replace(BOLD, '$1') : plain;
  return text.includes('`') ? text.replace(SPAN, '') : text;
}

/** Blanks of other widths that web pages and word processors write; tabs are kept. */
const BLANKS = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
/** Characters without width that web pages put between others. */
const INVISIBLE = /[\u200B\u2060\uFEFF]/g;
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
const TAG = /<\/?(?:pre|code|b|strong|em|p|div|span|li|ul|tt)(?: [^<>]*)?>/gi;

/** Returns a function that restores a line as the tool printed it, before it became part of a document or a web page. */
function plainCharactersOf(source: string): (line: string) => string {
  const isHtml = IS_HTML.test(source);
  return (line) => {
    const text = isHtml && line.includes('&') ? line.replace(ENTITY, entity) : line;
    const untagged = text.includes('<') ? text.replace(TAG, '') : text;
    return untagged.replace(BLANKS, ' ').replace(INVISIBLE, '').replace(HEARTBEAT, '(ocf::heartbeat:');
  };
}

function entity(whole: string, name: string): string {
  return ENTITIES[name.toLowerCase()] ?? whole;
}

/** The marks of a quote, of a comment, and of a line added in a diff. */
const MARKS = [/^\s*>/, /^\s*#(?=\s|$)/, /^\+/];
const DEEPEST_QUOTE = 4;

/** A mark counts only if every line has it; `# pcs status` above an output is a prompt. */
function unquoted(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  let quoted = lines;
  for (let depth = 0; depth < DEEPEST_QUOTE; depth += 1) {
    const mark = MARKS.find((pattern) => isQuotedBy(pattern, quoted));
    if (mark === undefined) break;
    quoted = quoted.map(({ raw, text }) => ({ raw, text: text.replace(mark, '').replace(/^ /, '') }));
  }
  return quoted;
}

function isQuotedBy(mark: RegExp, lines: readonly PrintedLine[]): boolean {
  let marked = 0;
  for (const { text } of lines) {
    if (mark.test(text)) marked += 1;
    else if (text.trim() !== '' && !isFence(text)) return false;
  }
  return marked > 1;
}

/** `  1  Cluster name: c`, `12: Stack: corosync`, `3| Online: [ a ]`: the numbers of `cat -n` and of web pages. */
const NUMBER = /^\s*(\d{1,5})(?:[:.|)]|\s|$)/;
const FEWEST_NUMBERS = 4;

/** Without the numbers of the lines, if every line has one and they count up by one. */
function withoutNumbers(lines: readonly string[]): readonly string[] {
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !NUMBER.test(first)) return lines;
  const filled = lines.filter((line) => line.trim() !== '');
  const numbers = filled.map((line) => Number(NUMBER.exec(line)?.[1]));
  const isCount = numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);
  if (filled.length < FEWEST_NUMBERS || !isCount || Number.isNaN(numbers[0])) return lines;
  return lines.map((line) => line.replace(NUMBER, ''));
}

/** `"stdout": "Cluster name: c\nStack: corosync\n"`: the line breaks of a text inside JSON, as Ansible prints results. */
const ENCODED_BREAK = /(?:\\r)?\\n/;
/** `    "  * Online: [ a b ]",`: a line of a list, Ansible's `stdout_lines`. */
const LISTED = /^\s*"((?:[^"\\]|\\.)*)",?\s*$/;
/** So many lines that a status has show that it is one. */
const FEWEST_IN_JSON = 2;
/** The quote that ends the string, and what follows it. */
const CLOSED = /(?<!\\)".*$/s;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', '"': '"', '\\': '\\', '/': '/' };

/** The lines of an output that a program put into a JSON string or a list of them; any other text as it is. */
function linesFromJson(lines: readonly string[]): readonly string[] {
  return fromList(lines.flatMap(fromString));
}

function fromString(line: string): readonly string[] {
  if (!line.includes('\\n')) return [line];
  const pieces = line.split(ENCODED_BREAK);
  if (pieces.filter(beginsLine).length < FEWEST_IN_JSON) return [line];
  const [before = '', ...rest] = pieces;
  // What stands before the first line: `fatal: [a]: FAILED! => {"changed": true, "stdout": "`.
  const opening = before.lastIndexOf('"');
  return [before.slice(opening + 1), ...rest.map((piece) => piece.replace(CLOSED, ''))].map(decoded);
}

function fromList(lines: readonly string[]): readonly string[] {
  const contents = lines.map((line) => (line.includes('"') ? LISTED.exec(line)?.[1] : undefined));
  if (contents.filter((content) => content !== undefined && beginsLine(content)).length < FEWEST_IN_JSON) return lines;
  return contents.flatMap((content) => (content === undefined ? [] : [decoded(content)]));
}

function decoded(text: string): string {
  return text.replace(/\\(["\\/ntr])/g, (whole, character: string) => ESCAPES[character] ?? whole);
}

/** Before a bullet, or before the first words of a line without one. */
const BEFORE_LINE = new RegExp(`(?<=\\S)(?<!\\s[*+])\\s{1,20}(?=(?:[*+] \\S|${BEGINNINGS.join('|')}))`, 'g');
const WITHOUT_BULLETS = new RegExp(`(?<=\\S)\\s{1,20}(?=(?:${BEGINNINGS.join('|')}))`, 'g');
/** No line of a status that is whole holds the beginnings of so many others; `Last updated: … Last change: …` is one. */
const FEWEST_ON_ONE = 3;
const SHORTEST = 80;

/**
 * The lines of a text that a web page or a chat put on one: `Cluster name: demo Cluster Summary: * Stack: corosync * Current DC: …`.
 * A line that is one already is kept as it is.
 */
function linesOnOne(lines: readonly string[]): readonly string[] {
  if (!lines.some(isSeveral)) return lines;
  return lines.flatMap((line) => (isSeveral(line) ? line.split(BEFORE_LINE) : [line]));
}

function isSeveral(line: string): boolean {
  return line.length >= SHORTEST && (line.match(WITHOUT_BULLETS)?.length ?? 0) >= FEWEST_ON_ONE;
}
