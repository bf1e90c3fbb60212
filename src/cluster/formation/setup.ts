import { clusterLinksOf, haNodesOf, type Lab, type Link } from '../../model/lab.js';
import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { nodeScript } from '../../ports/node-program.js';
import type { ExecResult } from '../../ports/transport.js';
import { type CorosyncConf, parseCorosyncConf } from '../constants.js';
import { type ClusterSetup, detectDialect } from '../dialect.js';
import {
  askEveryNode,
  askNode,
  execOptions,
  failWithDiagnosis,
  formationFailed,
  leaderOf,
  namesOfHaNodes,
} from './on-nodes.js';
import { addQuorumDevice } from './quorum-device.js';

const QUERY_TIMEOUT_MS = 30_000;
/** On emulated processors pcs was seen to take two minutes. */
const SETUP_TIMEOUT_MS = 300_000;

const UNITS = ['corosync', 'pacemaker'] as const;
const SCRIPT = nodeScript('cluster-files.sh');

/** Writes corosync.conf on every member, with the quorum device that the lab has. */
export async function setUp(context: FormationContext): Promise<FormationOutcome> {
  const members = await setUpMembers(context);
  const device = await addQuorumDevice(context);
  if (device === undefined) return members;
  return { changed: members.changed || device.changed, seen: `${members.seen}; ${device.seen}` };
}

async function setUpMembers(context: FormationContext): Promise<FormationOutcome> {
  const { name } = context.lab.cluster;
  const { tokenMs } = context.slowness;
  const nodes = namesOfHaNodes(context);
  const leader = leaderOf(context);
  const facts = await queryNodes(context);
  const plan = planSetup(name, nodes, facts);
  if (plan.kind === 'done') return { changed: false, seen: `cluster ${name} was set up before on ${nodes.join(', ')}` };
  if (plan.kind === 'refuse') {
    throw formationFailed({
      stage: 'setup',
      node: plan.nodes.join(', '),
      output: plan.why,
      hint: plan.fix,
      data: { facts },
    });
  }
  const result = await askNode('setup', context, leader, async (transport) => {
    const dialect = await detectDialect(transport, execOptions(context, QUERY_TIMEOUT_MS));
    return transport.exec(
      dialect.setupArgv({
        name,
        nodes,
        ...addressesOf(context.lab),
        force: plan.force,
        ...(tokenMs === undefined ? {} : { tokenMs }),
      }),
      execOptions(context, SETUP_TIMEOUT_MS),
    );
  });
  if (result.exitCode !== 0) return failWithDiagnosis('setup', context, [{ node: leader, result }]);
  const withToken = tokenMs === undefined ? '' : ` with a token of ${tokenMs} ms`;
  return { changed: true, seen: `cluster ${name} set up on ${nodes.join(', ')}${withToken}; ${plan.why}` };
}

/** Each node's addresses, where more than one network carries cluster traffic, or it goes over IPv6: names resolve to IPv4. */
export function addressesOf(lab: Lab): Pick<ClusterSetup, 'addresses'> {
  const links = new Map(haNodesOf(lab).map((node) => [node.name, clusterLinksOf(lab, node)]));
  const isIpv6 = lab.cluster.ipVersion === 'ipv6';
  if (!isIpv6 && [...links.values()].every(({ length }) => length < 2)) return {};
  const addressOf = ({ address, ipv6 }: Link) => (isIpv6 ? (ipv6?.address ?? address) : address);
  return { addresses: new Map([...links].map(([node, own]) => [node, own.map(addressOf)])) };
}

async function queryNodes(context: FormationContext): Promise<readonly SetupFacts[]> {
  const answers = await askEveryNode('setup', context, (transport) =>
    transport.exec(['sh', '-c', SCRIPT, 'sh', ...UNITS], execOptions(context, QUERY_TIMEOUT_MS)),
  );
  return answers.map(({ node, result }) => setupFactsFrom(node, result));
}

export function setupFactsFrom(node: string, { stdout }: Pick<ExecResult, 'stdout'>): SetupFacts {
  const [first = '', ...rest] = stdout.split('\n');
  const states = first
    .replace(/^active /, '')
    .trim()
    .split(' ');
  const conf = rest.join('\n').trim();
  return {
    node,
    running: UNITS.filter((_, index) => states[index] === 'active'),
    ...(conf === '' ? {} : { conf: parseCorosyncConf(conf) }),
  };
}

/** What was found of a cluster on one node before set-up. */
export interface SetupFacts {
  readonly node: string;
  /** Absent where there is no corosync.conf. */
  readonly conf?: CorosyncConf;
  /** The cluster's units that are active on the node. */
  readonly running: readonly string[];
}

type SetupPlan =
  | { readonly kind: 'done' }
  | { readonly kind: 'set-up'; readonly force: boolean; readonly why: string }
  | { readonly kind: 'refuse'; readonly nodes: readonly string[]; readonly why: string; readonly fix: string };

/**
 * Pure. The distribution's example of corosync.conf counts as absent, even while corosync runs from it. Files of another
 * cluster are never overwritten, nor are those of this cluster with other nodes while it runs.
 */
export function planSetup(name: string, nodes: readonly string[], facts: readonly SetupFacts[]): SetupPlan {
  const own = facts.filter(({ conf }) => conf !== undefined && !conf.packaged);
  const foreign = own.filter(({ conf }) => conf?.clusterName !== name);
  if (foreign.length > 0) return refuseForeign(name, foreign);
  const same = own.filter(({ conf }) => hasSameMembers(conf?.nodes ?? [], nodes));
  if (facts.length > 0 && same.length === facts.length) return { kind: 'done' };
  const active = facts.filter(({ conf, running }) => running.length > 0 && conf?.packaged !== true);
  if (active.length > 0) return refuseRunning(name, nodes, own, active);
  if (facts.every(({ conf }) => conf === undefined))
    return { kind: 'set-up', force: false, why: 'no node had a cluster' };
  const why =
    own.length > 0
      ? `cluster files stood on ${namesOf(own)} only, or named other nodes`
      : 'only the example of the package stood there';
  return { kind: 'set-up', force: true, why };
}

function refuseForeign(name: string, foreign: readonly SetupFacts[]): SetupPlan {
  const belongs = foreign.map(
    ({ node, conf }) => `${node} belongs to the cluster "${conf?.clusterName ?? '(without a name)'}"`,
  );
  return {
    kind: 'refuse',
    nodes: foreign.map(({ node }) => node),
    why: `${belongs.join('; ')}, not to "${name}".`,
    fix: 'If that cluster is not needed any more, run "pcs cluster destroy" on these nodes and try again.',
  };
}

function refuseRunning(
  name: string,
  nodes: readonly string[],
  own: readonly SetupFacts[],
  active: readonly SetupFacts[],
): SetupPlan {
  const shapes = own.map(({ node, conf }) => `${node} has it with ${conf?.nodes.join(', ') || 'no nodes'}`);
  const runs = active.map(({ node, running }) => `${running.join(' and ')} on ${node}`);
  return {
    kind: 'refuse',
    nodes: active.map(({ node }) => node),
    why: `The cluster "${name}" is to have the nodes ${nodes.join(', ')}; ${shapes.join('; ') || 'no node has its files'}, and running are ${runs.join('; ')}.`,
    fix: 'Stop it with "pcs cluster stop --all --force", or remove it with "pcs cluster destroy" on these nodes, and try again.',
  };
}

function hasSameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

function namesOf(facts: readonly SetupFacts[]): string {
  return facts.map(({ node }) => node).join(', ');
}
