import { type ClusterState, EMPTY_STATE, type NodeState, type Primitive } from '../../src/model/cluster-state.js';
import { haNodesOf, type Lab } from '../../src/model/lab.js';
import { instancesOf } from '../../src/model/resource-tree.js';
import type { LinkState } from '../../src/ports/backend.js';
import type { Clock } from '../../src/ports/clock.js';

export const CONSTANTS = { token: 3_650, consensus: 4_380, 'dc-deadtime': 20_000 } as const;
/** How long the membership takes to notice that a node is gone, and that it is back. */
const GONE_AFTER_MS = CONSTANTS.token + CONSTANTS.consensus;
const BACK_AFTER_MS = 1_500;

export interface NodeWorld {
  readonly name: string;
  isOn: boolean;
  isFrozen: boolean;
  readonly links: Map<string, { admin: 'up' | 'down'; carrier: 'up' | 'down' }>;
  readonly files: Map<string, Buffer>;
  clusterRuns: boolean;
  clusterEnabled: boolean;
}

export interface MemoryResource {
  readonly id: string;
  readonly agent: string;
  /** The address it brings to its node, if any. */
  readonly address?: string;
  readonly banned: Set<string>;
  holder?: string;
}

/** One simulated lab: nodes, links, and a cluster that follows them with corosync's delays. */
export interface MemoryWorld {
  readonly lab: Lab;
  readonly nodes: ReadonlyMap<string, NodeWorld>;
  readonly resources: Map<string, MemoryResource>;
  readonly properties: Map<string, string>;
  linkOf(node: string, link: string): LinkState | undefined;
  /** Call after anything in the world has been changed. */
  changed(): void;
  /** As `changed`, and the membership has noticed already. */
  settle(): void;
  /** The cluster as this node sees it; `undefined` where it does not run there. */
  viewOf(node: string): ClusterState | undefined;
  /** IPv4 addresses on this node's interfaces. */
  addressesOf(node: string): readonly string[];
  /** What the recorder has, as node-programs/probe.py tells it. */
  records?: string;
  /** Whether anybody answers on this address, from the client's seat. */
  answers(address: string): boolean;
}

export function createMemoryWorld(lab: Lab, clock: Clock): MemoryWorld {
  const nodes = new Map(
    lab.nodes.map((node) => [
      node.name,
      nodeWorld(
        node.name,
        node.links.map((link) => link.name),
      ),
    ]),
  );
  const members = haNodesOf(lab).map((node) => node.name);
  const resources = new Map<string, MemoryResource>();
  const properties = new Map<string, string>();
  const noticed = new Map(
    members.map((name) => [name, { connected: false, was: false, sinceMs: Number.NEGATIVE_INFINITY }]),
  );

  const isConnected = (name: string): boolean => {
    const node = nodes.get(name);
    const link = node?.links.get('eth1');
    if (!node?.isOn || node.isFrozen || !node.clusterRuns) return false;
    return link?.admin === 'up' && link.carrier === 'up';
  };

  function changed(): void {
    for (const [name, entry] of noticed) {
      const connected = isConnected(name);
      if (connected === entry.connected) continue;
      entry.was = inMembership(name);
      entry.connected = connected;
      entry.sinceMs = clock.monotonicMs();
    }
  }

  function settle(): void {
    for (const [name, entry] of noticed) {
      entry.connected = isConnected(name);
      entry.was = entry.connected;
    }
  }

  function inMembership(name: string): boolean {
    const entry = noticed.get(name);
    if (entry === undefined) return false;
    const delay = entry.connected ? BACK_AFTER_MS : GONE_AFTER_MS;
    return clock.monotonicMs() - entry.sinceMs >= delay ? entry.connected : entry.was;
  }

  const partitionOf = (name: string): readonly string[] => (inMembership(name) ? members.filter(inMembership) : [name]);
  const hasQuorum = (partition: readonly string[]) => partition.length > members.length / 2;

  function place(resource: MemoryResource, partition: readonly string[]): string | undefined {
    if (!hasQuorum(partition)) return undefined;
    const stays =
      resource.holder !== undefined && partition.includes(resource.holder) && !resource.banned.has(resource.holder);
    if (!stays) resource.holder = partition.find((name) => !resource.banned.has(name));
    return resource.holder;
  }

  function viewOf(name: string): ClusterState | undefined {
    if (!nodes.get(name)?.clusterRuns) return undefined;
    const partition = partitionOf(name);
    const quorate = hasQuorum(partition);
    const [dc] = partition;
    return {
      ...EMPTY_STATE,
      clusterName: lab.cluster.name,
      stack: 'corosync',
      ...(dc === undefined ? {} : { dc: { name: dc } }),
      quorate,
      nodes: members.map((member) => nodeState(member, partition.includes(member))),
      resources: [...resources.values()].map((resource) => resourceState(resource, place(resource, partition))),
      warnings:
        properties.get('stonith-enabled') === 'false' ? [] : ['No stonith devices and stonith-enabled is not false'],
    };
  }

  function addressesOf(name: string): readonly string[] {
    const own = lab.nodes.find((node) => node.name === name)?.links.map((link) => link.address) ?? [];
    const held = instancesOf(viewOf(name) ?? EMPTY_STATE)
      .filter((resource) => resource.nodes.includes(name))
      .flatMap(({ id }) => resources.get(id)?.address ?? []);
    return [...own, ...held];
  }

  return {
    lab,
    nodes,
    resources,
    properties,
    changed,
    settle,
    viewOf,
    addressesOf,
    linkOf: (node, link) => nodes.get(node)?.links.get(link),
    answers: (address) => members.some((name) => isConnected(name) && addressesOf(name).includes(address)),
  };
}

function nodeWorld(name: string, links: readonly string[]): NodeWorld {
  return {
    name,
    isOn: true,
    isFrozen: false,
    links: new Map(links.map((link) => [link, { admin: 'up', carrier: 'up' }])),
    files: new Map(),
    clusterRuns: false,
    clusterEnabled: false,
  };
}

function nodeState(name: string, online: boolean): NodeState {
  return { name, type: 'member', online, standby: false, maintenance: false, pending: false, unclean: false };
}

function resourceState({ id, agent }: MemoryResource, node: string | undefined): Primitive {
  return {
    kind: 'primitive',
    id,
    agent,
    role: node === undefined ? 'Stopped' : 'Started',
    nodes: node === undefined ? [] : [node],
    managed: true,
    failed: false,
    blocked: false,
    disabled: false,
    orphaned: false,
  };
}
