import { messageOf } from '../model/errors.js';
import { haNodesOf } from '../model/lab.js';
import type { FormationContext } from '../ports/cluster.js';
import { nodeScript } from '../ports/node-program.js';
import type { NodeFacts } from './diagnose.js';
import { PACKAGES } from './software.js';

const TIMEOUT_MS = 10_000;
const PORTS: Readonly<Record<string, 'open' | 'filtered'>> = { '0': 'open', '124': 'filtered' };

const SCRIPT = nodeScript('gather-facts.sh');

/** Never throws; a node that cannot be asked is a fact too. Not bound to the context's signal: it explains what has failed. */
export async function gatherFacts(context: FormationContext): Promise<readonly NodeFacts[]> {
  const names = haNodesOf(context.lab).map((node) => node.name);
  const argv = ['sh', '-c', SCRIPT, 'sh', PACKAGES.join(' '), ...names];
  return Promise.all(
    names.map(async (node) => {
      try {
        const transport = await context.transport(node);
        const result = await transport.exec(argv, { timeoutMs: TIMEOUT_MS });
        return factsFrom(node, result.stdout);
      } catch (error) {
        return { node, problem: messageOf(error), missing: [], resolves: {}, ports: {} };
      }
    }),
  );
}

export function factsFrom(node: string, stdout: string): NodeFacts {
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  const rowsOf = (key: string): readonly (readonly string[])[] =>
    rows.filter((row) => row[0] === key).map((row) => row.slice(1));
  const clock = rowsOf('clock')[0]?.[0];
  const pcsd = rowsOf('pcsd')[0]?.[0];
  return {
    node,
    ...(clock === undefined ? {} : { clockMs: Number(clock) }),
    ...(pcsd === undefined ? {} : { pcsd }),
    missing: rowsOf('missing').flatMap(([name]) => name ?? []),
    resolves: Object.fromEntries(rowsOf('resolves').map(([name = '', ...addresses]) => [name, addresses])),
    ports: Object.fromEntries(rowsOf('port').map(([name = '', code = '']) => [name, PORTS[code] ?? 'closed'])),
  };
}
