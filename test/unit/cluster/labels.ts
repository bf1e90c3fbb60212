import type { ClusterState, NodeState, Primitive, Resource, ResourceFlags } from '../../../src/model/cluster-state.js';
import { instancesOf } from '../../../src/model/resource-tree.js';

/** The hand-made labels beside a recorded status, as printed there. */
export interface Labels {
  readonly clusterName: string | null;
  readonly stack: string | null;
  readonly dc: string | null;
  readonly dcVersion: string | null;
  /** `NONE`, where that is printed. */
  readonly dcPrinted?: string;
  readonly quorum: boolean | null;
  readonly mixedVersion: boolean;
  readonly nodesConfigured: number | null;
  readonly resourcesConfigured: number | null;
  readonly resourcesDisabled: number | null;
  readonly resourcesBlocked: number | null;
  readonly clusterMaintenance: boolean;
  readonly online: readonly string[];
  readonly offline: readonly string[];
  readonly standby: readonly string[];
  readonly maintenance: readonly string[];
  readonly unclean: readonly string[];
  readonly uncleanState: Readonly<Record<string, string>>;
  readonly pending: readonly string[];
  readonly remoteOnline: readonly string[];
  readonly remoteOffline: readonly string[];
  readonly guestOnline: readonly string[];
  readonly guestOffline: readonly string[];
  readonly containers: readonly {
    readonly type: string;
    readonly id: string;
    readonly child: string | null;
    readonly image: string | null;
    readonly flags: readonly string[];
    readonly parent: string | null;
  }[];
  readonly resources: readonly {
    readonly id: string;
    readonly parent: string | null;
    readonly agent: string | null;
    readonly role: string | null;
    readonly nodes: readonly string[];
    readonly flags: readonly string[];
    /** One line of a clone's summary, which stands for an instance on each node. */
    readonly summarised: boolean;
  }[];
  readonly failedActions: number;
  readonly failedFencingActions: number;
  readonly fencingHistory: readonly unknown[] | null;
  readonly tickets: readonly unknown[] | null;
  readonly daemons: Readonly<Record<string, string>>;
  readonly pcsd: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly error: string | null;
}

export interface LabelFile {
  readonly truncated: boolean;
  readonly groundTruth: Labels;
}

const ROLES: Readonly<Record<string, string>> = { Master: 'Promoted', Slave: 'Unpromoted' };

/** What the labels say, in the shape that `asRead` gives to a reading. */
export function asLabelled(labels: Labels): unknown {
  return {
    clusterName: labels.clusterName,
    stack: labels.stack,
    dc: labels.dc,
    dcVersion: labels.dcVersion,
    dcIsNone: labels.dcPrinted === 'NONE',
    quorum: labels.quorum,
    mixedVersion: labels.mixedVersion,
    counts: [labels.nodesConfigured, labels.resourcesConfigured, labels.resourcesDisabled, labels.resourcesBlocked],
    clusterMaintenance: labels.clusterMaintenance,
    online: sorted(labels.online),
    offline: sorted(labels.offline),
    standby: sorted(labels.standby),
    maintenance: sorted(labels.maintenance),
    unclean: sorted(labels.unclean),
    uncleanState: labels.uncleanState,
    pending: sorted(labels.pending),
    remoteOnline: sorted(labels.remoteOnline),
    remoteOffline: sorted(labels.remoteOffline),
    guestOnline: sorted(labels.guestOnline),
    guestOffline: sorted(labels.guestOffline),
    containers: labels.containers.map(({ type, id, child, image, flags, parent }) => {
      const all = type === 'master-slave' ? [...flags, 'promotable'] : flags;
      return containerLine(type.replace('master-slave', 'clone'), id, child, image, all, parent);
    }),
    resources: sorted(labels.resources.flatMap(labelledLines)),
    stoppedOn: labels.resources
      .filter(({ summarised, role, nodes }) => summarised && role === 'Stopped' && nodes.length > 0)
      .map(({ parent, nodes }) => `${parent}: ${nodes.join(' ')}`),
    failedActions: labels.failedActions,
    failedFencing: labels.failedFencingActions,
    fencingHistory: labels.fencingHistory?.length ?? null,
    tickets: labels.tickets?.length ?? null,
    daemons: labels.daemons,
    pcsd: labels.pcsd,
    warnings: labels.warnings,
    error: labels.error,
  };
}

function labelledLines({ id, parent, agent, role, nodes, flags, summarised }: Labels['resources'][number]): string[] {
  const folded = role === null ? 'Unknown' : (ROLES[role] ?? role);
  const where = folded === 'Stopped' ? [] : nodes;
  if (summarised) return nodes.map((node) => line(id, parent, '', folded, where.length === 0 ? [] : [node], flags));
  return [line(id, parent, (agent ?? '').replace(/^ocf::/, 'ocf:'), folded, where, flags)];
}

