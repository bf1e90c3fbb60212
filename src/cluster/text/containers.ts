import type { Bundle, Primitive, Resource } from '../../model/cluster-state.js';
import type {
  OpenBundle,
  OpenClone,
  OpenGroup,
  OpenPart,
  OpenReplica,
  OpenResource,
  StatusDraft,
  StatusLine,
} from './draft.js';
import { containerFlags, roundOnly } from './flags.js';

/** `Master/Slave Set` up to 2.0; pacemaker 1.0 does not print what is cloned. */
const CLONE = /^(Clone|Master\/Slave) Set: ([^\s()[\]]+)(?: \[([^\s()[\]]+)\])?( \(.*\))?:?$/;
const GROUP = /^Resource Group: ([^\s()[\]]+?)( \(.*\))?:?$/;
/** `Docker container set: …` in 1.1.17, the technology's name up to 1.1.18, `Container bundle` since. */
const BUNDLE = /^(?:Container bundle|(\w+) container)(?: set)?: ([^\s()[\]]+) \[([^[\]]*)\]( \(.*\))?:?$/;
const REPLICA = /^Replica\[(\d{1,6})\]:?$/;

/** A clone, group, bundle or replica, whose members follow. */
export function readContainer(line: StatusLine, draft: StatusDraft): boolean {
  if (!/^(?:\S+ )?(?:Set|Group|bundle|container|bundle set|container set): |^Replica\[/.test(line.text)) return false;
  return readClone(line, draft) || readGroup(line, draft) || readBundle(line, draft) || readReplica(line, draft);
}

function readClone({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, kind, id, child, rest] = CLONE.exec(text) ?? [];
  const printed = flagsIn(rest);
  if (id === undefined || printed === undefined) return false;
  const clone: OpenClone['clone'] = {
    kind: 'clone',
    id,
    ...(child === undefined ? {} : { child }),
    promotable: printed.promotable || kind === 'Master/Slave',
    unique: printed.unique,
    ...printed.flags,
    instances: [],
    stoppedOn: [],
  };
  parentFor(draft, indent, () => false);
  addResource(draft, undefined, clone);
  push(draft, text, { kind: 'clone', indent, clone });
  return true;
}

function readGroup({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, id, rest] = GROUP.exec(text) ?? [];
  const printed = flagsIn(rest);
  if (id === undefined || printed === undefined) return false;
  const group: OpenGroup['group'] = { kind: 'group', id, ...printed.flags, members: [] };
  if (printed.inactive !== undefined) group.notPrinted = printed.inactive;
  const parent = parentFor(draft, indent, (open) => open.kind === 'clone' && isInstanceOf(open, id));
  addResource(draft, parent, group);
  push(draft, text, { kind: 'group', indent, group, counted: new Set() });
  return true;
}

function readBundle({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, technology, id, image, rest] = BUNDLE.exec(text) ?? [];
  const printed = flagsIn(rest);
  if (id === undefined || image === undefined || printed === undefined) return false;
  const bundle: OpenBundle['bundle'] = {
    kind: 'bundle',
    id,
    image,
    ...(technology === undefined ? {} : { technology: technology.toLowerCase() }),
    unique: printed.unique,
    ...printed.flags,
    replicas: [],
  };
  parentFor(draft, indent, () => false);
  addResource(draft, undefined, bundle);
  push(draft, text, { kind: 'bundle', indent, bundle });
  return true;
}

function readReplica({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const index = REPLICA.exec(text)?.[1];
  const parent = parentFor(draft, indent, (open) => open.kind === 'bundle');
  if (index === undefined || parent?.kind !== 'bundle') return false;
  push(draft, text, { kind: 'replica', indent, bundle: parent.bundle, replica: newReplica(Number(index)) });
  return true;
}

function push(draft: StatusDraft, text: string, container: OpenResource): void {
  draft.open.push(container);
  draft.layout.bareTitle = text;
}

/** An instance of what is cloned, which may carry its number. */
function isInstanceOf({ clone }: OpenClone, id: string): boolean {
  return clone.child !== undefined && (id === clone.child || id.startsWith(`${clone.child}:`));
}

/** What indentation would show, where it was lost: see `parentFor`. */
export function mayHold(container: OpenResource, id: string): boolean {
  switch (container.kind) {
    case 'clone':
      return isInstanceOf(container, id);
    case 'bundle':
      return isPartOf(container, container.parts, id);
    case 'replica':
      return isPartOf(container, container.replica, id);
    default:
      return true;
  }
}

/** What runs inside has a name of its own; the container and the connection come last, and are named after the bundle. */
function isPartOf({ bundle }: OpenBundle | OpenPart, replica: OpenReplica | undefined, id: string): boolean {
  return replica?.role === 'Unknown' || id.startsWith(`${bundle.id}-`);
}

function flagsIn(rest: string | undefined): ReturnType<typeof containerFlags> | undefined {
  const brackets = roundOnly(rest ?? '');
  return brackets === undefined ? undefined : containerFlags(brackets);
}

/**
 * What a line stands in: the innermost container with less indentation. Where indentation was lost, the one that it `fits`.
 * What cannot have further members is forgotten, so that a text costs as many steps as it has lines.
 */
export function parentFor(
  { open }: StatusDraft,
  indent: number,
  fits: (container: OpenResource) => boolean,
): OpenResource | undefined {
  for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
    if (container.indent < indent) {
      container.indented = true;
      return container;
    }
    if (container.indent === indent && !container.indented && fits(container)) return container;
    open.pop();
  }
  return undefined;
}

export function addResource(draft: StatusDraft, parent: OpenResource | undefined, resource: Resource): boolean {
  draft.printed.add('resources');
  if (parent?.kind === 'clone' && (resource.kind === 'primitive' || resource.kind === 'group')) {
    parent.clone.instances.push(resource);
  } else if (parent?.kind === 'group' && resource.kind === 'primitive') parent.group.members.push(resource);
  else draft.resources.push(resource);
  return true;
}

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
 * the connection shows it (`pe__bundle_replica_output_text` and `pe__bundle_text` of pacemaker's `lib/pengine/bundle.c`).
 */
export function isShortReplica({ bundle, parts }: OpenBundle, instance: Primitive, address?: string): boolean {
  if (address !== undefined) return true;
  return parts === undefined && instance.agent !== 'ocf:pacemaker:remote' && indexOf(bundle, instance.id) !== undefined;
}

/** A part: the address, what runs inside, the container or the connection. The container's node is where the replica runs. */
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
