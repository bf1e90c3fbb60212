import type { ClusterState, FailedAction, NodeState, ResourceRole, StatusReading } from './cluster-state.js';
import { defined } from './defined.js';
import type { NodeObservation } from './observation.js';
import { instancesOf } from './resource-tree.js';

/** How a member stands in the cluster; the first that applies. */
export type Standing = 'unclean' | 'pending' | 'offline' | 'maintenance' | 'standby' | 'online';

/** What one node reports of the cluster, in short; what it did not report is absent. */
export interface NodeView {
  /** Whether the node answered through management. */
  readonly answered: boolean;
  /** The backend's state of a machine that did not answer. */
  readonly machine?: NonNullable<NodeObservation['machine']>;
  /** Whether pacemaker runs on it; absent where that is not known. */
  readonly clusterRuns?: boolean;
  readonly quorate?: boolean;
  readonly dc?: string;
  readonly members?: Readonly<Record<string, Standing>>;
  /** By the name of the resource: where an instance of it is active. Stopped ones are listed without a place. */
  readonly resources?: Readonly<Record<string, readonly PlacedInstance[]>>;
  /** The failed operations that the cluster keeps: the last of each operation on each node. Absent if there is none. */
  readonly failures?: readonly ReportedFailure[];
}

/** `operation` is `probe` for a monitor that does not recur. */
export interface ReportedFailure extends Pick<FailedAction, (typeof FAILURE_FACTS)[number]> {
  readonly resource: string;
  readonly node: string;
  readonly operation: string;
  /** The cluster's fail count of the resource on that node, where it is known and not 0. */
  readonly count?: number;
}

const FAILURE_FACTS = ['intervalMs', 'exitCode', 'exitStatus', 'execution', 'reason', 'call', 'at'] as const;

interface PlacedInstance {
  readonly node: string;
  readonly role: ResourceRole;
  readonly failed?: true;
}

/** Pure. */
export function viewOfReading({ state, problem }: StatusReading): NodeView {
  if (state !== undefined) return { answered: true, clusterRuns: true, ...viewOfState(state) };
  if (problem?.kind === 'unreachable') return { answered: false };
  return { answered: true, ...(problem?.kind === 'cluster-down' ? { clusterRuns: false } : {}) };
}

/** Pure. */
export function viewOfObservation({ answered, machine, status, quorum, controller }: NodeObservation): NodeView {
  if (!answered) return { answered, ...defined({ machine }) };
  if (status === undefined) return { answered, ...(controller === undefined ? { clusterRuns: false } : {}) };
  return { answered, clusterRuns: true, ...defined({ quorate: quorum?.quorate }), ...viewOfState(status) };
}

function viewOfState(state: ClusterState): Pick<NodeView, 'quorate' | 'dc' | 'members' | 'resources' | 'failures'> {
  const failures = failuresOf(state);
  const resources: Record<string, PlacedInstance[]> = {};
  for (const { id, role, nodes, failed } of instancesOf(state)) {
    const instances = resources[id] ?? [];
    resources[id] = instances;
    for (const node of nodes) instances.push({ node, role, ...(failed ? { failed } : {}) });
  }
  return {
    ...defined({ quorate: state.quorate, dc: state.dc?.name }),
    members: Object.fromEntries(state.nodes.map((node) => [node.name, standingOf(node)])),
    resources,
    ...(failures.length === 0 ? {} : { failures }),
  };
}

function failuresOf({ failedActions, failCounts }: ClusterState): readonly ReportedFailure[] {
  return failedActions.flatMap((action): readonly ReportedFailure[] => {
    const { resource, node, operation, intervalMs = 0 } = action;
    if (resource === undefined || node === undefined || operation === undefined) return [];
    const { failCount } = failCounts.find((each) => each.resource === resource && each.node === node) ?? {};
    const facts = Object.fromEntries(FAILURE_FACTS.map((fact) => [fact, action[fact]]));
    const name = operation === 'monitor' && intervalMs === 0 ? 'probe' : operation;
    return [{ resource, node, operation: name, ...defined({ ...facts, count: failCount || undefined }) }];
  });
}

function standingOf({ unclean, pending, online, maintenance, standby }: NodeState): Standing {
  if (unclean) return 'unclean';
  if (pending) return 'pending';
  if (!online) return 'offline';
  if (maintenance) return 'maintenance';
  return standby ? 'standby' : 'online';
}
