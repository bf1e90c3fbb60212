import type { Bundle, BundleReplica, Clone, Group } from '../../model/cluster-state.js';
import { instancesOf, type ResourceInstance } from '../../model/resource-tree.js';
import { isActiveAndHealthy, isCleanlyStopped } from '../../model/resource-view.js';
import { about, item, type Meaning } from '../meaning.js';
import { failuresOf, replicaName, type Situation } from '../situation.js';

/** Groups, clones and bundles that run in part, or without the one instance that matters. */
export function containerItems(situation: Situation): readonly Meaning[] {
  return situation.state.resources.flatMap((resource) => {
    if (resource.kind === 'group') return groupItems(resource);
    if (resource.kind === 'clone') return cloneItems(resource, situation);
    return resource.kind === 'bundle' ? bundleItems(resource) : [];
  });
}

/** Members start in order and stop in reverse, so the first one that is down holds up the rest. */
function groupItems(group: Group): readonly Meaning[] {
  const members = instancesOf({ resources: [group] });
  const running = members.filter(isActiveAndHealthy).map(({ id }) => id);
  const down = members.filter((member) => isCleanlyStopped(member) || member.failed);
  const [first] = down;
  const hidden = group.notPrinted ?? 0;
  const unlisted = hidden > 0 ? [item('group-inactive', 'warning', about('resource', group.id), { hidden })] : [];
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

function cloneItems(clone: Clone, situation: Situation): readonly Meaning[] {
  const instances = instancesOf({ resources: [clone] });
  const active = instances.filter(isActiveAndHealthy);
  if (active.length === 0) return [];
  const subject = about('resource', clone.id);
  const missing = missingOn(clone, instances, situation);
  const able = missing.filter((node) => situation.able.includes(node));
  const unable = missing.filter((node) => !situation.able.includes(node));
  const failed = instances.some(({ id }) =>
    failuresOf(situation, id).some(({ node }) => node !== undefined && able.includes(node)),
  );
  return [
    ...(able.length > 0
      ? [item('clone-stopped-on', failed ? 'problem' : 'warning', subject, { nodes: able, failed })]
      : []),
    ...(unable.length > 0 ? [item('clone-not-there', 'note', subject, { nodes: unable })] : []),
    ...(lacksPromoted(clone, instances)
      ? [item('clone-without-promoted', 'problem', subject, { nodes: active.flatMap(({ nodes }) => nodes) })]
      : []),
  ];
}

/** XML counts stopped instances and does not say of which node each would be. */
function missingOn(clone: Clone, instances: readonly ResourceInstance[], { state }: Situation): readonly string[] {
  if (clone.stoppedOn.length > 0) return clone.stoppedOn;
  if (!instances.some((instance) => isCleanlyStopped(instance) && !instance.disabled)) return [];
  const there = new Set(instances.flatMap(({ nodes }) => nodes));
  return state.nodes.filter(({ name, type }) => type === 'member' && !there.has(name)).map(({ name }) => name);
}

function lacksPromoted({ promotable }: Clone, instances: readonly ResourceInstance[]): boolean {
  const isOrBecomes = ({ role, pending = '' }: ResourceInstance) =>
    role === 'Promoted' || role === 'Promoting' || /promoting/i.test(pending);
  // A failed instance may be the promoted one: its role is not printed.
  return promotable && !instances.some((each) => isOrBecomes(each) || each.failed);
}

function bundleItems({ id: bundle, replicas, managed }: Bundle): readonly Meaning[] {
  const down = replicas.filter(isDown);
  if (down.length === replicas.length && replicas.every(({ role }) => role === 'Stopped')) return [];
  return down.map((replica) => {
    const name = replicaName(bundle, replica);
    return item('replica-down', managed ? 'problem' : 'warning', about('resource', name), {
      bundle,
      role: replica.role,
    });
  });
}

function isDown({ role, members }: BundleReplica): boolean {
  if (members.length > 0) return members.some((member) => member.role === 'Stopped' || member.failed);
  return role === 'Stopped' || role === 'Unknown';
}
