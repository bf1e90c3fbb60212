import { isLabError } from '../model/errors.js';
import { nodeScript } from '../ports/node-program.js';
import type { RunSession } from '../runner/session.js';

/** What each HA node has that outlives a command, by its name: files, packages and units, as list-contents.sh prints them. */
export type Contents = Readonly<Record<string, readonly string[]>>;

const SCRIPT = nodeScript('list-contents.sh');
const SILENT = 'node silent';
/** All files of its configuration are read. */
const LIST_MS = 30_000;

/** Never throws because of a node. */
export async function contentsOf({ haNodes, read, deps: { signal } }: RunSession): Promise<Contents> {
  const listed = haNodes.map(async (node) => {
    try {
      const { exitCode, stdout } = await read.exec(node, ['sh', '-c', SCRIPT], LIST_MS);
      return [node, exitCode === 0 ? stdout.trim().split('\n') : [SILENT]] as const;
    } catch (error) {
      if (!isLabError(error) || signal.aborted) throw error;
      return [node, [SILENT]] as const;
    }
  });
  return Object.fromEntries(await Promise.all(listed));
}

/** Pure. What a node has otherwise than before, gained or lost, as `/etc/hosts of ha-host1`. */
export function changesIn(before: Contents, now: Contents): readonly string[] {
  return Object.keys(before).flatMap((node) => {
    const [had, has] = [new Set(before[node]), new Set(now[node])];
    if (has.has(SILENT) && !had.has(SILENT)) return [`${node} does not answer`];
    const lines = [...had].filter((line) => !has.has(line)).concat([...has].filter((line) => !had.has(line)));
    return [...new Set(lines.map(nameIn))].toSorted().map((name) => `${name} of ${node}`);
  });
}

const ONE_EACH: Readonly<Record<string, string>> = {
  known: 'the hosts that pcs is authorised for',
  system: 'the programs',
  packages: 'the packages',
};

/** `holds DIGEST PATH`, `file PATH …`, `unit NAME …`, and what there is one line of. */
function nameIn(line: string): string {
  const [kind = '', second = ''] = line.split(' ');
  if (kind === 'holds') return line.slice(`holds ${second} `.length);
  if (kind === 'file') return line.slice('file '.length).replace(/ [a-z] [0-7]+ \d+:\d+ .*$/, '');
  return ONE_EACH[kind] ?? second;
}
