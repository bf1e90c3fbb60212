import type { Bundle, Clone, ClusterState, Group, Primitive, ResourceRole } from './cluster-state.js';
import { baseId, instancesOf, type ResourceInstance } from './resource-tree.js';

export type Container = Group | Clone | Bundle;

/** Everything in one reading with one id: a primitive, or the instances in a group, clone or bundle. */
export interface ResourceView {
  readonly id: string;
  /** The group, clone or bundle of this id; several for a cloned group, none for a primitive. */
  readonly containers: readonly Container[];
  readonly instances: readonly ResourceInstance[];
  /** The instances again, in one list for each member of a group; the replicas of a bundle are one member. */
  readonly members: readonly (readonly ResourceInstance[])[];
}

const ACTIVE: readonly ResourceRole[] = ['Started', 'Promoted', 'Unpromoted'];
const INACTIVE: readonly ResourceRole[] = ['Stopped', 'Starting'];

/** It is active on a node, healthy or not, or is being stopped there. */
export function isActive({ role, nodes }: Pick<ResourceInstance, 'role' | 'nodes'>): boolean {
  return nodes.length > 0 && !INACTIVE.includes(role);
}

/** It runs and has not failed. */
export function isActiveAndHealthy(instance: Pick<ResourceInstance, 'role' | 'failed' | 'nodes'>): boolean {
  return instance.nodes.length > 0 && ACTIVE.includes(instance.role) && !instance.failed;
}

/** Stopped by itself or on purpose, not because it failed. */
export function isCleanlyStopped({ role, failed }: Pick<ResourceInstance, 'role' | 'failed'>): boolean {
  return role === 'Stopped' && !failed;
}

/** Instances of a unique clone and of a cloned group carry a number, `ClusterIP:0`; the id without the number matches them too. */
export function viewOf(state: Pick<ClusterState, 'resources'>, id: string): ResourceView {
  const answers = (name: string): boolean => name === id || baseId(name) === id;
  const containers = containersOf(state).filter((container) => answers(container.id));
  const bundles = containers.filter((container) => container.kind === 'bundle');
  if (bundles.length > 0) {
    const replicas = bundles.flatMap(replicasOf);
    return { id, containers, instances: replicas, members: replicas.length > 0 ? [replicas] : [] };
  }
  const instances = instancesOf(state).filter((each) => answers(each.id) || each.within.some(answers));
  const ids = [...new Set(instances.map((instance) => instance.id))];
  return { id, containers, instances, members: ids.map((own) => instances.filter((each) => each.id === own)) };
}

/** Every group, clone and bundle in the order printed, a cloned group once for each of its instances. */
export function containersOf({ resources }: Pick<ClusterState, 'resources'>): readonly Container[] {
  return resources.flatMap((resource): readonly Container[] => {
    if (resource.kind === 'primitive') return [];
    if (resource.kind !== 'clone') return [resource];
    return [resource, ...resource.instances.filter((instance) => instance.kind === 'group')];
  });
}

export function isKnown({ containers, instances }: ResourceView): boolean {
  return containers.length > 0 || instances.length > 0;
}

/** Every member has a healthy instance, on `node` if one is given, and no instance is active on several nodes. */
export function isStarted(view: ResourceView, node?: string): boolean {
  return inRole(view, ACTIVE, node) && view.instances.every((instance) => instance.nodes.length <= 1);
}

/** No instance runs or is being started, and none is in an unknown state. */
export function isStopped(view: ResourceView): boolean {
  return isKnown(view) && view.instances.every(({ role, nodes }) => role === 'Stopped' && nodes.length === 0);
}

export function isPromoted(view: ResourceView, node?: string): boolean {
  return inRole(view, ['Promoted'], node);
}

export function isUnpromoted(view: ResourceView, node?: string): boolean {
  return inRole(view, ['Unpromoted'], node);
}

/** An instance is being started. */
export function isStarting(view: ResourceView, node?: string): boolean {
  return placesOf(view, node).some(
    (each) => 'role' in each && (each.role === 'Starting' || each.pending === 'Starting'),
  );
}

