import type { Cib, CibConstraint } from '../model/cib.js';
import { INFINITY, isFalse, isTrue, parseCount } from '../model/pacemaker-values.js';
import { baseId, type ResourceInstance } from '../model/resource-tree.js';
import { type Configured, configuredIn, failCountsIn, isFencingDevice } from './configured.js';
import { unique } from './finding.js';
import { activeInstances, connectedIn, isOf, type View } from './views.js';

/**
 * The nodes on which a stopped resource may run, as far as that is certain without pacemaker's scheduler; none if
 * something in the configuration or the status could be the reason that it is stopped.
 */
export function nodesThatMayRun(view: View, cib: Cib, configured: Configured): readonly string[] {
  if (isUnclear(cib, configured) || waitsForFencing(view, cib) || hasFailed(view, cib, configured)) return [];
  if (waitsForOthers(view, cib, configured)) return [];
  // What may run on a remote node is narrower: neither fencing devices nor connections to remote nodes, for two.
  const remote = connectedIn(view.status);
  return view.members.filter((node) => !remote.includes(node) && mayRunOn(view, cib, configured, node));
}

/** Sets, tickets, tags, rules, templates, utilization and the like are the scheduler's to judge. */
function isUnclear(cib: Cib, configured: Configured): boolean {
  const { properties, constraints } = cib;
  const { primitive, clone, bundle, meta } = configured;
  const known = new Set(cib.resources.map(({ id }) => id));
  for (const { id, group } of configuredIn(cib)) known.add(id).add(group?.id ?? id);
  return (
    primitive.agent === '' ||
    bundle !== undefined ||
    meta.requires === 'unfencing' ||
    (clone !== undefined &&
      [clone.meta['clone-max'], clone.meta['clone-node-max']].some((max) => parseCount(max, 1) === 0)) ||
    isTrue(properties['stop-all-resources']) ||
    (properties['placement-strategy'] ?? 'default') !== 'default' ||
    (properties['node-health-strategy'] ?? 'none') !== 'none' ||
    constraints.some((each) => namesIn(each).length === 0 || namesIn(each).some((name) => !known.has(name)))
  );
}

/** None for what cannot be judged without the scheduler. */
function namesIn(constraint: CibConstraint): readonly string[] {
  switch (constraint.kind) {
    case 'location':
      return constraint.node === undefined || constraint.discovery !== undefined ? [] : [constraint.resource];
    case 'colocation':
      return (constraint.nodeAttribute ?? '#uname') === '#uname' ? [constraint.resource, constraint.withResource] : [];
    case 'order':
      return [constraint.first, constraint.next];
    case 'other':
      return [];
  }
}

/** Without a fencing device pacemaker starts nothing while fencing is on; and nothing that an unclean node may have. */
function waitsForFencing({ status }: View, cib: Cib): boolean {
  if (isFalse(cib.properties['stonith-enabled'])) return false;
  const canFence =
    isTrue(cib.properties['have-watchdog']) ||
    configuredIn(cib).some(({ primitive }) => isFencingDevice(primitive.agent));
  return !canFence || status.nodes.some(({ unclean }) => unclean);
}

/** Results of a probe that found it running, which is no failure: OCF_SUCCESS and OCF_RUNNING_PROMOTED. */
const RUNNING: readonly number[] = [0, 8];

/** Depending on `on-fail` one failure keeps it off every node. */
function hasFailed({ status }: View, cib: Cib, { id }: Configured): boolean {
  return (
    status.failedActions.some(({ resource }) => resource === undefined || baseId(resource) === id) ||
    cib.operations.some((each) => baseId(each.resource) === id && !each.expected && !RUNNING.includes(each.rcCode)) ||
    cib.nodeStates.some(({ transient }) => [...failCountsIn(transient).keys()].some((name) => baseId(name) === id))
  );
}

/** An earlier member of its group, or what an order puts before it, is not active. */
function waitsForOthers(view: View, cib: Cib, configured: Configured): boolean {
  const own = ownNames(configured);
  const before = cib.constraints.flatMap((each) =>
    each.kind === 'order' && each.orderKind === 'Mandatory' && own.includes(each.next)
      ? [{ id: each.first, role: each.firstAction === 'promote' ? 'Promoted' : undefined, action: each.firstAction }]
      : [],
  );
  return (
    (!isFalse(configured.group?.meta.ordered) &&
      earlierMembers(configured).some((id) => activeOf(view, id).length === 0)) ||
    before.some(
      ({ id, role, action }) => (action !== 'start' && role === undefined) || activeOf(view, id, role).length === 0,
    )
  );
}

function mayRunOn(view: View, cib: Cib, configured: Configured, node: string): boolean {
  const state = view.status.nodes.find(({ name }) => name === node);
  if (state === undefined || !state.online) return false;
  const { standby, standbyOnFail, maintenance, pending, unclean, health } = state;
  const isSetAside = standby || standbyOnFail || maintenance || pending || unclean || health === 'red';
  return !isSetAside && isLetIn(cib, configured, node) && suitsOthers(view, cib, configured, node);
}

/** Scores add up, so that any that is negative may keep it off. */
function isLetIn(cib: Cib, configured: Configured, node: string): boolean {
  const names = [...ownNames(configured), ...(configured.group?.members.map(({ id }) => id) ?? [])];
  const scores = cib.constraints.flatMap((each) =>
    each.kind === 'location' && names.includes(each.resource) && each.node === node ? [each.score ?? 0] : [],
  );
  const isOptIn = isFalse(cib.properties['symmetric-cluster']);
  return scores.every((score) => score >= 0) && (!isOptIn || scores.length > 0);
}

/** It may be with those that it belongs with, and apart from those that it avoids. */
function suitsOthers(view: View, cib: Cib, configured: Configured, node: string): boolean {
  const own = ownNames(configured);
  const isThere = (id: string, role?: string): boolean =>
    activeOf(view, id, role).some(({ nodes }) => nodes.includes(node));
  const isApart = isFalse(configured.group?.meta.colocated);
  return (
    (isApart || earlierMembers(configured).every((id) => isThere(id))) &&
    cib.constraints.every((each) => {
      if (each.kind !== 'colocation') return true;
      // A dependent may have a score against the node as well, which counts for the one that it depends on.
      if (own.includes(each.withResource)) return each.score >= 0 || !isThere(each.resource, each.role);
      if (!own.includes(each.resource)) return true;
      if (each.score < 0) return !isThere(each.withResource, each.withRole);
      return each.score < INFINITY || isThere(each.withResource, each.withRole);
    })
  );
}

function earlierMembers({ id, group }: Configured): readonly string[] {
  const members = group?.members.map((member) => member.id) ?? [];
  return members.slice(0, Math.max(0, members.indexOf(id)));
}

/** The ids by which a constraint may name it. */
function ownNames({ id, group, clone }: Configured): readonly string[] {
  return unique([id, group?.id ?? id, clone?.id ?? id]);
}

function activeOf(view: View, id: string, role?: string): readonly ResourceInstance[] {
  return activeInstances(view).filter(
    (instance) => isOf(instance, id) && (role === undefined || role === 'Started' || instance.role === role),
  );
}
