import { type ClusterState, EMPTY_STATE, type FailCount, type StatusReading } from '../model/cluster-state.js';
import { groupBy } from '../model/group-by.js';
import { baseId } from '../model/resource-tree.js';
import { type Beside, NOTHING_BESIDE } from './beside.js';
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

/**
 * Pure. Groups the nodes that report the same state; if there are two views or more, the nodes do not agree, or are not of one
 * cluster. A node on which the cluster is stopped has no view of it: the others' view says so, or one view of all where it runs nowhere.
 */
export function viewsOf(
  readings: readonly StatusReading[],
  known: Beside = NOTHING_BESIDE,
): {
  readonly views: readonly View[];
  readonly silent: readonly SilentNode[];
} {
  const down = readings.filter(({ state, problem }) => state === undefined && problem?.kind === 'cluster-down');
  const silent = readings
    .filter((reading) => reading.state === undefined && !down.includes(reading))
    .map(({ node, problem }) => ({ node, message: problem?.message ?? 'no answer' }));
  const beside = { ...known, stopped: down.map(({ node }) => node) };
  const seen = readings.flatMap(({ node, state }) => (state === undefined ? [] : [{ node, state }]));
  if (seen.length === 0) return { views: down.length === 0 ? [] : [stoppedView(down, beside)], silent };
  const groups = groupBy(seen, ({ node, state }) => (isClusterOfOne(state) ? node : keyOf(state)));
  const views = [...groups.values()].map((alike) => {
    const [{ state }] = alike;
    return { reportedBy: alike.map(({ node }) => node), state, items: itemsOf(state, beside) };
  });
  return { views: views.toSorted((a, b) => b.reportedBy.length - a.reportedBy.length), silent };
}

/** Its member is the node that reports it, whatever it is called: the corosync.conf of Debian names every host node1. */
function isClusterOfOne(state: ClusterState): boolean {
  return membersOf(state).length === 1;
}

function membersOf({ nodes }: ClusterState): readonly string[] {
  return nodes.filter(({ type }) => type === 'member').map(({ name }) => name);
}

/** Pure. The nodes that report views, by cluster: views of one cluster have a member in common. */
export function clustersIn(views: readonly View[]): readonly (readonly string[])[] {
  const clusters: { readonly members: readonly string[]; readonly nodes: string[] }[] = [];
  for (const { reportedBy, state } of views) {
    const members = isClusterOfOne(state) ? reportedBy : membersOf(state);
    const known = clusters.find((cluster) => cluster.members.some((name) => members.includes(name)));
    if (known !== undefined) known.nodes.push(...reportedBy);
    else if (members.length > 0) clusters.push({ members, nodes: [...reportedBy] });
  }
  return clusters.map(({ nodes }) => nodes);
}

/** Where the cluster is down on every node that answers, their errors are a state too. */
function stoppedView(down: readonly StatusReading[], beside: Beside): View {
  const errors = [...new Set(down.flatMap(({ problem }) => problem?.message.split('\n') ?? []))];
  const state = { ...EMPTY_STATE, errors };
  return { reportedBy: down.map(({ node }) => node), state, items: diagnose(state, beside) };
}

/**
 * A fail count whose failure is listed says nothing more. crm_mon's XML never prints the daemons, which is nothing to repeat at
 * every look; `halab audit` judges them.
 */
function itemsOf(state: ClusterState, beside: Beside): readonly DiagnosisItem[] {
  const isTold = ({ node, resource }: FailCount) =>
    state.failedActions.some((action) => action.node === node && baseId(action.resource ?? '') === baseId(resource));
  const failCounts = beside.failCounts?.filter((count) => !isTold(count));
  const whole: ClusterState =
    failCounts === undefined ? state : { ...state, failCounts, printed: [...state.printed, 'migration', 'daemons'] };
  return diagnose(whole, beside);
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
