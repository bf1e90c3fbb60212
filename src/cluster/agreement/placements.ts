import type {
  Bundle,
  BundleReplica,
  Clone,
  ClusterState,
  Group,
  Primitive,
  Resource,
  ResourceFlags,
  ResourceRole,
} from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import { baseId } from '../../model/resource-tree.js';

/** One instance in one place, as one format prints it; a summary line, `Started: [ a b ]`, has no flags. */
export interface Sighting {
  readonly role: ResourceRole;
  readonly flags?: ResourceFlags;
}

/** A resource, identified by its containers' ids and its own, and where it is; instances of a clone differ only by their nodes. */
export interface Placement {
  readonly path: string;
  /** The resource's id, without an instance's number. */
  readonly id: string;
  /** Node to the instances that are active there. */
  readonly active: Map<string, Sighting[]>;
  /** Instances that are active nowhere; crm_mon prints any number of them for a clone. */
  readonly stopped: Sighting[];
  /** The path of the group, for a member of a group in a clone. */
  readonly group?: string;
}

interface PlacedContainer {
  readonly kind: 'group' | 'clone' | 'promotable clone' | 'bundle';
  readonly flags: ResourceFlags;
  /** The text only counts some of its members. */
  readonly counts?: boolean;
}

export interface Placements {
  readonly byPath: Map<string, Placement>;
  /** The path of a group in a clone to the nodes for which its members are printed one by one. */
  readonly detailed: Map<string, ReadonlySet<string>>;
  readonly containers: Map<string, PlacedContainer>;
}

export function placementsOf({ resources }: Pick<ClusterState, 'resources'>): Placements {
  const placements: Placements = { byPath: new Map(), detailed: new Map(), containers: new Map() };
  for (const resource of resources) addResource(resource, placements);
  return placements;
}

/** The placement of this resource within these containers; a new one if there was none. */
function at({ byPath }: Placements, within: readonly string[], id: string, group?: string): Placement {
  const path = [...within, baseId(id)].join('/');
  const placement = byPath.get(path) ?? { path, id: baseId(id), active: new Map(), stopped: [], ...defined({ group }) };
  byPath.set(path, placement);
  return placement;
}

function addResource(resource: Resource, placements: Placements): void {
  const { containers } = placements;
  switch (resource.kind) {
    case 'primitive':
      add(at(placements, [], resource.id), resource.nodes, sightingOf(resource));
      return;
    case 'group':
      containers.set(resource.id, { kind: 'group', flags: resource, counts: (resource.notPrinted ?? 0) > 0 });
      for (const member of resource.members)
        add(at(placements, [resource.id], member.id), member.nodes, sightingOf(member));
      return;
    case 'clone':
      containers.set(resource.id, { kind: resource.promotable ? 'promotable clone' : 'clone', flags: resource });
      for (const instance of resource.instances) {
        if (instance.kind === 'group') addGroupInstance(instance, resource, placements);
        else add(at(placements, [resource.id], instance.id), instance.nodes, sightingOf(instance));
      }
      return;
    case 'bundle':
      containers.set(resource.id, { kind: 'bundle', flags: resource });
      for (const replica of resource.replicas) addReplica(replica, resource, placements);
  }
}

function addGroupInstance(instance: Group, clone: Clone, placements: Placements): void {
  const { detailed } = placements;
  const whole = at(placements, [clone.id], instance.id);
  const nodes = new Set(instance.members.flatMap((member) => (member.role === 'Stopped' ? [] : member.nodes)));
  for (const node of nodes) add(whole, [node], { role: roleOn(node, instance) });
  if (nodes.size === 0) add(whole, [], { role: 'Stopped' });
  detailed.set(whole.path, new Set([...(detailed.get(whole.path) ?? []), ...nodes]));
  for (const member of instance.members) {
    add(at(placements, [clone.id, baseId(instance.id)], member.id, whole.path), member.nodes, sightingOf(member));
  }
}

/** The highest role of the group's members, as crm_mon prints it in a clone's summary (group_resource_state in `lib/pengine/group.c`). */
function roleOn(node: string, group: Group): ResourceRole {
  const roles = group.members.filter(({ nodes }) => nodes.includes(node)).map(({ role }) => role);
  return RANKED.find((role) => roles.includes(role)) ?? 'Unknown';
}

const RANKED: readonly ResourceRole[] = ['Unknown', 'Promoted', 'Unpromoted', 'Started'];

function addReplica(replica: BundleReplica, bundle: Bundle, placements: Placements): void {
  const { members, index = 0, name = `${bundle.id}-${index}`, role, nodes, flags } = replica;
  if (members.length === 0) add(at(placements, [bundle.id], name), nodes, { role, ...defined({ flags }) });
  for (const member of members)
    add(at(placements, [bundle.id, String(index)], member.id), member.nodes, sightingOf(member));
}

function add({ active, stopped }: Placement, nodes: readonly string[], sighting: Sighting): void {
  // A failed resource that is printed without a node and a role is active nowhere.
  if (sighting.role === 'Stopped' || nodes.length === 0) {
    stopped.push(sighting);
    return;
  }
  for (const node of nodes) active.set(node, [...(active.get(node) ?? []), sighting]);
}

function sightingOf(primitive: Primitive): Sighting {
  return primitive.agent === '' ? { role: primitive.role } : { role: primitive.role, flags: primitive };
}

/**
 * The resources of the XML with each bundle's replicas in the form of the text: short output has one line per replica, for
 * the contained resource, at the container's place (`lib/pengine/bundle.c`).
 */
export function asTextPrints(xml: readonly Resource[], text: readonly Resource[]): readonly Resource[] {
  const short = new Map<string, ReadonlySet<string>>();
  for (const resource of text) if (resource.kind === 'bundle') short.set(resource.id, shortNames(resource));
  return xml.map((resource) => {
    const names = short.get(resource.id);
    if (resource.kind !== 'bundle' || names === undefined || names.size === 0) return resource;
    return { ...resource, replicas: resource.replicas.map((replica) => shortened(replica, resource, names)) };
  });
}

function shortNames({ replicas }: Bundle): ReadonlySet<string> {
  return new Set(replicas.flatMap(({ members, name }) => (members.length === 0 && name !== undefined ? [name] : [])));
}

function shortened(replica: BundleReplica, { technology }: Bundle, names: ReadonlySet<string>): BundleReplica {
  const container = replica.members.find(({ agent }) => agent === `ocf:heartbeat:${technology}`);
  const remote = replica.members.find(({ agent }) => agent === 'ocf:pacemaker:remote');
  const name = (remote ?? container)?.id;
  if (name === undefined || !names.has(name)) return replica;
  const shown = replica.members.find((member) => isInside(member, container, remote)) ?? container;
  return {
    ...replica,
    name,
    role: shown?.role ?? replica.role,
    nodes: container?.nodes ?? [],
    ...(shown === undefined ? {} : { flags: shown }),
    members: [],
  };
}

/** Whether a member is the contained resource: neither the container, nor the connection, nor the address. */
function isInside(member: Primitive, container: Primitive | undefined, remote: Primitive | undefined): boolean {
  return member !== container && member !== remote && !/-ip-[\da-f.:]+$/i.test(member.id);
}

/** `ha-host1: pcs status says offline, crm_mon says online`. */
export function disagreement(subject: string, text: string, xml: string): string {
  return `${subject}: pcs status says ${text}, crm_mon says ${xml}`;
}