export function asRead(state: ClusterState): unknown {
  const names = (type: NodeState['type'], test: (node: NodeState) => boolean): readonly string[] =>
    sorted(state.nodes.filter((node) => node.type === type && test(node)).map((node) => node.name));
  const plain = (node: NodeState): boolean => !node.standby && !node.maintenance && !node.unclean && !node.pending;
  const { counts } = state;
  return {
    clusterName: state.clusterName ?? null,
    stack: state.stack ?? null,
    dc: state.dc?.name ?? null,
    dcVersion: state.dc?.version ?? state.dcVersion ?? null,
    dcIsNone: state.dcIsNone ?? false,
    quorum: state.quorate ?? null,
    mixedVersion: state.mixedVersion ?? false,
    counts: [counts.nodes ?? null, counts.resources ?? null, counts.disabled ?? null, counts.blocked ?? null],
    clusterMaintenance: state.options.maintenanceMode ?? false,
    online: names('member', (node) => plain(node) && node.online),
    offline: names('member', (node) => plain(node) && !node.online),
    standby: names('member', (node) => node.standby),
    maintenance: names('member', (node) => node.maintenance),
    unclean: names('member', (node) => node.unclean),
    uncleanState: Object.fromEntries(
      state.nodes.filter(({ unclean }) => unclean).map((node) => [node.name, presenceOf(node)]),
    ),
    pending: names('member', (node) => node.pending),
    remoteOnline: names('remote', (node) => plain(node) && node.online),
    remoteOffline: names('remote', (node) => plain(node) && !node.online),
    guestOnline: names('guest', (node) => plain(node) && node.online),
    guestOffline: names('guest', (node) => plain(node) && !node.online),
    containers: state.resources.flatMap((resource) => containersIn(resource, null)),
    resources: sorted(
      instancesOf(state).map((instance) => {
        const { id, within, agent, role, nodes } = instance;
        const flags = agent === '' ? ownFlags(state, instance) : flagsOf(instance);
        return line(id, within.at(-1) ?? null, agent, role, nodes, flags);
      }),
    ),
    stoppedOn: state.resources.flatMap((resource) =>
      resource.kind === 'clone' && resource.stoppedOn.length > 0
        ? [`${resource.id}: ${resource.stoppedOn.join(' ')}`]
        : [],
    ),
    failedActions: state.failedActions.length,
    failedFencing: state.failedFencing.length,
    fencingHistory: state.printed.includes('fencing-history') ? state.fencingHistory.length : null,
    tickets: state.printed.includes('tickets') ? state.tickets.length : null,
    daemons: Object.fromEntries(state.daemons.map(({ name, active, enabled }) => [name, `${active}/${enabled}`])),
    pcsd: state.pcsd,
    warnings: state.warnings,
    error: state.errors.length === 0 ? null : state.errors.join('\n'),
  };
}

function presenceOf({ online, pending }: NodeState): string {
  if (online) return 'online';
  return pending ? 'pending' : 'offline';
}

function containersIn(resource: Resource, parent: string | null): readonly string[] {
  if (resource.kind === 'primitive') return [];
  const { kind, id } = resource;
  const child = resource.kind === 'clone' ? (resource.child ?? null) : null;
  const image = resource.kind === 'bundle' ? (resource.image ?? null) : null;
  const kinds = {
    promotable: resource.kind === 'clone' && resource.promotable,
    unique: resource.kind !== 'group' && resource.unique,
  };
  const own = [...flagsOf(resource), ...Object.entries(kinds).flatMap(([name, is]) => (is ? [name] : []))];
  const inside =
    resource.kind === 'clone' ? resource.instances.flatMap((instance) => containersIn(instance, resource.id)) : [];
  return [containerLine(kind, id, child, image, own, parent), ...inside];
}

/** What a clone's summary line says beyond what the clone says of all its instances. */
function ownFlags(
  { resources }: ClusterState,
  { within, ...flags }: ResourceFlags & { readonly within: readonly string[] },
) {
  const clone = resources.find(({ id }) => id === within[0]);
  const inherited = clone === undefined ? [] : flagsOf(clone);
  return flagsOf(flags).filter((flag) => !inherited.includes(flag));
}

function flagsOf(said: ResourceFlags & Pick<Primitive, 'unclean'>): readonly string[] {
  const flags = {
    unmanaged: !said.managed,
    disabled: said.disabled,
    blocked: said.blocked,
    failed: said.failed,
    orphaned: said.orphaned,
    maintenance: said.maintenance,
    unclean: said.unclean,
  };
  return Object.entries(flags).flatMap(([name, is]) => (is ? [name] : []));
}

function containerLine(
  type: string,
  id: string,
  child: string | null,
  image: string | null,
  flags: readonly string[],
  parent: string | null,
): string {
  return `${parent ?? ''}/${type} ${id} [${child ?? image ?? ''}] ${sorted(flags).join(',')}`;
}

function line(
  id: string,
  parent: string | null,
  agent: string,
  role: string,
  nodes: readonly string[],
  flags: readonly string[],
): string {
  return `${parent ?? ''}/${id} ${agent} ${role} [${sorted(nodes).join(' ')}] ${sorted(flags).join(',')}`;
}

function sorted(values: readonly string[]): readonly string[] {
  return [...values].sort();
}
