import {
  type Bundle,
  type Clone,
  type ClusterState,
  EMPTY_STATE,
  type Group,
  type NodeState,
  type Primitive,
  type StatusReading,
} from '../../../src/model/cluster-state.js';

export const AT = '2026-11-23T08:26:03.000Z';

const UNMARKED = { managed: true, disabled: false, blocked: false, failed: false, orphaned: false };

export function node(name: string, change: Partial<NodeState> = {}): NodeState {
  return {
    name,
    type: 'member',
    online: true,
    standby: false,
    maintenance: false,
    pending: false,
    unclean: false,
    ...change,
  };
}

export function primitive(id: string, on: string | undefined, change: Partial<Primitive> = {}): Primitive {
  return {
    kind: 'primitive',
    id,
    agent: 'ocf:heartbeat:IPaddr2',
    role: on === undefined ? 'Stopped' : 'Started',
    nodes: on === undefined ? [] : [on],
    ...UNMARKED,
    ...change,
  };
}

export function group(id: string, members: readonly Primitive[], change: Partial<Group> = {}): Group {
  return { kind: 'group', id, members, ...UNMARKED, ...change };
}

export function clone(id: string, instances: Clone['instances'], change: Partial<Clone> = {}): Clone {
  return { kind: 'clone', id, instances, promotable: false, unique: false, stoppedOn: [], ...UNMARKED, ...change };
}

export function bundle(id: string, replicas: Bundle['replicas'], change: Partial<Bundle> = {}): Bundle {
  return { kind: 'bundle', id, replicas, unique: false, ...UNMARKED, ...change };
}

/** Three nodes online, `vip` on ha-host2, quorum, DC ha-host3. */
export function state(change: Partial<ClusterState> = {}): ClusterState {
  return {
    ...EMPTY_STATE,
    dc: { name: 'ha-host3' },
    quorate: true,
    nodes: [node('ha-host1'), node('ha-host2'), node('ha-host3')],
    resources: [primitive('vip', 'ha-host2')],
    ...change,
  };
}

/** What the majority sees after ha-host1 was cut off, and what ha-host1 sees. */
export const afterCut = state({ nodes: [node('ha-host1', { online: false }), node('ha-host2'), node('ha-host3')] });
export const cutOff = state({
  dc: { name: 'ha-host1' },
  quorate: false,
  nodes: [node('ha-host1'), node('ha-host2', { online: false }), node('ha-host3', { online: false })],
  resources: [primitive('vip', undefined)],
});

export function says(name: string, seen: ClusterState): StatusReading {
  return { node: name, at: AT, state: seen };
}

export function silent(
  name: string,
  kind: 'cluster-down' | 'unreachable' | 'unreadable' = 'unreachable',
): StatusReading {
  return { node: name, at: AT, problem: { kind, message: `${name} is ${kind}` } };
}
