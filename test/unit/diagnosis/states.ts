import {
  type Clone,
  type ClusterState,
  EMPTY_STATE,
  type FailedAction,
  type FencingEvent,
  type Group,
  type NodeState,
  type Primitive,
  type Resource,
} from '../../../src/model/cluster-state.js';

export const node = (name: string, more: Partial<NodeState> = {}): NodeState => ({
  name,
  type: 'member',
  online: true,
  standby: false,
  maintenance: false,
  pending: false,
  unclean: false,
  ...more,
});

export const down = (name: string, more: Partial<NodeState> = {}): NodeState => node(name, { online: false, ...more });

const FLAGS = { managed: true, disabled: false, blocked: false, failed: false, orphaned: false };

/** Started on the first of three nodes. */
export const vip = (more: Partial<Primitive> = {}): Primitive => ({
  kind: 'primitive',
  id: 'vip',
  agent: 'ocf:heartbeat:IPaddr2',
  role: 'Started',
  nodes: ['a'],
  ...FLAGS,
  ...more,
});

export const stopped = (more: Partial<Primitive> = {}): Primitive => vip({ role: 'Stopped', nodes: [], ...more });

export const device = (more: Partial<Primitive> = {}): Primitive =>
  vip({ id: 'fence', agent: 'stonith:fence_ipmilan', nodes: ['b'], ...more });

export const group = (...members: readonly Primitive[]): Group => ({ kind: 'group', id: 'web', members, ...FLAGS });

export const clone = (instances: Clone['instances'], more: Partial<Clone> = {}): Clone => ({
  kind: 'clone',
  id: 'db-clone',
  child: 'db',
  promotable: false,
  unique: false,
  stoppedOn: [],
  instances,
  ...FLAGS,
  ...more,
});

export const db = (more: Partial<Primitive> = {}): Primitive =>
  vip({ id: 'db', agent: 'ocf:heartbeat:pgsql', ...more });

export const action = (more: Partial<FailedAction> = {}): FailedAction => ({
  text: 'vip 30s-interval monitor on a returned ‘not running’',
  resource: 'vip',
  operation: 'monitor',
  intervalMs: 30_000,
  node: 'a',
  exitCode: 7,
  exitStatus: 'not running',
  execution: 'complete',
  ...more,
});

export const fencing = (more: Partial<FencingEvent> = {}): FencingEvent => ({
  text: 'reboot of c failed',
  action: 'reboot',
  target: 'c',
  status: 'failed',
  ...more,
});

/** Three members, a device and an address, all well, everything printed. */
export const state = (more: Partial<ClusterState> = {}): ClusterState => ({
  ...EMPTY_STATE,
  clusterName: 'linuxha',
  dc: { name: 'a', version: '2.1.5-a3f44794f94' },
  quorate: true,
  counts: { nodes: 3, resources: 2 },
  nodes: [node('a'), node('b'), node('c')],
  resources: [vip(), device()],
  daemons: [
    { name: 'corosync', active: 'active', enabled: 'enabled' },
    { name: 'pacemaker', active: 'active', enabled: 'enabled' },
    { name: 'pcsd', active: 'active', enabled: 'enabled' },
  ],
  printed: ['summary', 'nodes', 'resources', 'failed-fencing', 'migration', 'daemons'],
  ...more,
});

export const withResources = (...resources: readonly Resource[]): ClusterState => state({ resources, counts: {} });
export const withNodes = (...nodes: readonly NodeState[]): ClusterState => state({ nodes, counts: {} });
export const withDaemon = (active: string, enabled: string): ClusterState =>
  state({ daemons: [{ name: 'pacemaker', active, enabled }] });
export const warned = (...warnings: readonly string[]): ClusterState => state({ warnings });
export const failing = (...failedActions: readonly FailedAction[]): ClusterState => state({ failedActions });
