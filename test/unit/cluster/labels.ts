import type { ClusterState, NodeState } from '../../../src/model/cluster-state.js';

/** The hand-made labels beside a recorded status, as printed there. */
export interface Labels {
  readonly clusterName: string | null;
  readonly stack: string | null;
  readonly dc: string | null;
  readonly dcVersion: string | null;
  readonly quorum: boolean | null;
  readonly online: readonly string[];
  readonly offline: readonly string[];
  readonly standby: readonly string[];
  readonly maintenance: readonly string[];
  readonly unclean: readonly string[];
  readonly pending: readonly string[];
  readonly remoteOnline: readonly string[];
  readonly remoteOffline: readonly string[];
  readonly guestOnline: readonly string[];
  readonly guestOffline: readonly string[];
  readonly resources: readonly {
    readonly id: string;
    readonly agent: string | null;
    readonly role: string | null;
    readonly nodes: readonly string[];
    readonly flags: readonly string[];
    /** One line of a clone's summary, which stands for an instance on each node. */
    readonly summarised: boolean;
  }[];
  readonly failedActions: number;
  readonly daemons: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly error: string | null;
}

const ROLES: Readonly<Record<string, string>> = { Master: 'Promoted', Slave: 'Unpromoted' };

/** What the labels say, in the shape that `asRead` gives to a reading. */
export function asLabelled(labels: Labels): unknown {
  return {
    clusterName: labels.clusterName,
    stack: labels.stack,
    dc: labels.dc,
    dcVersion: labels.dcVersion,
    quorum: labels.quorum,
    online: sorted(labels.online),
    offline: sorted(labels.offline),
    standby: sorted(labels.standby),
    maintenance: sorted(labels.maintenance),
    unclean: sorted(labels.unclean),
    pending: sorted(labels.pending),
    remoteOnline: sorted(labels.remoteOnline),
    remoteOffline: sorted(labels.remoteOffline),
    guestOnline: sorted(labels.guestOnline),
    guestOffline: sorted(labels.guestOffline),
    resources: sorted(
      labels.resources.flatMap(({ id, agent, role, nodes, flags, summarised }) => {
        const folded = role === null ? 'Unknown' : (ROLES[role] ?? role);
        const stopped = folded === 'Stopped';
        if (summarised) return nodes.map((node) => line(id, '', folded, stopped ? '' : node, []));
        return [
          line(id, (agent ?? '').replace(/^ocf::/, 'ocf:'), folded, stopped ? '' : sorted(nodes).join(' '), flags),
        ];
      }),
    ),
    failedActions: labels.failedActions,
    daemons: labels.daemons,
    warnings: labels.warnings,
  };
}

export function asRead(state: ClusterState): unknown {
  const names = (type: NodeState['type'], test: (node: NodeState) => boolean): readonly string[] =>
    sorted(state.nodes.filter((node) => node.type === type && test(node)).map((node) => node.name));
  const plain = (node: NodeState): boolean => !node.standby && !node.maintenance && !node.unclean && !node.pending;
  return {
    clusterName: state.clusterName ?? null,
    stack: state.stack ?? null,
    dc: state.dc?.name ?? null,
    dcVersion: state.dc?.version ?? null,
    quorum: state.quorate ?? null,
    online: names('member', (node) => plain(node) && node.online),
    offline: names('member', (node) => plain(node) && !node.online),
    standby: names('member', (node) => node.standby),
    maintenance: names('member', (node) => node.maintenance),
    unclean: names('member', (node) => node.unclean),
    pending: names('member', (node) => node.pending),
    remoteOnline: names('remote', (node) => plain(node) && node.online),
    remoteOffline: names('remote', (node) => plain(node) && !node.online),
    guestOnline: names('guest', (node) => plain(node) && node.online),
    guestOffline: names('guest', (node) => plain(node) && !node.online),
    resources: sorted(
      state.resources.map(({ id, agent, role, nodes, managed, failed, blocked, disabled }) => {
        const flags = [
          ...(managed ? [] : ['unmanaged']),
          ...(failed ? ['failed'] : []),
          ...(blocked ? ['blocked'] : []),
        ];
        const printed = agent === '' ? [] : [...flags, ...(disabled ? ['disabled'] : [])];
        return line(id, agent, role, sorted(nodes).join(' '), printed);
      }),
    ),
    failedActions: state.failedActions.length,
    daemons: state.daemons,
    warnings: state.warnings,
  };
}

const FLAGS = ['unmanaged', 'failed', 'blocked', 'disabled'];

function line(id: string, agent: string, role: string, where: string, flags: readonly string[]): string {
  return `${id} ${agent} ${role} [${where}] ${sorted(flags.filter((flag) => FLAGS.includes(flag))).join(',')}`;
}

function sorted(values: readonly string[]): readonly string[] {
  return [...values].sort();
}
