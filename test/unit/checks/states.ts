import type { ClusterState, NodeState, ResourceState, StatusReading } from '../../../src/model/cluster-state.js';

export const AT = '2026-11-23T08:26:03.000Z';

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

export function primitive(id: string, on: string | undefined, change: Partial<ResourceState> = {}): ResourceState {
  return {
    id,
    agent: 'ocf:heartbeat:IPaddr2',
    role: on === undefined ? 'Stopped' : 'Started',
    nodes: on === undefined ? [] : [on],
    within: [],
    managed: true,
    failed: false,
    blocked: false,
    disabled: false,
    ...change,
  };
}

/** Three nodes online, `vip` on ha-host2, quorum, DC ha-host3. */
export function state(change: Partial<ClusterState> = {}): ClusterState {
  return {
    dc: { name: 'ha-host3' },
    quorate: true,
    nodes: [node('ha-host1'), node('ha-host2'), node('ha-host3')],
    resources: [primitive('vip', 'ha-host2')],
    failedActions: [],
    warnings: [],
    daemons: {},
    unparsed: [],
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
