import { plainCharactersOf } from './characters.js';
import { unwrapped } from './wrapped.js';

/** A line of what was handed over, and what of it the tool printed. */
export interface PastedLine {
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

/** The lines without what pasting adds: colours, emphasis, quote marks, code fences, the prompt with the command, watch's header. */
export function pastedLines(source: string): readonly PastedLine[] {
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
