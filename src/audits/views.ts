import type { Finding } from '../model/audit.js';
import type { Cib } from '../model/cib.js';
import type { ClusterState } from '../model/cluster-state.js';
import { defined } from '../model/defined.js';
import type { LabObservation } from '../model/observation.js';
import { baseId, instancesOf, type ResourceInstance } from '../model/resource-tree.js';
import { isActive } from '../model/resource-view.js';
import type { AuditInput } from '../ports/audit.js';
import { bestCib } from './configured.js';
import { failed, joined, unique, unknown } from './finding.js';
import { isSilent, nodesIn, runsPacemaker, silence, unreadOfPacemaker } from './node-parts.js';
import { membersBy, quoratePartition } from './partitions.js';

/** The cluster as one of its nodes sees it. */
export interface View {
  readonly node: string;
  readonly status: ClusterState;
  readonly quorate: boolean;
  /** Of this node's partition, and the remote nodes connected to it; what it says of others may be out of date. */
  readonly members: readonly string[];
  /** Its own copy, or the best of the others. */
  readonly cib?: Cib;
}

export function viewsOf(observation: LabObservation): readonly View[] {
  const best = bestCib(observation);
  return observation.nodes.flatMap(({ node, answered, status, quorum, cib = best }) => {
    if (!answered || status === undefined) return [];
    const online = status.nodes.filter((each) => each.online).map(({ name }) => name);
    const quorate = quorum?.quorate ?? status.quorate ?? false;
    const members = unique([...(membersBy(observation, node) ?? online), ...connectedIn(status)]);
    return [{ node, status, quorate, members, ...defined({ cib }) }];
  });
}

/** Remote and guest nodes are no members by corosync: pacemaker counts those whose connection is up. */
export function connectedIn({ nodes }: ClusterState): readonly string[] {
  return nodes.filter(({ type, online, unclean }) => type !== 'member' && online && !unclean).map(({ name }) => name);
}

/** Views, and findings for the nodes whose view is missing. */
interface Views {
  readonly views: readonly View[];
  readonly missing: readonly Finding[];
}

/** Views from the partition with quorum, and findings for those of its nodes that could not be read. */
export function quorateViews(input: AuditInput): Views {
  const partition = quoratePartition(input.now);
  const views = viewsOf(input.now).filter(({ quorate }) => quorate);
  const missing = nodesIn(input).flatMap((node) => {
    const mayBeOfIt = partition === undefined ? views.length === 0 : partition.members.includes(node.node);
    if (isSilent(node)) return mayBeOfIt ? [silence(node)] : [];
    if (runsPacemaker(node) === true && node.quorum?.quorate === false) return [];
    return unreadOfPacemaker(node, ['status', 'quorum']).slice(0, 1);
  });
  return { views, missing };
}

/** Views of all nodes on which the cluster runs, and findings for those that could not be read. */
export function allViews(input: AuditInput): Views {
  const missing = nodesIn(input).flatMap((node) => unreadOfPacemaker(node, ['status']));
  return { views: viewsOf(input.now), missing };
}

/** What one view shows to be broken. */
export interface Broken {
  readonly subjects: readonly string[];
  readonly what: string;
}

/** Judges each view with its CIB; what several of them show becomes one finding. */
export function judgeViews(
  views: readonly View[],
  judge: (view: View, cib: Cib) => readonly Broken[],
): readonly Finding[] {
  const blind = views.filter(({ cib }) => cib === undefined);
  return [
    ...reportedOnce(views, (view) => (view.cib === undefined ? [] : judge(view, view.cib))),
    ...blind.map(({ node }) => unknown([node], `no CIB could be read to judge what ${node} sees`)),
  ];
}

/** What several views show becomes one finding, which names the views. */
export function reportedOnce(views: readonly View[], judge: (view: View) => readonly Broken[]): readonly Finding[] {
  const found = new Map<string, { readonly subjects: readonly string[]; readonly by: readonly string[] }>();
  for (const view of views) {
    for (const { what, subjects } of judge(view)) {
      found.set(what, { subjects, by: unique([...(found.get(what)?.by ?? []), view.node]) });
    }
  }
  return [...found].map(([what, { subjects, by }]) => failed(subjects, `${what}, by the view of ${joined(by)}`));
}

export function activeInstances({ status }: Pick<View, 'status'>): readonly ResourceInstance[] {
  return instancesOf(status).filter(isActive);
}

/** Of this id, or within the group, clone or bundle of this id. */
export function isOf({ id, within }: ResourceInstance, resource: string): boolean {
  return [id, ...within].some((each) => each === resource || baseId(each) === resource);
}

/** The cluster neither starts nor stops it now, by this view. */
export function isHandsOff({ status }: Pick<View, 'status'>, instance: ResourceInstance): boolean {
  const kept = status.nodes.filter(({ maintenance }) => maintenance).map(({ name }) => name);
  return (
    status.options.maintenanceMode === true ||
    !instance.managed ||
    instance.maintenance === true ||
    instance.nodes.some((node) => kept.includes(node))
  );
}
