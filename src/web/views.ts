import type { NodeView, Standing } from '../model/node-view.js';
import type { RunState, Sighting } from '../report/state.js';
import { createSpans, type Span } from './spans.js';

/** What is known of one node over time. */
export interface NodeLanes {
  readonly node: string;
  /** `running`, what the backend said of a machine that did not answer, or else `silent`. */
  readonly power: readonly Span[];
  /** A `Standing`, by the nodes with quorum where there are any. */
  readonly membership: readonly Span[];
  /** `yes` or `no`, as the node itself reports it; `down` where pacemaker does not run on it. */
  readonly quorum: readonly Span[];
  /** `dc` while nodes with quorum, where there are any, call it their DC. */
  readonly dc: readonly Span[];
}

export interface ResourceLane {
  readonly resource: string;
  /** The value is the node, or several with `, ` between them; `stopped` where it runs nowhere. */
  readonly spans: readonly Span[];
}

type Views = ReadonlyMap<string, NodeView>;

/** Lanes of what nodes reported, from the first report of each to the end. */
export function lanesOfViews(
  { sightings }: Pick<RunState, 'sightings'>,
  toMs: number,
): { readonly nodes: readonly NodeLanes[]; readonly resources: readonly ResourceLane[] } {
  const names = namesIn(sightings);
  const nodes = names.nodes.map((node) => ({
    node,
    power: createSpans(),
    membership: createSpans(),
    quorum: createSpans(),
    dc: createSpans(),
  }));
  const resources = names.resources.map((resource) => ({ resource, spans: createSpans() }));
  const views = new Map<string, NodeView>();
  for (const [index, { node, atMs, view }] of sightings.entries()) {
    views.set(node, view);
    // Nodes are asked at once: what they report at the same moment is taken together.
    if (sightings[index + 1]?.atMs === atMs) continue;
    const counting = countingIn(views);
    for (const lane of nodes) {
      const own = views.get(lane.node);
      lane.power.set(atMs, powerOf(own));
      lane.quorum.set(atMs, quorumOf(own));
      const { standing, by } = standingIn(counting, lane.node);
      lane.membership.set(atMs, standing, by.length === 0 ? {} : { by });
      const calling = [...counting].filter(([, each]) => each.dc === lane.node).map(([name]) => name);
      lane.dc.set(atMs, calling.length === 0 ? undefined : 'dc', { by: calling });
    }
    for (const { resource, spans } of resources) spans.set(atMs, placeIn(views, counting, resource));
  }
  return {
    nodes: nodes.map(({ node, power, membership, quorum, dc }) => ({
      node,
      power: power.end(toMs),
      membership: membership.end(toMs),
      quorum: quorum.end(toMs),
      dc: dc.end(toMs),
    })),
    resources: resources.map(({ resource, spans }) => ({ resource, spans: spans.end(toMs) })),
  };
}

function namesIn(sightings: readonly Sighting[]) {
  const nodes = new Set<string>();
  const resources = new Set<string>();
  for (const { node, view } of sightings) {
    nodes.add(node);
    for (const member of Object.keys(view.members ?? {})) nodes.add(member);
    for (const resource of Object.keys(view.resources ?? {})) resources.add(resource);
  }
  return { nodes: [...nodes].sort(), resources: [...resources] };
}

/** The views of nodes with quorum; where none has it, of every node that reports members. */
function countingIn(views: Views): Views {
  const reporting = [...views].filter(([, { members }]) => members !== undefined);
  const quorate = reporting.filter(([, { quorate }]) => quorate === true);
  return new Map(quorate.length > 0 ? quorate : reporting);
}

function powerOf(view: NodeView | undefined): string | undefined {
  if (view === undefined) return undefined;
  return view.answered ? 'running' : (view.machine ?? 'silent');
}

function quorumOf(view: NodeView | undefined): string | undefined {
  if (view?.clusterRuns === false) return 'down';
  return view?.quorate === undefined ? undefined : view.quorate ? 'yes' : 'no';
}

/** What most of them report. */
function standingIn(views: Views, node: string): { readonly standing?: Standing; readonly by: readonly string[] } {
  const reports = new Map<Standing, string[]>();
  for (const [name, { members }] of views) {
    const standing = members?.[node];
    if (standing !== undefined) reports.set(standing, [...(reports.get(standing) ?? []), name]);
  }
  const [most] = [...reports].sort(([, one], [, other]) => other.length - one.length);
  return most === undefined ? { by: [] } : { standing: most[0], by: most[1] };
}

const INACTIVE: readonly string[] = ['Stopped'];

/** Each node is asked what it runs itself; those that report nothing have run what the others say. */
function placeIn(views: Views, counting: Views, resource: string): string | undefined {
  const isKnown = [...counting.values()].some(({ resources }) => resources?.[resource] !== undefined);
  const holders = new Set<string>();
  let isReported = false;
  for (const [name, { resources }] of views) {
    const instances = resources?.[resource];
    if (instances === undefined) continue;
    isReported = true;
    for (const { node, role } of instances) {
      if (INACTIVE.includes(role)) continue;
      const reportsItself = views.get(node)?.resources !== undefined;
      if (node === name || (!reportsItself && counting.has(name))) holders.add(node);
    }
  }
  if (!isReported && !isKnown) return undefined;
  return holders.size === 0 ? 'stopped' : [...holders].sort().join(', ');
}
