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

type Detector = (output: string, facts: readonly NodeFacts[]) => Diagnosis | undefined;

/** The most certain cause first: each would also explain what the causes below it look for. */
const DETECTORS: readonly Detector[] = [
  unreachableNode,
  missingPackage,
  wrongPassword,
  unresolvedName,
  loopbackName,
  pcsdNotRunning,
  filteredPort,
  closedPort,
  clockSkew,
];

/** Pure. */
export function diagnose(output: string, facts: readonly NodeFacts[]): Diagnosis {
  for (const detect of DETECTORS) {
    const diagnosis = detect(output, facts);
    if (diagnosis !== undefined) return diagnosis;
  }
  return {
    cause:
      'The nodes reach one another, names resolve, pcsd runs and the clocks agree; it is none of the usual causes.',
    fix: 'Look at /var/log/pcsd/pcsd.log and "journalctl -u pcsd -u corosync -u pacemaker" on the node named.',
  };
}

function unreachableNode(_output: string, facts: readonly NodeFacts[]): Diagnosis | undefined {
  const lost = facts.find(({ problem }) => problem !== undefined);
  return (
    lost && {
      cause: `${lost.node} cannot be reached through management: ${lost.problem}.`,
      fix: 'See "halab status", and bring the node up.',
    }
  );
}

function missingPackage(_output: string, facts: readonly NodeFacts[]): Diagnosis | undefined {
  const lacking = facts.find(({ missing }) => missing.length > 0);
  const names = lacking?.missing.join(' ');
  return (
    lacking && { cause: `${lacking.node} lacks the packages ${names}.`, fix: `Install ${names} on ${lacking.node}.` }
  );
}

function wrongPassword(output: string): Diagnosis | undefined {
  if (!/username and\/or password is incorrect|unable to authenticate|access denied/i.test(output)) return undefined;
  const node = /(\S+): Username and\/or password is incorrect/i.exec(output)?.[1];
  return {
    cause: `The password of hacluster is not the same everywhere${node === undefined ? '' : `: ${node} refused it`}.`,
    fix: 'Set it again on every node (stage "password"), then authorise again (stage "auth").',
  };
}

function unresolvedName(_output: string, facts: readonly NodeFacts[]): Diagnosis | undefined {
  return firstName(
    facts,
    (addresses) => addresses.length === 0,
    ({ node }, name) => ({
      cause: `The name ${name} does not resolve on ${node}.`,
      fix: `Add ${name} with its address on the cluster network to /etc/hosts on ${node}.`,
    }),
  );
}

function loopbackName(_output: string, facts: readonly NodeFacts[]): Diagnosis | undefined {
  return firstName(
    facts,
    (addresses) => addresses.some((address) => address.startsWith('127.')),
    ({ node }, name, addresses) => ({
      cause: `The name ${name} resolves to ${addresses.join(', ')} on ${node}, an address that no other node can reach.`,
      fix: `Remove ${name} from the 127.x line of /etc/hosts on ${node} and add it with its address on the cluster network.`,
    }),
  );
}

function pcsdNotRunning(_output: string, facts: readonly NodeFacts[]): Diagnosis | undefined {
  const down = facts.find(({ pcsd }) => pcsd !== undefined && pcsd !== 'active');
  return (
    down && {
      cause: `pcsd is ${down.pcsd} on ${down.node}.`,
      fix: `Run "systemctl enable --now pcsd" on ${down.node}; "journalctl -u pcsd" shows why if it ends again.`,
    }
  );
}

function filteredPort(_output: string, facts: readonly NodeFacts[]): Diagnosis | undefined {
  return firstPort(facts, 'filtered', (from, to) => ({
    cause: `${from} gets no answer from port 2224 of ${to}: a packet filter or a link that is down is between them.`,
    fix: `Allow TCP port 2224 on ${to} (firewalld: "firewall-cmd --add-service=high-availability --permanent", then "--reload").`,
  }));
}

function closedPort(_output: string, facts: readonly NodeFacts[]): Diagnosis | undefined {
  return firstPort(facts, 'closed', (from, to) => ({
    cause: `${to} refuses ${from} on port 2224, though pcsd is active: it listens on another address or port.`,
    fix: `Look at PCSD_PORT and PCSD_BIND_ADDR in /etc/default/pcsd or /etc/sysconfig/pcsd on ${to}.`,
  }));
}

function clockSkew(_output: string, facts: readonly NodeFacts[]): Diagnosis | undefined {
  const clocks = facts
    .flatMap(({ node, clockMs }) => (clockMs === undefined ? [] : [{ node, clockMs }]))
    .toSorted((a, b) => a.clockMs - b.clockMs);
  const [first, last] = [clocks[0], clocks.at(-1)];
  if (first === undefined || last === undefined || last.clockMs - first.clockMs < SKEW_MS) return undefined;
  const seconds = Math.round((last.clockMs - first.clockMs) / 1_000);
  return {
    cause: `The clock of ${last.node} is ${seconds} s ahead of the clock of ${first.node}.`,
    fix: 'Let one time source set the clocks of all nodes (chrony or systemd-timesyncd).',
  };
}

function firstName(
  facts: readonly NodeFacts[],
  isBad: (addresses: readonly string[]) => boolean,
  diagnosisOf: (facts: NodeFacts, name: string, addresses: readonly string[]) => Diagnosis,
): Diagnosis | undefined {
  for (const seen of facts) {
    for (const [name, addresses] of Object.entries(seen.resolves))
      if (isBad(addresses)) return diagnosisOf(seen, name, addresses);
  }
  return undefined;
}

function firstPort(
  facts: readonly NodeFacts[],
  state: 'closed' | 'filtered',
  diagnosisOf: (from: string, to: string) => Diagnosis,
): Diagnosis | undefined {
  for (const { node, ports } of facts) {
    const port = Object.entries(ports).find(([, found]) => found === state);
    if (port !== undefined) return diagnosisOf(node, port[0]);
  }
  return undefined;
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
