import { beginsLine } from './one-line.js';

/** `"stdout": "Cluster name: c\nStack: corosync\n"`: the line breaks of a text inside JSON, as Ansible prints results. */
const ENCODED_BREAK = /(?:\\r)?\\n/;
/** `    "  * Online: [ a b ]",`: a line of a list, Ansible's `stdout_lines`. */
const LISTED = /^\s*"((?:[^"\\]|\\.)*)",?\s*$/;
/** So many lines that a status has show that it is one. */
const FEWEST = 2;

/** The quote that ends the string, and what follows it. */
const CLOSED = /(?<!\\)".*$/s;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', '"': '"', '\\': '\\', '/': '/' };

/** The lines of an output that a program put into a JSON string or a list of them; any other text as it is. */
export function linesFromJson(lines: readonly string[]): readonly string[] {
  return fromList(lines.flatMap(fromString));
}

function fromString(line: string): readonly string[] {
  if (!line.includes('\\n')) return [line];
  const pieces = line.split(ENCODED_BREAK);
  if (pieces.filter(beginsLine).length < FEWEST) return [line];
  const [before = '', ...rest] = pieces;
  // What stands before the first line: `fatal: [a]: FAILED! => {"changed": true, "stdout": "`.
  const opening = before.lastIndexOf('"');
  return [before.slice(opening + 1), ...rest.map((piece) => piece.replace(CLOSED, ''))].map(decoded);
}

function fromList(lines: readonly string[]): readonly string[] {
  if (lines.filter((line) => line.includes('"')).length < FEWEST) return lines;
  const contents = lines.map((line) => LISTED.exec(line)?.[1]);
  if (contents.filter((content) => content !== undefined && beginsLine(content)).length < FEWEST) return lines;
  return contents.flatMap((content) => (content === undefined ? [] : [decoded(content)]));
}

function decoded(text: string): string {
  return text.replace(/\\(["\\/ntr])/g, (whole, character: string) => ESCAPES[character] ?? whole);
}