/** What crm_mon prints of an operation under way (`native_pending_state` and `native_pending_task` in `lib/pengine/native.c`). */
const UNDER_WAY = {
  start: ['Starting'],
  stop: ['Stopping'],
  promote: ['Promoting'],
  demote: ['Demoting'],
  migrate: ['Migrating'],
  monitor: ['Monitoring', 'Checking'],
} as const;
export type PendingOperation = keyof typeof UNDER_WAY;
export const PENDING_OPERATIONS = Object.keys(UNDER_WAY) as readonly PendingOperation[];

/** The operation, or else any, of an instance is under way, on the node if one is given. */
export function isPending(view: ResourceView, operation?: PendingOperation, node?: string): boolean {
  const words: readonly string[] = operation === undefined ? Object.values(UNDER_WAY).flat() : UNDER_WAY[operation];
  return instancesOn(view, node).some(({ role, pending = '' }) => words.includes(pending) || words.includes(role));
}

/** An instance has failed. */
export function isFailed(view: ResourceView, node?: string): boolean {
  return placesOf(view, node).some(({ failed }) => failed);
}

/** The cluster may not recover an instance. */
export function isBlocked(view: ResourceView, node?: string): boolean {
  return placesOf(view, node).some(({ blocked }) => blocked);
}

/** The cluster leaves every instance alone, in maintenance or not. */
export function isUnmanaged(view: ResourceView, node?: string): boolean {
  const places = view.instances.length > 0 || node !== undefined ? instancesOn(view, node) : view.containers;
  return places.length > 0 && places.every(({ managed, maintenance }) => !managed || maintenance === true);
}

function instancesOn({ instances }: ResourceView, node: string | undefined): readonly ResourceInstance[] {
  return node === undefined ? instances : instances.filter(({ nodes }) => nodes.includes(node));
}

/** The instances on the node; without one all of them, and the group, clone or bundle itself. */
function placesOf(view: ResourceView, node: string | undefined): readonly (Container | ResourceInstance)[] {
  return node === undefined ? [...view.containers, ...view.instances] : instancesOn(view, node);
}

/** Whether an instance is active on the node, healthy or not. */
export function touches(view: ResourceView, node: string): boolean {
  return view.instances.some((instance) => instance.nodes.includes(node));
}

/** Whether it is active and healthy on exactly these nodes. */
export function runsOnExactly(view: ResourceView, nodes: readonly string[]): boolean {
  const active = view.instances.filter((instance) => instance.nodes.length > 0);
  const places = new Set(active.flatMap((instance) => instance.nodes));
  const healthy = active.every(({ role, failed }) => ACTIVE.includes(role) && !failed);
  return healthy && places.size === new Set(nodes).size && nodes.every((node) => places.has(node));
}

/** Whether something holds of any instance, or of the group, clone or bundle as a whole. */
export function anyOf(
  { containers, instances }: ResourceView,
  holds: (one: Container | ResourceInstance) => boolean,
): boolean {
  return containers.some(holds) || instances.some(holds);
}

function inRole(view: ResourceView, roles: readonly ResourceRole[], node?: string): boolean {
  const fits = ({ role, failed, nodes }: ResourceInstance): boolean =>
    roles.includes(role) && !failed && (node === undefined ? nodes.length > 0 : nodes.includes(node));
  return view.members.length > 0 && !lacksMembers(view) && view.members.every((member) => member.some(fits));
}

/** Whether inactive members of the group are not printed, in every instance if it is cloned. */
function lacksMembers({ containers }: ResourceView): boolean {
  const groups = containers.filter((container) => container.kind === 'group');
  return groups.length > 0 && groups.every(({ notPrinted = 0 }) => notPrinted > 0);
}

/** Each replica as the one line of short output; flags of its parts apply to the whole replica. */
function replicasOf(bundle: Bundle): readonly ResourceInstance[] {
  return bundle.replicas.flatMap((replica) => {
    const lines = instancesOf({ resources: [{ ...bundle, replicas: [{ ...replica, members: [] }] }] });
    return lines.map((line) => withParts(line, replica.members));
  });
}

function withParts(line: ResourceInstance, parts: readonly Primitive[]): ResourceInstance {
  return {
    ...line,
    managed: line.managed && parts.every(({ managed }) => managed),
    disabled: line.disabled || parts.some(({ disabled }) => disabled),
    blocked: line.blocked || parts.some(({ blocked }) => blocked),
    failed: line.failed || parts.some(({ failed }) => failed),
    orphaned: line.orphaned || parts.some(({ orphaned }) => orphaned),
  };
}
