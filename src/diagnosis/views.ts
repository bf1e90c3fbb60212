import { type ClusterState, EMPTY_STATE, type StatusReading } from '../model/cluster-state.js';
import { groupBy } from '../model/group-by.js';
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
  const answers = readings.map((reading) => ({ ...reading, seen: stateOf(reading) }));
  const silent = answers
    .filter(({ seen }) => seen === undefined)
    .map(({ node, problem }) => ({ node, message: problem?.message ?? 'no answer' }));
  const seen = answers.flatMap(({ node, seen }) => (seen === undefined ? [] : [{ node, state: seen }]));
  const views = [...groupBy(seen, ({ state }) => keyOf(state)).values()].map((alike) => {
    const [{ state }] = alike;
    return { reportedBy: alike.map(({ node }) => node), state, items: diagnose(state) };
  });
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
  return JSON.stringify({
    ...state,
    request: undefined,
    updatedAt: '',
    lastChange: '',
    nodes,
    failedActions,
    attributes: [],
  });
}
