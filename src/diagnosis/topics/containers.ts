import { message } from '../../messages/message.js';
import type { Bundle, BundleReplica, Clone, Group, ResourceRole } from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import { instancesOf, type ResourceInstance } from '../../model/resource-tree.js';
import { isActiveAndHealthy, isCleanlyStopped } from '../../model/resource-view.js';
import { type ExplanationTable, firstOf, step, whyStep } from '../explanation.js';
import { type Facts, failuresOf, replicaName } from '../facts.js';
import { about, type DiagnosisItem, item, type Payloads } from '../item.js';

/** Groups, clones and bundles that run in part, or without the one instance that matters. */
export function containerItems(facts: Facts): readonly DiagnosisItem[] {
  return facts.state.resources.flatMap((resource) => {
    if (resource.kind === 'group') return groupItems(resource, facts);
    if (resource.kind === 'clone') return cloneItems(resource, facts);
    return resource.kind === 'bundle' ? bundleItems(resource, facts) : [];
  });
}

/** Members start in order and stop in reverse, so the first one that is down holds up the rest. */
function groupItems(group: Group, { isSelection }: Facts): readonly DiagnosisItem[] {
  const members = instancesOf({ resources: [group] });
  const running = members.filter(isActiveAndHealthy).map(({ id }) => id);
  const down = members.filter((member) => isCleanlyStopped(member) || member.failed);
  const [first] = down;
  const hidden = (group.notPrinted ?? 0) - (group.notPrintedActive ?? 0);
  const unlisted =
    hidden > 0 && !isSelection ? [item('group-inactive', 'warning', about('resource', group.id), { hidden })] : [];
  if (running.length === 0 || first === undefined) return unlisted;
  return [
    ...unlisted,
    item('group-partial', first.disabled ? 'warning' : 'problem', about('resource', group.id), {
      running,
      down: down.map(({ id }) => id),
      first: first.id,
      firstIs: first.failed ? 'failed' : 'stopped',
    }),
  ];
}

function cloneItems(clone: Clone, facts: Facts): readonly DiagnosisItem[] {
  const instances = instancesOf({ resources: [clone] });
  const active = instances.filter(isActiveAndHealthy);
  if (active.length === 0) return [];
  const subject = about('resource', clone.id);
  const missing = missingOn(clone, instances, facts);
  const available = missing.filter((node) => facts.available.includes(node));
  const unable = missing.filter((node) => !facts.available.includes(node));
  const hasFailed = (name: string) =>
    instances.some(({ id }) => failuresOf(facts, id).some(({ node }) => node === name));
  // crm_mon prints `Stopped (Monitoring)` while pacemaker asks whether it runs there.
  const checking = defined({ checking: instances.some(isChecked) || undefined });
  const stoppedOn = (nodes: readonly string[], failed: boolean) =>
    nodes.length > 0
      ? [item('clone-stopped-on', failed ? 'problem' : 'warning', subject, { nodes, failed, ...checking })]
      : [];
  return [
    ...(isMisfit(clone, instances) ? [item('clone-not-promotable', 'warning', subject, placesByRole(instances))] : []),
    ...stoppedOn(available.filter(hasFailed), true),
    ...stoppedOn(
      available.filter((node) => !hasFailed(node)),
      false,
    ),
    ...(unable.length > 0 ? [item('clone-not-there', 'note', subject, { nodes: unable })] : []),
    ...(!facts.isSelection && lacksPromoted(clone, instances)
      ? [item('clone-without-promoted', 'problem', subject, { nodes: active.flatMap(({ nodes }) => nodes) })]
      : []),
  ];
}

function isChecked({ role, pending = '' }: ResourceInstance): boolean {
  return role === 'Stopped' && /monitor|check/i.test(pending);
}

/** XML counts stopped instances and does not say of which node each would be. */
function missingOn(clone: Clone, instances: readonly ResourceInstance[], { state }: Facts): readonly string[] {
  if (clone.stoppedOn.length > 0) return clone.stoppedOn;
  if (!instances.some((instance) => isCleanlyStopped(instance) && !instance.disabled)) return [];
  const there = new Set(instances.flatMap(({ nodes }) => nodes));
  return state.nodes.filter(({ name, type }) => type === 'member' && !there.has(name)).map(({ name }) => name);
}

