import { createHash } from 'node:crypto';
import { LabError } from '../model/errors.js';
import { type Connectivity, KEPT } from '../model/fault-effect.js';
import { faultText } from '../model/fault-nodes.js';
import { clusterLinksOf, haNodesOf, type Lab, type LabNode, type Link, linkOf } from '../model/lab.js';
import type { ResolvedFault } from '../model/scenario.js';
import type { FaultContext } from '../ports/fault.js';
import { execOrThrow, nothingToBreak } from './on-node.js';

/** Pairs of nodes whose traffic is blocked one way: `[receiver, sender]`. */
export type BlockedPairs = readonly (readonly [string, string])[];

interface Cut extends ResolvedFault {
  readonly link?: string | undefined;
}

/**
 * How a fault works that blocks traffic between nodes. Packets are dropped at both ends, by the nodes' own addresses: a
 * node that has booted again without its filter is still cut off by the filters of the others.
 */
export function blockTraffic<P>(pairsOf: (fault: Cut & P, lab: Lab) => BlockedPairs) {
  const tablesOf = (fault: Cut & P, { instance: { lab } }: FaultContext) =>
    dropsByNode(pairsOf(fault, lab), lab, fault.link);
  return {
    async inject(fault: Cut & P, context: FaultContext): Promise<void> {
      const table = tableOf(fault);
      const dropsOf = tablesOf(fault, context);
      const nodes = await switchedOn([...dropsOf.keys()], context);
      if (nodes.length === 0)
        throw nothingToBreak(`${faultText(fault)} finds no node that could receive from another`, HINT);
      await onEach(nodes, (node) => dropPackets(context, node, table, dropsOf.get(node) ?? []));
      const spared = await keepOnly(nodes, async (node) => !(await isDropping(context, node, table)));
      if (spared.length === 0) return;
      throw new LabError(
        'fault-failed',
        `${spared.join(', ')} took the filter of ${faultText(fault)} and does not have it`,
      );
    },
    async undo(fault: Cut & P, context: FaultContext): Promise<void> {
      const nodes = await switchedOn([...tablesOf(fault, context).keys()], context);
      await onEach(nodes, (node) => stopDropping(context, node, tableOf(fault)));
    },
    async isActive(fault: Cut & P, context: FaultContext): Promise<boolean> {
      const nodes = await switchedOn([...tablesOf(fault, context).keys()], context);
      return (await keepOnly(nodes, (node) => isDropping(context, node, tableOf(fault)))).length > 0;
    },
  };
}

const HINT = 'Name nodes that run, and a link that they have.';

/** Of each fault another, so that several at once do not get in each other's way. */
function tableOf(fault: Cut): string {
  const digest = createHash('sha256').update(JSON.stringify(fault)).digest('hex');
  return `halab-${fault.kind}-${digest.slice(0, 8)}`;
}

/** Pure. What each node drops; nodes that drop nothing are left out. */
export function dropsByNode(pairs: BlockedPairs, lab: Lab, link?: string): ReadonlyMap<string, readonly Drop[]> {
  const dropsOf = (node: LabNode): readonly Drop[] =>
    linksMeant(lab, node, link).flatMap(({ name, network }) => {
      const drop = (hook: Drop['hook'], device: string, side: string, names: readonly string[]): readonly Drop[] => {
        const meant = names.flatMap((each) => lab.nodes.find((other) => other.name === each) ?? []);
        const there = meant.flatMap(({ links }) => links.find((one) => one.network === network) ?? []);
        return [
          { family: 'ip', addresses: there.map(({ address }) => address) },
          { family: 'ip6', addresses: there.flatMap(({ ipv6 }) => ipv6?.address ?? []) },
        ]
          .filter(({ addresses }) => addresses.length > 0)
          .map(({ family, addresses }) => ({ hook, match: `${device} ${family} ${side} { ${addresses.join(', ')} }` }));
      };
      const senders = pairs.filter(([receiver]) => receiver === node.name).map(([, sender]) => sender);
      const receivers = pairs.filter(([, sender]) => sender === node.name).map(([receiver]) => receiver);
      return [
        ...drop('input', `iifname "${name}"`, 'saddr', senders),
        ...drop('output', `oifname "${name}"`, 'daddr', receivers),
      ];
    });
  return new Map(lab.nodes.map((node) => [node.name, dropsOf(node)] as const).filter(([, drops]) => drops.length > 0));
}

