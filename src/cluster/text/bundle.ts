import type { Bundle, BundleReplica, Primitive } from '../../model/cluster-state.js';
import type { Open } from './draft.js';
import type { OpenBundle } from './open-resources.js';

export type OpenReplica = Open<BundleReplica> & { readonly members: Primitive[] };

export function newReplica(index?: number): OpenReplica {
  return { role: 'Unknown', nodes: [], members: [], ...(index === undefined ? {} : { index }) };
}

/** One line a replica: its name, its address, the agent of what runs inside, and where its container runs. */
export function addShortReplica({ bundle }: OpenBundle, instance: Primitive, address: string | undefined): void {
  const { kind: _, id, agent, role, nodes, lockedTo: __, ...flags } = instance;
  const index = indexOf(bundle, id);
  bundle.replicas.push({
    ...newReplica(index),
    name: id,
    ...(address === undefined ? {} : { address }),
    agent,
    role,
    nodes,
    flags,
  });
}

/**
 * Whether a line right under the bundle is a whole replica, not a part of the only one: it has an address or, where the
 * bundle has none, the name of the connection or the container. A part is named so too, but another one or the agent of
 * the connection tells it (`pe__bundle_replica_output_text` and `pe__bundle_text` of pacemaker's `lib/pengine/bundle.c`).
 */
export function isShortReplica({ bundle, parts }: OpenBundle, instance: Primitive, address?: string): boolean {
  if (address !== undefined) return true;
  return parts === undefined && instance.agent !== 'ocf:pacemaker:remote' && indexOf(bundle, instance.id) !== undefined;
}

/** A part: the address, what runs inside, the container or the connection. The container tells where the replica runs. */
export function addPart(bundle: OpenBundle['bundle'], replica: OpenReplica, part: Primitive): void {
  if (replica.members.length === 0) bundle.replicas.push(replica);
  replica.members.push(part);
  const [, technology, index] = nameOf(bundle, part.id) ?? [];
  if (index !== undefined) replica.index ??= Number(index);
  if (technology === undefined) return;
  bundle.technology ??= technology;
  replica.role = part.role;
  replica.nodes = part.nodes;
}

function indexOf(bundle: Bundle, id: string): number | undefined {
  const index = nameOf(bundle, id)?.[2];
  return index === undefined ? undefined : Number(index);
}

/** `BUNDLE-0` and `BUNDLE-docker-0`: `create_remote_resource` and `create_container_resource` make these ids. */
function nameOf(bundle: Bundle, id: string): readonly (string | undefined)[] | null {
  return id.startsWith(`${bundle.id}-`)
    ? /^-(?:(docker|podman|rkt)-)?(\d{1,6})$/.exec(id.slice(bundle.id.length))
    : null;
}
