import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib, CibConstraint } from '../model/cib.js';
import { INFINITY, isFalse, parseCount, scoreText } from '../model/pacemaker-values.js';
import { baseId, type ResourceInstance } from '../model/resource-tree.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { type Configured, configuredBy, configuredIn, failCountsIn, isFencingDevice } from './configured.js';
import { onceIdle, unique } from './finding.js';
import { activeInstances, type Broken, isHandsOff, judgeViews, quorateViews, type View } from './views.js';

export const allowedNodes: AuditTable['allowed-nodes'] = {
  kind: 'allowed-nodes',
  holds: message('audit.allowed-nodes.holds'),
  reads: message('audit.reads.status-and-cib'),
  judge,
};

type Location = Extract<CibConstraint, { kind: 'location' }>;

function judge(input: AuditInput): readonly Finding[] {
  const { views, missing } = quorateViews(input);
  const judgeView = (view: View, cib: Cib): readonly Broken[] =>
    activeInstances(view)
      .filter((instance) => !instance.blocked && !instance.orphaned && !isHandsOff(view, instance))
      .flatMap((instance) =>
        instance.nodes
          .filter((node) => view.members.includes(node))
          .flatMap((node) => judgePlace(view, cib, instance, node)),
      );
  return [...onceIdle(input, judgeViews(views, judgeView)), ...missing];
}

/** What has to stop before it cannot: a later member of its group, or what is ordered after it, however far. */
function waitsForBlocked(view: View, cib: Cib, instance: ResourceInstance, node: string): boolean {
  const blocked = activeInstances(view)
    .filter((each) => each.blocked && each.nodes.includes(node))
    .flatMap(namesOf);
  const own = namesOf(instance);
  const reached = new Set(own);
  for (const id of reached) for (const next of stoppedBefore(cib, id)) reached.add(next);
  return blocked.some((id) => reached.has(id) && !own.includes(id));
}

function stoppedBefore(cib: Cib, id: string): readonly string[] {
  const members = configuredBy(cib, id)?.group?.members.map((member) => member.id) ?? [];
  const ordered = cib.constraints.flatMap((constraint) =>
    constraint.kind === 'order' && constraint.orderKind === 'Mandatory' && constraint.first === id
      ? [constraint.next]
      : [],
  );
  return [...members.slice(members.indexOf(id) + 1), ...ordered];
}

function judgePlace(view: View, cib: Cib, instance: ResourceInstance, node: string): readonly Broken[] {
  const id = baseId(instance.id);
  const configured = configuredBy(cib, id);
  const wrong = [
    ...banned(cib, instance, node),
    ...inStandby(view, node),
    ...(configured === undefined
      ? []
      : [...notLetIn(cib, configured, instance, node), ...failedTooOften(cib, configured, instance, node)]),
  ];
  if (wrong.length === 0 || waitsForBlocked(view, cib, instance, node)) return [];
  return wrong.map((why) => ({ subjects: [id, node], what: `${id} is active on ${node}, ${why}` }));
}

/** Of the resource, or of what it stands in. */
function locationsOf(cib: Cib, ids: readonly string[]): readonly Location[] {
  return cib.constraints.filter(
    (constraint): constraint is Location => constraint.kind === 'location' && ids.includes(constraint.resource),
  );
}

function namesOf({ id, within }: ResourceInstance): readonly string[] {
  return [id, ...within].flatMap((each) => [each, baseId(each)]);
}

/** A ban of one role says nothing of the others; `Started` is every role. */
function banned(cib: Cib, instance: ResourceInstance, node: string): readonly string[] {
  return locationsOf(cib, namesOf(instance))
    .filter(({ node: where, score = 0 }) => where === node && score <= -INFINITY)
    .filter(({ role = 'Started' }) => role === 'Started' || role === instance.role)
    .map(
      ({ id, role }) => `where ${id} bans it${role === undefined || role === 'Started' ? '' : ` from being ${role}`}`,
    );
}

function inStandby({ status }: View, node: string): readonly string[] {
  const state = status.nodes.find(({ name }) => name === node);
  return state?.standby === true || state?.standbyOnFail === true ? ['which is in standby'] : [];
}

/**
 * With symmetric-cluster=false only a location constraint lets a resource in, be it on one of its group. What a rule, a
 * pattern or a set lets in is not known without pacemaker.
 */
function notLetIn(cib: Cib, configured: Configured, instance: ResourceInstance, node: string): readonly string[] {
  if (!isFalse(cib.properties['symmetric-cluster']) || isFencingDevice(configured.primitive.agent)) return [];
  const relatives = configured.group?.members.map(({ id }) => id) ?? [];
  const locations = locationsOf(cib, [...namesOf(instance), ...relatives]);
  const isUnclear =
    locations.some(({ node: where }) => where === undefined) ||
    cib.constraints.some((each) => isUnclearLocation(cib, each));
  const isLetIn = locations.some(({ node: where, score = 0 }) => where === node && score >= 0);
  return isUnclear || isLetIn
    ? []
    : ['where no location constraint lets it, in a cluster with symmetric-cluster=false'];
}

/** A set; or something that stands for resources by a name of its own, as a tag does. */
function isUnclearLocation(cib: Cib, constraint: CibConstraint): boolean {
  if (constraint.kind === 'other') return constraint.element === 'rsc_location';
  const isKnown = (id: string): boolean =>
    cib.resources.some((resource) => resource.id === id) || configuredBy(cib, id) !== undefined;
  const group = (id: string): boolean => configuredIn(cib).some((each) => each.group?.id === id);
  return constraint.kind === 'location' && !isKnown(constraint.resource) && !group(constraint.resource);
}

/** A failure that is forgotten after a while, or ignored, may have been so already. */
function failedTooOften(cib: Cib, { meta }: Configured, instance: ResourceInstance, node: string): readonly string[] {
  const threshold = parseCount(meta['migration-threshold'], INFINITY);
  const isForgotten = meta['failure-timeout'] !== undefined && !/^0\D*$/.test(meta['failure-timeout']);
  if (threshold === 0 || isForgotten || instance.failureIgnored === true) return [];
  const { transient = {} } = cib.nodeStates.find((state) => state.node === node) ?? {};
  const counts = failCountsIn(transient);
  const ids = unique([instance.id, baseId(instance.id)]);
  const total = ids.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
  const count = Math.min(total, INFINITY);
  if (count < threshold) return [];
  return [`where its fail count is ${scoreText(count)} and migration-threshold is ${scoreText(threshold)}`];
}
