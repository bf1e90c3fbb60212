/** A text as a source file writes it, with `{}` for what it puts in. */
export interface WrittenText {
  readonly line: number;
  readonly text: string;
  /** The code before it on the same line, and the end of the line above. */
  readonly before: string;
}

/** Every string and template of a TypeScript source. Comments and regular expressions are skipped; nested templates are listed, too. */
export function textsIn(source: string): readonly WrittenText[] {
  const found: WrittenText[] = [];
  const add = (at: number, text: string) =>
    found.push({ line: source.slice(0, at).split('\n').length, text, before: source.slice(Math.max(0, at - 60), at) });
  readCode(source, 0, add, false);
  return found;
}

type Add = (at: number, text: string) => void;

/** From `start` to the end, or, inside a template, past the brace that closes it. Returns where it ended. */
function readCode(source: string, start: number, add: Add, isInside: boolean): number {
  let depth = 0;
  let last = '';
  let at = start;
  while (at < source.length) {
    const char = source[at] ?? '';
    const skipped = skippedAt(source, at, last);
    if (skipped > at) at = skipped;
    else if (char === "'" || char === '"') {
      const end = endOfString(source, at, char);
      add(at, unescaped(source.slice(at + 1, end)));
      at = end + 1;
      last = 'x';
    } else if (char === '`') {
      at = readTemplate(source, at, add);
      last = 'x';
    } else {
      if (char === '{') depth += 1;
      if (char === '}' && depth === 0 && isInside) return at + 1;
      if (char === '}') depth -= 1;
      if (!/\s/.test(char)) last = char;
      at += 1;
    }
  }
  return at;
}

/** Past a comment or a regular expression that begins here. */
function skippedAt(source: string, at: number, last: string): number {
  const rest = source.slice(at, at + 2);
  if (rest === '//') return at + (source.slice(at).search(/\n|$/) || 1);
  if (rest === '/*') return source.indexOf('*/', at) + 2;
  if (source[at] !== '/' || /[\w$)\]]/.test(last)) return at;
  const literal = /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/.exec(source.slice(at));
  return at + (literal?.[0].length ?? 0);
}

function endOfString(source: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < source.length && source[at] !== quote) at += source[at] === '\\' ? 2 : 1;
  return at;
}

function readTemplate(source: string, from: number, add: Add): number {
  let text = '';
  let at = from + 1;
  while (at < source.length && source[at] !== '`') {
    if (source.startsWith('${', at)) {
      at = readCode(source, at + 2, add, true);
      text += '{}';
    } else {
      const length = source[at] === '\\' ? 2 : 1;
      text += unescaped(source.slice(at, at + length));
      at += length;
    }
  }
  add(from, text);
  return at + 1;
}

function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-f]{4}|.)/g, (_, code: string) =>
    code === 'n' ? '\n' : code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : code,
  );
}

const COMMANDS =
  /^(?:halab|pcs|crm|crm_\w+|systemctl|journalctl|vagrant|apt-get|sysctl|ssh|ip|sudo|virsh|bcdedit|winget|brew|ps|cibadmin|modprobe|booth|podman|docker)$/;

/** Runs of at least `least` English words that are neither quoted nor a command. */
export function englishRunsIn(text: string, least = 4): readonly string[] {
  const bare = text
    .replace(/`[^`]*`|"[^"\n]*"|“[^”]*”|\{[^{}]*\}|<[^<>\n]*>|\[[^\][\n]*\]/g, ' · ')
    .replace(/[^\s]*[/_=@:.][^\s]*[\w…]/g, ' · ');
  return [...bare.matchAll(/[A-Za-z][A-Za-z’'-]*(?: [A-Za-z][A-Za-z’'-]*)+/g)]
    .map(([run]) => run.split(' '))
    .filter((words) => words.length >= least && !COMMANDS.test(words[0] ?? ''))
    .map((words) => words.join(' '));
}
