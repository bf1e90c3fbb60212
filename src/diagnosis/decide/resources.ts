import { baseId, type ResourceInstance } from '../../model/resource-tree.js';
import { about, item, type Meaning } from '../meaning.js';
import { areResourcesTold, failuresOf, isDevice, isRunning, type Situation } from '../situation.js';
import { stoppedItems } from './stopped.js';

/** Everything that is not as it should be, and how much is. */
export function resourceItems(situation: Situation): readonly Meaning[] {
  return [
    ...situation.instances.flatMap((instance) => flagItems(instance, situation)),
    ...stoppedItems(situation),
    ...total(situation),
  ];
}

/** What is said of a single instance, whatever it stands in. */
function flagItems(instance: ResourceInstance, situation: Situation): readonly Meaning[] {
  return [
    ...failureItems(instance, situation),
    ...placeItems(instance, situation),
    ...managementItems(instance, situation),
    ...underWay(instance),
  ];
}

function failureItems(instance: ResourceInstance, situation: Situation): readonly Meaning[] {
  const { nodes, agent } = instance;
  const subject = about('resource', instance.id);
  if (instance.blocked) {
    const stopFailed = failuresOf(situation, instance.id).some(({ operation }) => operation === 'stop');
    return [item('resource-blocked', 'problem', subject, { nodes, stopFailed })];
  }
  if (!instance.failed) return [];
  if (instance.failureIgnored === true) return [item('failure-ignored', 'warning', subject, { nodes })];
  return [item('resource-failed', 'problem', subject, { nodes, agent })];
}

function placeItems(instance: ResourceInstance, { unclean }: Situation): readonly Meaning[] {
  const { id, nodes, agent, role } = instance;
  const items: Meaning[] = [];
  if (nodes.length > 1 && role !== 'Migrating')
    items.push(item('multiply-active', 'problem', about('resource', id), { nodes, agent }));
  const lost = instance.unclean === true ? nodes : nodes.filter((node) => unclean.includes(node));
  for (const node of lost)
    items.push(item('on-unclean-node', 'problem', about('resource', id), { node, device: isDevice(instance) }));
  return items;
}

function managementItems(instance: ResourceInstance, { state }: Situation): readonly Meaning[] {
  const { id, nodes, orphaned, managed, role } = instance;
  const items: Meaning[] = [];
  if (orphaned) items.push(item('orphaned', 'warning', about('resource', id), { nodes }));
  const inMaintenance = (name: string) => state.nodes.some((node) => node.name === name && node.maintenance);
  const isExplained = state.options.maintenanceMode === true || (nodes.length > 0 && nodes.every(inMaintenance));
  // A blocked or orphaned resource is printed as unmanaged too, and one that is stopped is explained as such.
  const isOwn = !managed && role !== 'Stopped' && !isExplained && !instance.blocked && !orphaned;
  if (isOwn) items.push(item('unmanaged', 'warning', about('resource', baseId(id)), {}));
  return items;
}

const IN_MOTION: readonly ResourceInstance['role'][] = ['Starting', 'Stopping', 'Promoting', 'Demoting', 'Migrating'];

function underWay({ id, nodes, role, pending }: ResourceInstance): readonly Meaning[] {
  const what = IN_MOTION.includes(role)
    ? role
    : pending !== undefined && !/monitor/i.test(pending)
      ? pending
      : undefined;
  return what === undefined ? [] : [item('under-way', 'note', about('resource', id), { what, nodes })];
}

function total({ state, instances }: Situation): readonly Meaning[] {
  const running = instances.filter((instance) => isRunning(instance, state)).length;
  if (running > 0) {
    const known = Math.max(instances.length, state.counts.resources ?? 0);
    const all = running === known && state.truncated.length === 0;
    return [item('resources-running', 'good', about('resource'), { running, all })];
  }
  const isEmpty = areResourcesTold(state) && state.resources.length === 0 && !(state.counts.resources ?? 0);
  return isEmpty ? [item('no-resources', 'note', about('resource'), {})] : [];
}
