/*
 * Lines of `vagrant --machine-readable` (developer.hashicorp.com/vagrant/docs/cli/machine-readable):
 * `timestamp,target,type,data…`, with commas of the data as `%!(VAGRANT_COMMA)` and line ends as `\n`.
 */

interface MachineReadableLine {
  /** A node; empty where the line is about none. */
  readonly target: string;
  readonly type: string;
  readonly data: readonly string[];
}

/** Undefined for a line that is not of that kind, e.g. a warning of Ruby's. */
export function parseLine(line: string): MachineReadableLine | undefined {
  const [stamp = '', target = '', type, ...data] = line.replace(/\r$/, '').split(',');
  if (!/^\d{6,}$/.test(stamp) || type === undefined) return undefined;
  return { target, type, data: data.map(unescapeData) };
}

function unescapeData(data: string): string {
  return data.replaceAll('%!(VAGRANT_COMMA)', ',').replaceAll('\\n', '\n').replaceAll('\\r', '');
}

/** What a line says to people, without Vagrant's own prefix of the node. Undefined where it says nothing. */
export function sayingOf(line: string): string | undefined {
  const parsed = parseLine(line);
  if (!parsed) return line.trim() || undefined;
  if (parsed.type !== 'ui') return parsed.type === 'error-exit' ? parsed.data.slice(1).join(', ') : undefined;
  const text = parsed.data
    .slice(1)
    .join(', ')
    .replace(/^(?:==>| {3}) ?[^\s:]+: ?/gm, '')
    .trim();
  if (text === '') return undefined;
  return parsed.target ? `${parsed.target}: ${text}` : text;
}
