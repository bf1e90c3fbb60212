import type { Primitive, ResourceRole } from '../../model/cluster-state.js';
import { roleFromWord } from '../words.js';
import { roundOnly } from './brackets.js';
import type { StatusDraft } from './draft.js';
import { instanceFlags, NO_FLAGS } from './flags.js';
import { addResource, type OpenClone, parentFor } from './open-resources.js';
import type { StatusLine } from './section.js';

const SUMMARY = /^([A-Za-z]+)((?: \([^()]*\))*): ?\[([^[\]]*)\]$/;

/** `Started: [ a b ]` below a clone stands for one instance a node; the agent is not printed then. */
export function readSummary({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, word, brackets, names] = SUMMARY.exec(text) ?? [];
  const role = word === undefined ? undefined : roleFromWord(word);
  const said = roundOnly(brackets ?? '');
  if (role === undefined || said === undefined || names === undefined) return false;
  const parent = parentFor(draft, indent, ({ kind }) => kind === 'clone');
  if (parent?.kind !== 'clone') return false;
  draft.layout.summarised = true;
  const flags = instanceFlags(said);
  for (const name of names.split(/\s+/).filter(Boolean)) {
    const isNode = !isNumbered(parent, name);
    const stopped = role === 'Stopped';
    if (isNode && stopped) parent.clone.stoppedOn.push(name);
    const instance = instanceOf(parent, role, isNode ? undefined : name, isNode && !stopped ? [name] : []);
    addResource(draft, parent, flags.disabled ? { ...instance, disabled: true } : instance);
  }
  return true;
}

/** Up to 1.1.8, and where instances are unique, what is stopped is listed by instance, `Stopped: [ ping:1 ]`, not by node. */
function isNumbered({ clone: { child } }: OpenClone, name: string): boolean {
  return child !== undefined && name.startsWith(`${child}:`) && /^\d+$/.test(name.slice(child.length + 1));
}

function instanceOf(
  { clone }: OpenClone,
  role: ResourceRole,
  numbered: string | undefined,
  nodes: string[],
): Primitive {
  return { kind: 'primitive', id: numbered ?? clone.child ?? clone.id, agent: '', role, nodes, ...NO_FLAGS };
}
