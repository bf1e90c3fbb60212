import { roundOnly } from './brackets.js';
import { newReplica, type OpenReplica } from './bundle.js';
import type { StatusDraft } from './draft.js';
import { containerFlags } from './flags.js';
import {
  addResource,
  type OpenBundle,
  type OpenClone,
  type OpenGroup,
  type OpenPart,
  type OpenResource,
  parentFor,
} from './open-resources.js';
import type { StatusLine } from './section.js';

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
  const said = flagsIn(rest);
  if (id === undefined || said === undefined) return false;
  const clone: OpenClone['clone'] = {
    kind: 'clone',
    id,
    ...(child === undefined ? {} : { child }),
    promotable: said.promotable || kind === 'Master/Slave',
    unique: said.unique,
    ...said.flags,
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
  const said = flagsIn(rest);
  if (id === undefined || said === undefined) return false;
  const group: OpenGroup['group'] = { kind: 'group', id, ...said.flags, members: [] };
  if (said.inactive !== undefined) group.notPrinted = said.inactive;
  const parent = parentFor(draft, indent, (open) => open.kind === 'clone' && isInstanceOf(open, id));
  addResource(draft, parent, group);
  push(draft, text, { kind: 'group', indent, group, counted: new Set() });
  return true;
}

function readBundle({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, technology, id, image, rest] = BUNDLE.exec(text) ?? [];
  const said = flagsIn(rest);
  if (id === undefined || image === undefined || said === undefined) return false;
  const bundle: OpenBundle['bundle'] = {
    kind: 'bundle',
    id,
    image,
    ...(technology === undefined ? {} : { technology: technology.toLowerCase() }),
    unique: said.unique,
    ...said.flags,
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

/** What indentation would tell, where it was lost: see `parentFor`. */
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
