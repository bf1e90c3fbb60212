import type { BundleReplica, ClusterState, Primitive, Resource, ResourceFlags } from './cluster-state.js';

/** One primitive or instance with the ids of its containers and the flags that it inherits from them. */
export interface ResourceInstance extends Primitive {
  /** Ids of the group, clone or bundle around it, outermost first. */
  readonly within: readonly string[];
}

/** Every primitive and instance in the order printed; a replica of which only one line is printed counts as one. */
export function instancesOf({ resources }: Pick<ClusterState, 'resources'>): readonly ResourceInstance[] {
  return resources.flatMap((resource) => instancesIn(resource, []));
}

/** The name without an instance's number: `ClusterIP:0` is an instance of `ClusterIP`. */
export function baseId(id: string): string {
  return id.replace(/:\d+$/, '');
}

function instancesIn(resource: Resource, within: readonly string[]): readonly ResourceInstance[] {
  if (resource.kind === 'primitive') return [{ ...resource, within }];
  return insideOf(resource, [...within, resource.id]).map((instance) => withFlagsOf(resource, instance));
}

function insideOf(container: Exclude<Resource, Primitive>, within: readonly string[]): readonly ResourceInstance[] {
  switch (container.kind) {
    case 'group':
      return container.members.map((member) => ({ ...member, within }));
    case 'clone':
      return container.instances.flatMap((instance) => instancesIn(instance, within));
    case 'bundle':
      return container.replicas.flatMap((replica) => replicaInstances(replica, container.id, within));
  }
}

/** Instances inherit the meta-attributes of their container, but not `failed` and `blocked`. */
function withFlagsOf(container: ResourceFlags, instance: ResourceInstance): ResourceInstance {
  return {
    ...instance,
    managed: instance.managed && container.managed,
    disabled: instance.disabled || container.disabled,
    orphaned: instance.orphaned || container.orphaned,
    ...(container.maintenance ? { maintenance: true } : {}),
  };
}

const UNFLAGGED: ResourceFlags = { managed: true, disabled: false, blocked: false, failed: false, orphaned: false };

function replicaInstances(
  replica: BundleReplica,
  bundle: string,
  within: readonly string[],
): readonly ResourceInstance[] {
  if (replica.members.length > 0) return replica.members.map((member) => ({ ...member, within }));
  const { name, index, agent = '', role, nodes, flags } = replica;
  const id = name ?? (index === undefined ? bundle : `${bundle}-${index}`);
  return [{ kind: 'primitive', id, agent, role, nodes, ...UNFLAGGED, ...flags, within }];
}