/** Instances of a set that is printed as an ordinary clone have no promotable roles, unless the agent took one by itself. */
function isMisfit({ promotable }: Clone, instances: readonly ResourceInstance[]): boolean {
  return !promotable && instances.some(({ role }) => role === 'Promoted');
}

function placesByRole(instances: readonly ResourceInstance[]): Payloads['clone-not-promotable'] {
  const nodesIn = (...roles: readonly ResourceRole[]) =>
    instances.filter(({ role }) => roles.includes(role)).flatMap(({ nodes }) => nodes);
  return { promoted: nodesIn('Promoted'), others: nodesIn('Started', 'Unpromoted') };
}

function lacksPromoted({ promotable }: Clone, instances: readonly ResourceInstance[]): boolean {
  const isOrBecomes = ({ role, pending = '' }: ResourceInstance) =>
    role === 'Promoted' || role === 'Promoting' || /promoting/i.test(pending);
  // A failed instance may be the promoted one: its role is not printed.
  return promotable && !instances.some((each) => isOrBecomes(each) || each.failed);
}

function bundleItems({ id: bundle, replicas, managed }: Bundle, facts: Facts): readonly DiagnosisItem[] {
  const down = replicas.filter(isDown);
  if (down.length === replicas.length && replicas.every(({ role }) => role === 'Stopped')) return [];
  const items = down.map((replica) =>
    item('replica-down', managed ? 'problem' : 'warning', about('resource', replicaName(bundle, replica)), {
      bundle,
      role: replica.role,
    }),
  );
  const nodes = replicas.flatMap((replica) => replica.nodes);
  return !facts.isSelection && isUnpromotedThroughout(replicas)
    ? [...items, item('bundle-without-promoted', 'problem', about('resource', bundle), { nodes })]
    : items;
}

/** The roles of what runs in the containers, known of every replica that is not stopped. */
function isUnpromotedThroughout(replicas: readonly BundleReplica[]): boolean {
  const roles = replicas.flatMap(({ role, members }) => [role, ...members.map((member) => member.role)]);
  const isUnclear = replicas.some(
    ({ flags, members }) => flags?.failed === true || members.some((member) => member.failed),
  );
  const others: readonly ResourceRole[] = ['Promoted', 'Promoting', 'Unknown'];
  return !isUnclear && roles.includes('Unpromoted') && !roles.some((role) => others.includes(role));
}

function isDown({ role, members }: BundleReplica): boolean {
  if (members.length > 0) return members.some((member) => member.role === 'Stopped' || member.failed);
  return role === 'Stopped' || role === 'Unknown';
}

export const CONTAINER_EXPLANATIONS = {
  'group-partial': ({ subject: { names }, payload: { first } }) => ({
    next: [whyStep(first), step(`pcs resource config ${firstOf(names, 'GROUP')}`, 'group-partial.pcs-resource-config')],
  }),
  'group-inactive': () => ({ next: [step('crm_mon -1 --inactive', 'step.list-stopped')] }),
  'clone-stopped-on': ({ subject: { names }, payload: { failed, checking } }) => ({
    cause: failed ? message('clone-stopped-on.cause') : checking && message('clone-stopped-on.cause.checking'),
    next: [
      step('pcs constraint location', 'clone-stopped-on.pcs-constraint-location'),
      whyStep(firstOf(names, 'CLONE')),
    ],
  }),
  'clone-not-there': () => ({}),
  'clone-without-promoted': () => ({
    cause: message('clone-without-promoted.cause'),
    next: [
      step('crm_simulate -sL', 'clone-without-promoted.crm-simulate'),
      step('pcs status --full', 'clone-without-promoted.pcs-status'),
    ],
  }),
  'clone-not-promotable': ({ subject: { names } }) => ({
    next: [
      step(`pcs resource config ${firstOf(names, 'CLONE')}`, 'clone-not-promotable.pcs-resource-config'),
      step('pcs resource promotable RESOURCE', 'clone-not-promotable.pcs-resource-promotable'),
    ],
  }),
  'bundle-without-promoted': () => ({
    cause: message('clone-without-promoted.cause'),
    next: [
      step('crm_simulate -sL', 'clone-without-promoted.crm-simulate'),
      step('pcs status --full', 'clone-without-promoted.pcs-status'),
    ],
  }),
  'replica-down': () => ({
    cause: message('replica-down.cause'),
    next: [step('pcs status --full', 'replica-down.pcs-status'), step('podman ps -a', 'replica-down.podman-ps')],
  }),
} satisfies Partial<ExplanationTable>;
