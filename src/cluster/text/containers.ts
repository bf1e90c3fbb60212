import type { Bundle, Primitive, Resource, ResourceFlags } from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import type {
  Open,
  OpenBundle,
  OpenClone,
  OpenGroup,
  OpenPart,
  OpenReplica,
  OpenResource,
  StatusDraft,
  StatusLine,
} from './draft.js';

/** `Master/Slave Set` up to 2.0; pacemaker 1.0 does not print the name of the cloned resource. */
const CLONE = /^(Clone|Master\/Slave) Set: ([^\s()[\]]+)(?: \[([^\s()[\]]+)\])?( \(.*\))?:?$/;
const GROUP = /^Resource Group: ([^\s()[\]]+?)( \(.*\))?:?$/;
/** `Docker container set: …` in 1.1.17, the technology's name up to 1.1.18, `Container bundle` since. */
const BUNDLE = /^(?:Container bundle|(\w+) container)(?: set)?: ([^\s()[\]]+) \[([^[\]]*)\]( \(.*\))?:?$/;
const REPLICA = /^Replica\[(\d{1,6})\]:?$/;

/** A clone, group, bundle or replica, whose members follow. */
export function readContainer(line: StatusLine, draft: StatusDraft): boolean {
  if (!/^(?:\S+ )?(?:Set|Group|bundle|container|bundle set|container set): |^Replica\[/.test(line.text)) return false;
  if (readClone(line, draft) || readGroup(line, draft) || readBundle(line, draft) || readReplica(line, draft))
    return true;
  // What follows belongs to this one, which is not understood, and to none of those above.
  parentFor(draft, line.indent, () => false);
  return false;
}

function readClone({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, kind, id, child, rest] = CLONE.exec(text) ?? [];
  const printed = flagsIn(rest);
  if (id === undefined || printed === undefined) return false;
  const clone: OpenClone['clone'] = {
    kind: 'clone',
    id,
    ...defined({ child }),
    promotable: printed.promotable || kind === 'Master/Slave',
    unique: printed.unique,
    ...printed.flags,
    instances: [],
    stoppedOn: [],
  };
  parentFor(draft, indent, () => false);
  addResource(draft, undefined, clone);
  push(draft, text, { kind: 'clone', indent, clone, stoppedAlready: new Set() });
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
    ...defined({ technology: technology?.toLowerCase() }),
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
  const parent = index === undefined ? undefined : parentFor(draft, indent, (open) => open.kind === 'bundle');
  if (index === undefined || parent?.kind !== 'bundle') return false;
  push(draft, text, { kind: 'replica', indent, bundle: parent.bundle, replica: newReplica(Number(index)) });
  return true;
}

function push(draft: StatusDraft, text: string, container: OpenResource): void {
  draft.open.push(container);
  draft.layout.bareTitle = text;
}

/** An instance of the cloned resource, with or without its number. */
function isInstanceOf({ clone }: OpenClone, id: string): boolean {
  return clone.child !== undefined && (id === clone.child || id.startsWith(`${clone.child}:`));
}

/** Whether a container may hold this resource, where pasting lost the indentation: see `parentFor`. */
export function mayHold(container: OpenResource, instance: Primitive): boolean {
  const { id } = instance;
  switch (container.kind) {
    case 'group':
      return mayFollow(container, instance);
    case 'clone':
      return isInstanceOf(container, id);
    case 'bundle':
      return isPartOf(container, container.parts, id);
    case 'replica':
      return isPartOf(container, container.replica, id);
  }
}

/** Members start in order, so a resource that runs is no member after one that is stopped. */
function mayFollow({ group }: OpenGroup, { role, managed }: Primitive): boolean {
  const isHeldBack = group.members.some((member) => member.role === 'Stopped' && member.managed);
  return !(isHeldBack && managed && role === 'Started');
}

/** The contained resource has a name of its own; the container and the connection follow it and are named after the bundle. */
function isPartOf({ bundle }: OpenBundle | OpenPart, replica: OpenReplica | undefined, id: string): boolean {
  return replica?.role === 'Unknown' || id.startsWith(`${bundle.id}-`);
}

function flagsIn(rest: string | undefined): ReturnType<typeof containerFlags> | undefined {
  const brackets = roundOnly(rest ?? '');
  return brackets === undefined ? undefined : containerFlags(brackets);
}

/**
 * The container of a line: the innermost one with less indentation or, where pasting lost the indentation, the one that it
 * `fits`. Containers that cannot have further members are removed, so that the cost grows with the number of lines only.
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

export function addResource(draft: StatusDraft, parent: OpenResource | undefined, resource: Resource): void {
  draft.printed.add('resources');
  if (parent?.kind === 'clone' && (resource.kind === 'primitive' || resource.kind === 'group')) {
    parent.clone.instances.push(resource);
  } else if (parent?.kind === 'group' && resource.kind === 'primitive') parent.group.members.push(resource);
  else draft.found.resources.push(resource);
}

export function newReplica(index?: number): OpenReplica {
  return { role: 'Unknown', nodes: [], members: [], ...defined({ index }) };
}

/** Short output has one line per replica: its name and address, the agent of the contained resource, and the container's node. */
export function addShortReplica({ bundle }: OpenBundle, instance: Primitive, address: string | undefined): void {
  const { kind: _, id, agent, role, nodes, lockedTo: __, ...flags } = instance;
  const index = indexOf(bundle, id);
  bundle.replicas.push({
    ...newReplica(index),
    name: id,
    ...defined({ address }),
    agent,
    role,
    nodes,
    flags,
  });
}

/**
 * Whether a line directly below the bundle is a whole replica and not a part of the only one: it has an address or, where
 * the bundle has none, the name of the connection or the container. A part has such a name too, but follows another part or
 * has the connection's agent (`pe__bundle_replica_output_text` and `pe__bundle_text` of pacemaker's `lib/pengine/bundle.c`).
 */
export function isShortReplica({ bundle, parts }: OpenBundle, instance: Primitive, address?: string): boolean {
  if (address !== undefined) return true;
  return parts === undefined && instance.agent !== 'ocf:pacemaker:remote' && indexOf(bundle, instance.id) !== undefined;
}

/** Adds a part of a replica: the address, the contained resource, the container or the connection. The replica runs on the container's node. */
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

export const NO_FLAGS: ResourceFlags = {
  managed: true,
  disabled: false,
  blocked: false,
  failed: false,
  orphaned: false,
};

/** What the brackets after a container's id may hold. */
interface ContainerFlags {
  readonly flags: ResourceFlags;
  readonly promotable: boolean;
  readonly unique: boolean;
  /** `(2 members inactive)`. */
  readonly inactive?: number;
}

type InstanceFlags = ResourceFlags & Pick<Primitive, 'pending' | 'unclean'> & { readonly locked?: true | string };

/** The conditions of every release (`pcmk__native_output_string`, `clone_header`, `group_header`, `pe__bundle_text`). */
const FLAGS: Readonly<Record<string, Partial<ResourceFlags>>> = {
  unmanaged: { managed: false },
  disabled: { disabled: true },
  'target-role:stopped': { disabled: true },
  blocked: { blocked: true },
  failed: { failed: true },
  'failure ignored': { failureIgnored: true },
  orphaned: { orphaned: true },
  removed: { orphaned: true },
  // Printed since 2.1.9 in place of `unmanaged`, which it implies.
  maintenance: { maintenance: true, managed: false },
};

/** Pending operations that are printed in brackets; they do not change the role. */
const PENDING = ['Monitoring', 'Checking'];

/** The flags among the words in brackets; other words belong to a description, which is free text. */
export function instanceFlags(brackets: readonly string[]): InstanceFlags {
  const flags: Open<InstanceFlags> = { ...NO_FLAGS };
  for (const word of wordsIn(brackets)) {
    const lock = /^LOCKED(?: (\S+))?$/.exec(word);
    if (lock !== null) flags.locked = lock[1] ?? true;
    else if (word === 'UNCLEAN') flags.unclean = true;
    else if (PENDING.includes(word)) flags.pending = word;
    else setFlag(flags, word);
  }
  return flags;
}

function containerFlags(brackets: readonly string[]): ContainerFlags {
  const flags: Open<ResourceFlags> = { ...NO_FLAGS };
  const kind: Open<Omit<ContainerFlags, 'flags'>> = { promotable: false, unique: false };
  for (const word of wordsIn(brackets)) {
    const inactive = /^(\d{1,9}) members? inactive$/.exec(word)?.[1];
    if (inactive !== undefined) kind.inactive = Number(inactive);
    else if (word === 'promotable') kind.promotable = true;
    else if (word === 'unique') kind.unique = true;
    else setFlag(flags, word);
  }
  return { flags, ...kind };
}

function wordsIn(brackets: readonly string[]): readonly string[] {
  return brackets.flatMap((bracket) => bracket.split(',').map((part) => part.trim()));
}

function setFlag(flags: Open<ResourceFlags>, word: string): void {
  const name = word.toLowerCase().replace(/^target-role: /, 'target-role:');
  if (Object.hasOwn(FLAGS, name)) Object.assign(flags, FLAGS[name]);
}

/** Words, `(…)` and `[…]` of a text, in order. */
interface Token {
  readonly kind: 'word' | 'round' | 'square';
  /** Without its brackets. */
  readonly text: string;
}

/** Round brackets may be nested once (a description is free text). The alternatives cannot match the same character, so matching is linear. */
const TOKEN = /\s+|\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^[\]]*)\]|[^\s()[\]]+/y;

/** `undefined` where brackets are not balanced. */
export function tokensOf(source: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) return undefined;
    const [whole, round, square] = match;
    if (round !== undefined) tokens.push({ kind: 'round', text: round });
    else if (square !== undefined) tokens.push({ kind: 'square', text: square });
    else if (whole.trim() !== '') tokens.push({ kind: 'word', text: whole });
  }
  return tokens;
}

/** The texts of the round brackets, where `source` consists of nothing else; otherwise `undefined`. */
export function roundOnly(source: string): readonly string[] | undefined {
  const tokens = tokensOf(source);
  return tokens?.every(({ kind }) => kind === 'round') ? tokens.map(({ text }) => text) : undefined;
}
