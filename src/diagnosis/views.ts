import { type ClusterState, EMPTY_STATE, type StatusReading } from '../model/cluster-state.js';
import type { Meaning } from './meaning.js';
import { meaningOf } from './meaning-of.js';

/** One picture of the cluster, and the nodes that give it. */
export interface View {
  readonly saidBy: readonly string[];
  readonly state: ClusterState;
  readonly items: readonly Meaning[];
}

/** Nodes that said nothing of use, each with why. */
export interface Silence {
  readonly node: string;
  readonly message: string;
}

/** Pure. Nodes that say the same are put together; two views with a state each are a cluster that does not agree. */
export function viewsOf(readings: readonly StatusReading[]): {
  readonly views: readonly View[];
  readonly silent: readonly Silence[];
} {
  const groups = new Map<string, { readonly state: ClusterState; readonly saidBy: string[] }>();
  const silent: Silence[] = [];
  for (const reading of readings) {
    const state = stateOf(reading);
    if (state === undefined) {
      silent.push({ node: reading.node, message: reading.problem?.message ?? 'no answer' });
      continue;
    }
    const key = keyOf(state);
    const group = groups.get(key) ?? { state, saidBy: [] };
    group.saidBy.push(reading.node);
    groups.set(key, group);
  }
  const views = [...groups.values()].map(({ state, saidBy }) => ({ saidBy, state, items: meaningOf(state) }));
  return { views: views.toSorted((a, b) => b.saidBy.length - a.saidBy.length), silent };
}

/** Where the cluster is down, what the node said is a state of its own. */
function stateOf({ state, problem }: StatusReading): ClusterState | undefined {
  if (state !== undefined) return state;
  return problem?.kind === 'cluster-down' ? { ...EMPTY_STATE, errors: problem.message.split('\n') } : undefined;
}

/** What must be equal in a view; when and in which order nodes are told is a matter of each node. */
function keyOf(state: ClusterState): string {
  const nodes = state.nodes.toSorted((a, b) => a.name.localeCompare(b.name));
  const failedActions = state.failedActions.toSorted((a, b) => a.text.localeCompare(b.text));
  return JSON.stringify({ ...state, updatedAt: '', lastChange: '', nodes, failedActions, attributes: [] });
}
