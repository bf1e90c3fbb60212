import { type ClusterState, EMPTY_STATE, type StatusReading } from '../model/cluster-state.js';
import { diagnose } from './diagnose.js';
import type { DiagnosisItem } from './item.js';

/** One view of the cluster, and the nodes that report it. */
export interface View {
  readonly reportedBy: readonly string[];
  readonly state: ClusterState;
  readonly items: readonly DiagnosisItem[];
}

/** A node that reported no state, and why. */
export interface SilentNode {
  readonly node: string;
  readonly message: string;
}

/** Pure. Groups the nodes that report the same state; if there are two views or more, the nodes do not agree. */
export function viewsOf(readings: readonly StatusReading[]): {
  readonly views: readonly View[];
  readonly silent: readonly SilentNode[];
} {
  const groups = new Map<string, { readonly state: ClusterState; readonly reportedBy: string[] }>();
  const silent: SilentNode[] = [];
  for (const reading of readings) {
    const state = stateOf(reading);
    if (state === undefined) {
      silent.push({ node: reading.node, message: reading.problem?.message ?? 'no answer' });
      continue;
    }
    const key = keyOf(state);
    const group = groups.get(key) ?? { state, reportedBy: [] };
    group.reportedBy.push(reading.node);
    groups.set(key, group);
  }
  const views = [...groups.values()].map(({ state, reportedBy }) => ({ reportedBy, state, items: diagnose(state) }));
  return { views: views.toSorted((a, b) => b.reportedBy.length - a.reportedBy.length), silent };
}

/** If the cluster is down on the node, its error is a state too. */
function stateOf({ state, problem }: StatusReading): ClusterState | undefined {
  if (state !== undefined) return state;
  return problem?.kind === 'cluster-down' ? { ...EMPTY_STATE, errors: problem.message.split('\n') } : undefined;
}

/** What must be equal within a view; times and order may differ from node to node. */
function keyOf(state: ClusterState): string {
  const nodes = state.nodes.toSorted((a, b) => a.name.localeCompare(b.name));
  const failedActions = state.failedActions.toSorted((a, b) => a.text.localeCompare(b.text));
  return JSON.stringify({ ...state, updatedAt: '', lastChange: '', nodes, failedActions, attributes: [] });
}