/** Those of this name, or all that carry the cluster. */
function linksMeant(lab: Lab, node: LabNode, link: string | undefined): readonly Link[] {
  return link === undefined ? clusterLinksOf(lab, node) : node.links.filter(({ name }) => name === link);
}

/** Both ways, between every two of different groups. */
export function betweenGroups(groups: readonly (readonly string[])[]): BlockedPairs {
  return groups.flatMap((group, index) => {
    const others = groups.flatMap((other, at) => (at === index ? [] : other));
    return group.flatMap((receiver) => others.map((sender) => [receiver, sender] as const));
  });
}

export function haNamesOf(lab: Lab): readonly string[] {
  return haNodesOf(lab).map(({ name }) => name);
}

/** A machine that is off has no filter, and will have none when it is on. */
async function switchedOn(nodes: readonly string[], { backend, instance }: FaultContext): Promise<readonly string[]> {
  const { power } = backend;
  return power === undefined ? nodes : keepOnly(nodes, (node) => power.isOn(instance, node));
}

/** All are tried, whatever becomes of one; then the first that failed speaks for all. */
async function onEach<T>(nodes: readonly string[], work: (node: string) => Promise<T>): Promise<readonly T[]> {
  const outcomes = await Promise.allSettled(nodes.map(work));
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

async function keepOnly(
  nodes: readonly string[],
  test: (node: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const kept = await onEach(nodes, test);
  return nodes.filter((_node, index) => kept[index]);
}

/** Where packets are dropped, and which. */
export interface Drop {
  readonly hook: 'input' | 'output';
  /** As nft(8) has it, such as `iifname "eth1"`. */
  readonly match: string;
}

/** Before every other filter of the node; what one table drops no other lets through (nft(8), priority raw). */
const PRIORITY = -300;

/**
 * Drops packets by an nftables table of its own, replaced whole in one transaction, so that injecting twice is injecting
 * once. `inet` is IPv4 and IPv6; ARP goes on, as it does with any firewall.
 */
export async function dropPackets(
  context: FaultContext,
  node: string,
  table: string,
  drops: readonly Drop[],
): Promise<void> {
  const rules = drops.flatMap(({ hook, match }) => [
    `add chain inet ${table} ${hook} { type filter hook ${hook} priority ${PRIORITY} ; }`,
    `add rule inet ${table} ${hook} ${match} drop`,
  ]);
  const lines = [`add table inet ${table}`, `delete table inet ${table}`, `add table inet ${table}`, ...rules];
  await execOrThrow(context, node, ['nft', '-f', '-'], `${lines.join('\n')}\n`);
}

/** May run twice. */
export async function stopDropping(context: FaultContext, node: string, table: string): Promise<void> {
  if (await isDropping(context, node, table))
    await execOrThrow(context, node, ['nft', 'delete', 'table', 'inet', table]);
}

export async function isDropping(context: FaultContext, node: string, table: string): Promise<boolean> {
  const tables = await execOrThrow(context, node, ['nft', 'list', 'tables']);
  return tables.split('\n').includes(`table inet ${table}`);
}

/** Of these nodes, those that lose cluster traffic by the fault on this link. */
export function cutOff(
  lab: Lab,
  nodes: readonly string[],
  from: 'all' | 'some',
  link: string | undefined,
): Connectivity {
  const lost = nodes.filter((node) => carriesCluster(lab, node, link));
  return lost.length === 0 ? KEPT : { kind: 'lost', nodes: lost, from };
}

/** Without a link, every link that carries the cluster is meant; a link of which nothing is known counts as one of them. */
export function carriesCluster({ nodes, networks }: Lab, name: string, link: string | undefined): boolean {
  const owner = nodes.find((each) => each.name === name);
  const cut = link === undefined ? undefined : owner && linkOf(owner, link);
  const network = networks.find((each) => each.name === cut?.network);
  return network?.carries.includes('cluster') ?? true;
}
