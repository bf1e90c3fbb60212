import { defined } from '../model/defined.js';
import { messageOf } from '../model/errors.js';
import { haNodesOf } from '../model/lab.js';
import type { FormationContext } from '../ports/cluster.js';
import { nodeScript } from '../ports/node-program.js';
import { PACKAGES } from './dialect.js';

/** What a node reported after a failure. */
export interface NodeFacts {
  readonly node: string;
  /** Why the node could not be queried. */
  readonly problem?: string;
  /** The node's wall clock, ms since 1970; all nodes are queried at the same moment. */
  readonly clockMs?: number;
  /** State of pcsd in systemd's words. */
  readonly pcsd?: string;
  readonly missing: readonly string[];
  /** The name of each lab node to the IPv4 addresses that it resolves to on this node. */
  readonly resolves: Readonly<Record<string, readonly string[]>>;
  /** Port 2224 of each lab node as seen from this node. */
  readonly ports: Readonly<Record<string, 'open' | 'closed' | 'filtered'>>;
}

/** One sentence for the likely cause, one for what to do about it. */
interface Diagnosis {
  readonly cause: string;
  readonly fix: string;
}

/** With more skew, a certificate created on one node may not be valid yet on another. */
const SKEW_MS = 30_000;

/** Pure. The likely cause of what the failed command printed, given the facts. */
export function diagnose(output: string, facts: readonly NodeFacts[]): Diagnosis {
  for (const diagnosis of causes(output, facts)) return diagnosis;
  return {
    cause:
      'The nodes reach one another, names resolve, pcsd runs and the clocks agree; it is none of the usual causes.',
    fix: 'Look at /var/log/pcsd/pcsd.log and "journalctl -u pcsd -u corosync -u pacemaker" on the node named.',
  };
}

/** The most certain cause first: each would also explain what the causes below it look for. */
function* causes(output: string, facts: readonly NodeFacts[]): Generator<Diagnosis> {
  for (const { node, problem } of facts)
    if (problem !== undefined)
      yield {
        cause: `${node} cannot be reached through management: ${problem}.`,
        fix: 'See "halab status", and bring the node up.',
      };
  for (const { node, missing } of facts)
    if (missing.length > 0)
      yield {
        cause: `${node} lacks the packages ${missing.join(' ')}.`,
        fix: `Install ${missing.join(' ')} on ${node}.`,
      };
  const isAsked = facts.length > 0 && facts.every(({ problem }) => problem === undefined);
  if (isAsked && /Required cluster services not installed/.test(output))
    yield {
      cause:
        'The packages are installed, but pcsd did not find their services in time, which happens on nodes that are slow or busy.',
      fix: 'Try again when the nodes have less to do; /var/log/pcsd/pcsd.log on the node named has the command that took too long.',
    };
  if (/username and\/or password is incorrect|unable to authenticate|access denied/i.test(output)) {
    const node = /(\S+): Username and\/or password is incorrect/i.exec(output)?.[1];
    yield {
      cause: `The password of hacluster is not the same everywhere${node === undefined ? '' : `: ${node} refused it`}.`,
      fix: 'Set it again on every node (stage "password"), then authorise again (stage "auth").',
    };
  }
  const names = facts.flatMap(({ node, resolves }) =>
    Object.entries(resolves).map(([name, addresses]) => ({ node, name, addresses })),
  );
  for (const { node, name, addresses } of names)
    if (addresses.length === 0)
      yield {
        cause: `The name ${name} does not resolve on ${node}.`,
        fix: `Add ${name} with its address on the cluster network to /etc/hosts on ${node}.`,
      };
  for (const { node, name, addresses } of names)
    if (addresses.some((address) => address.startsWith('127.')))
      yield {
        cause: `The name ${name} resolves to ${addresses.join(', ')} on ${node}, an address that no other node can reach.`,
        fix: `Remove ${name} from the 127.x line of /etc/hosts on ${node} and add it with its address on the cluster network.`,
      };
  for (const { node, pcsd } of facts)
    if (pcsd !== undefined && pcsd !== 'active' && pcsd !== 'activating')
      yield {
        cause: `pcsd is ${pcsd} on ${node}.`,
        // "Failed to start pcsd.service: Unit pcsd.service is masked."
        fix: `Run "${/\bis masked\b/.test(output) ? 'systemctl unmask pcsd && ' : ''}systemctl enable --now pcsd" on ${node}; "journalctl -u pcsd" shows why if it ends again.`,
      };
  for (const { node, pcsd } of facts)
    if (pcsd === 'activating')
      yield {
        cause: `pcsd is still starting on ${node}.`,
        fix: `Wait until "systemctl is-active pcsd" prints "active" on ${node}, and run the stage again.`,
      };
  const ports = facts.flatMap(({ node, ports }) => Object.entries(ports).map(([to, port]) => ({ node, to, port })));
  for (const { node, to, port } of ports)
    if (port === 'filtered')
      yield {
        cause: `${node} gets no answer from port 2224 of ${to}: a packet filter or a link that is down is between them.`,
        fix: `Allow TCP port 2224 on ${to} (firewalld: "firewall-cmd --add-service=high-availability --permanent", then "--reload").`,
      };
  for (const { node, to, port } of ports)
    if (port === 'closed')
      yield {
        cause: `${to} refuses ${node} on port 2224, though pcsd is active: it listens on another address or port.`,
        fix: `Look at PCSD_PORT and PCSD_BIND_ADDR in /etc/default/pcsd or /etc/sysconfig/pcsd on ${to}.`,
      };
  const clocks = facts
    .flatMap(({ node, clockMs }) => (clockMs === undefined ? [] : [{ node, clockMs }]))
    .toSorted((a, b) => a.clockMs - b.clockMs);
  const [first, last] = [clocks[0], clocks.at(-1)];
  if (first !== undefined && last !== undefined && last.clockMs - first.clockMs >= SKEW_MS)
    yield {
      cause: `The clock of ${last.node} is ${Math.round((last.clockMs - first.clockMs) / 1_000)} s ahead of the clock of ${first.node}.`,
      fix: 'Let one time source set the clocks of all nodes (chrony or systemd-timesyncd).',
    };
  const unit = /(\S+\.service): Failed with result/.exec(output)?.[1];
  if (unit !== undefined)
    yield {
      cause: `${unit} does not start.`,
      fix: `Look at "journalctl -u ${unit}" on the node named.`,
    };
}

const TIMEOUT_MS = 10_000;
const PORTS: Readonly<Record<string, 'open' | 'filtered'>> = { '0': 'open', '124': 'filtered' };

const SCRIPT = nodeScript('gather-facts.sh');

/** Never throws: an unreachable node is a fact too. Ignores the context's signal, because it explains a failure that has already happened. */
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
  return {
    node,
    ...defined({ clockMs: clock === undefined ? undefined : Number(clock), pcsd: rowsOf('pcsd')[0]?.[0] }),
    missing: rowsOf('missing').flatMap(([name]) => name ?? []),
    resolves: Object.fromEntries(rowsOf('resolves').map(([name = '', ...addresses]) => [name, addresses])),
    ports: Object.fromEntries(rowsOf('port').map(([name = '', code = '']) => [name, PORTS[code] ?? 'closed'])),
  };
}
