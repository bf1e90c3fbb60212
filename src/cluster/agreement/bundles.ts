import type { Bundle, BundleReplica, Primitive, Resource } from '../../model/cluster-state.js';

/**
 * The resources of XML with each bundle's replicas as the text prints them: in short form text gives one line for a
 * replica, of what runs in its container, at the container's place (`lib/pengine/bundle.c`).
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
  const told = replica.members.find((member) => isInside(member, container, remote)) ?? container;
  return {
    ...replica,
    name,
    role: told?.role ?? replica.role,
    nodes: container?.nodes ?? [],
    ...(told === undefined ? {} : { flags: told }),
    members: [],
  };
}

/** Neither its container, nor its connection, nor its address. */
function isInside(member: Primitive, container: Primitive | undefined, remote: Primitive | undefined): boolean {
  return member !== container && member !== remote && !/-ip-[\da-f.:]+$/i.test(member.id);
}
