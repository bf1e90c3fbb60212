import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib, CibClone } from '../model/cib.js';
import type { Clone, Group, Primitive } from '../model/cluster-state.js';
import { parseCount } from '../model/pacemaker-values.js';
import type { ResourceInstance } from '../model/resource-tree.js';
import { isActive } from '../model/resource-view.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { failed, joined, onceIdle, unique } from './finding.js';
import { partitionsOf } from './partitions.js';
import { activeInstances, allViews, type Broken, isHandsOff, isOf, judgeViews, type View } from './views.js';

export const cloneLimits: AuditTable['clone-limits'] = {
  kind: 'clone-limits',
  holds: message('audit.clone-limits.holds'),
  reads: message('audit.clone-limits.reads'),
  judge,
};

function judge(input: AuditInput): readonly Finding[] {
  const { views, missing } = allViews(input);
  const judgeView = (view: View, cib: Cib): readonly Broken[] =>
    clonesIn(cib).flatMap((clone) => judgeClone(view, cib, clone));
  return [...onceIdle(input, judgeViews(views, judgeView)), ...promotedTwice(input, views), ...missing];
}

interface Limits {
  readonly max: number;
  readonly nodeMax: number;
  readonly promotedMax: number;
  readonly promotedNodeMax: number;
}

/** Defaults as in Pacemaker Explained: as many as there are nodes, one on each, one promoted. Up to 2.0 it said `master`. */
function limitsOf({ meta }: CibClone, nodes: number): Limits {
  return {
    max: parseCount(meta['clone-max'], nodes),
    nodeMax: parseCount(meta['clone-node-max'], 1),
    promotedMax: parseCount(meta['promoted-max'] ?? meta['master-max'], 1),
    promotedNodeMax: parseCount(meta['promoted-node-max'] ?? meta['master-node-max'], 1),
  };
}

function clonesIn(cib: Cib): readonly CibClone[] {
  return cib.resources.filter((resource) => resource.kind === 'clone');
}

function judgeClone(view: View, cib: Cib, clone: CibClone): readonly Broken[] {
  const shown = view.status.resources.find(
    (resource): resource is Clone => resource.kind === 'clone' && resource.id === clone.id,
  );
  const placed = shown?.instances.flatMap((instance) => placesOf(view, instance)) ?? [];
  const limits = limitsOf(clone, Math.max(view.status.nodes.length, cib.nodes.length, 1));
  const promoted = placed.filter((each) => each.isPromoted);
  return [
    ...tooMany(clone.id, 'instances', placed, limits.max, limits.nodeMax),
    ...(clone.promotable
      ? tooMany(clone.id, 'promoted instances', promoted, limits.promotedMax, limits.promotedNodeMax)
      : []),
  ];
}

interface Placed {
  readonly node: string;
  readonly isPromoted: boolean;
}

/** One a node for each instance; a group is active where any member is. What the cluster may not touch is left out. */
function placesOf(view: View, instance: Primitive | Group): readonly Placed[] {
  const members = (instance.kind === 'group' ? instance.members : [instance]).filter(
    (member) => isActive(member) && !isHandsOff(view, { ...member, within: [] }),
  );
  return unique(members.flatMap(({ nodes }) => nodes)).map((node) => ({
    node,
    isPromoted: members.some(({ nodes, role }) => role === 'Promoted' && nodes.includes(node)),
  }));
}

function tooMany(
  clone: string,
  noun: string,
  placed: readonly Placed[],
  max: number,
  nodeMax: number,
): readonly Broken[] {
  const nodes = placed.map(({ node }) => node);
  const crowded = unique(nodes).filter((node) => nodes.filter((each) => each === node).length > nodeMax);
  const inAll = `${clone} has ${nodes.length} ${noun}, on ${joined(unique(nodes))}, and may have ${max}`;
  return [
    ...(nodes.length > max ? [{ subjects: [clone, ...unique(nodes)], what: inAll }] : []),
    ...crowded.map((node) => ({
      subjects: [clone, node],
      what: `${clone} has ${nodes.filter((each) => each === node).length} ${noun} on ${node} and may have ${nodeMax} on a node`,
    })),
  ];
}

/** Views that each show no more than may be, and more together. A view counts for its own partition only. */
function promotedTwice(input: AuditInput, views: readonly View[]): readonly Finding[] {
  const clones = views.flatMap(({ cib }) => (cib === undefined ? [] : clonesIn(cib))).filter((each) => each.promotable);
  return unique(clones.map(({ id }) => id)).flatMap((id) => {
    const max = Math.max(...clones.filter((each) => each.id === id).map((each) => limitsOf(each, 1).promotedMax));
    const seen = views.map((view) => ({ by: view.node, nodes: promotedIn(view, id) }));
    const all = unique(seen.flatMap(({ nodes }) => nodes));
    if (all.length <= max || seen.some(({ nodes }) => nodes.length > max)) return [];
    const details = seen.filter(({ nodes }) => nodes.length > 0).map(({ by, nodes }) => `on ${joined(nodes)} by ${by}`);
    const found = failed(
      [id, ...all],
      `${id} is promoted on ${all.length} nodes and may be on ${max}: ${joined(details)}`,
    );
    return isOfOnePartition(input, all) ? onceIdle(input, [found]) : [found];
  });
}

function promotedIn(view: View, clone: string): readonly string[] {
  const isPromoted = (instance: ResourceInstance): boolean => instance.role === 'Promoted' && isOf(instance, clone);
  const nodes = activeInstances(view)
    .filter(isPromoted)
    .flatMap((instance) => instance.nodes);
  return unique(nodes.filter((node) => view.members.includes(node)));
}

function isOfOnePartition({ now }: AuditInput, nodes: readonly string[]): boolean {
  return partitionsOf(now).some(({ members }) => nodes.every((node) => members.includes(node)));
}
