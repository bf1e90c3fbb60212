import type { Primitive } from '../../model/cluster-state.js';
import { foldAgent } from '../words.js';
import { addPart, addShortReplica, isShortReplica, newReplica } from './bundle.js';
import { mayHold } from './containers.js';
import type { StatusDraft } from './draft.js';
import { parseInstanceState } from './instance-state.js';
import { addResource, type OpenBundle, parentFor } from './open-resources.js';
import type { StatusLine } from './section.js';

/** `ID\t(CLASS:PROVIDER:TYPE):\tSTATE`; a bundle's replica has its address behind the id. */
const INSTANCE = /^([^\s()[\]]+)(?:\s+\(([^()\s]*)\))?\s+\(([^()\s]+)\):\s*(.*)$/;
/** A list that goes on below: up to 1.1.7, where a primitive is active on several nodes. */
const BEGUN_LIST = /\[$/;

export function readInstance(line: StatusLine, draft: StatusDraft): boolean {
  const [, id, address, agent, rest = ''] = INSTANCE.exec(line.text) ?? [];
  if (id === undefined || !agent?.includes(':')) return false;
  if (BEGUN_LIST.test(rest)) return hold(line, draft);
  const under = nodeAbove(line, draft, rest);
  const state = parseInstanceState(rest, under);
  if (state === undefined) return false;
  const instance: Primitive = { kind: 'primitive', id, agent: foldAgent(agent), ...state };
  if (under !== undefined) {
    draft.printed.add('resources');
    draft.underNodes.push(instance);
    return true;
  }
  return place(line, draft, instance, address);
}

/** The node this is printed under. Where indentation was lost, it is the one that a state without a node follows. */
function nodeAbove({ indent }: StatusLine, { node }: StatusDraft, rest: string): string | undefined {
  if (node === undefined) return undefined;
  if (indent > node.indent) return node.name;
  const alone = parseInstanceState(rest);
  return alone !== undefined && alone.nodes.length === 0 && alone.role !== 'Stopped' ? node.name : undefined;
}

function place({ indent }: StatusLine, draft: StatusDraft, instance: Primitive, address?: string): boolean {
  const parent = parentFor(draft, indent, (open) => mayHold(open, instance.id));
  if (parent?.kind === 'bundle') placeInBundle(draft, parent, instance, address);
  else if (parent?.kind === 'replica') addPart(parent.bundle, parent.replica, instance);
  else addResource(draft, parent, instance);
  return true;
}

function placeInBundle(draft: StatusDraft, open: OpenBundle, instance: Primitive, address?: string): void {
  if (isShortReplica(open, instance, address)) {
    draft.layout.summarised = true;
    addShortReplica(open, instance, address);
    return;
  }
  open.parts ??= newReplica();
  addPart(open.bundle, open.parts, instance);
}

function hold({ raw, text, indent }: StatusLine, draft: StatusDraft): boolean {
  draft.held = { raws: [raw], text, indent };
  return true;
}

/** A node of a begun list, a line each, or its end: `1 : a`, `a`, `]`. */
export function readHeld({ raw, text, indent, bullet }: StatusLine, draft: StatusDraft): boolean {
  const { held } = draft;
  const [, name] = /^(?:\d{1,3} : )?([^\s()[\]]+)$/.exec(text) ?? [];
  if (held?.indent === undefined || (name === undefined && text !== ']')) return false;
  held.raws.push(raw);
  held.text += ` ${name ?? text}`;
  if (name !== undefined) return true;
  delete draft.held;
  return readInstance({ raw, text: held.text, indent: Math.min(indent, held.indent), bullet }, draft);
}
