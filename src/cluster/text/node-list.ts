import type { NodeState, NodeType } from '../../model/cluster-state.js';
import type { StatusDraft } from './draft.js';
import { conditionOf, mergedNode, parseNodeState } from './node-state.js';
import type { Section, StatusLine } from './section.js';

const TYPES: Readonly<Record<string, NodeType>> = {
  Remote: 'remote',
  Guest: 'guest',
  Container: 'guest',
};

const BRACKETED = /^(Remote|Guest)?(Online|OFFLINE|Standby|Maintenance|Pending): ?\[([^[\]]*)\]$/;
const CONTAINERS = /^Containers: ?\[([^[\]]*)\]$/;
const SINGLE = /^(Remote|Guest|Container)?Node ([^\s()[\]]+?)(?: \(([^()]*)\))?: (.+?):?$/;

/** `Online: [ a b ]`, `RemoteOFFLINE: [ c ]`, and one `Node d: standby` a node for everything out of the ordinary. */
export const nodeList: Section = {
  part: 'nodes',
  titles: ['node list:'],
  open(_, { layout }) {
    layout.recent = true;
  },
  read: (line, draft) => readBracketed(line, draft) || readSingle(line, draft),
};

function readBracketed({ text }: StatusLine, draft: StatusDraft): boolean {
  const listed = BRACKETED.exec(text);
  const names = listed?.[3] ?? CONTAINERS.exec(text)?.[1];
  if (names === undefined) return false;
  const type = listed === null ? 'guest' : typeOf(listed[1]);
  const state = conditionOf(wordOf(listed?.[2]));
  const nodes = namesIn(names)?.map(({ name, id }): NodeState => nodeOf(name, type, id, state));
  if (nodes === undefined) return false;
  delete draft.node;
  return nodes.map((node) => addNode(draft, node)).every(Boolean);
}

/** Output grouped by node goes on with what runs there: under `Resources:` since 2.0.3, before that at once. */
function readSingle({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, prefix, name, id, printed] = SINGLE.exec(text) ?? [];
  if (name === undefined || printed === undefined) return false;
  const state = parseNodeState(printed);
  if (state === undefined) return false;
  const node = nodeOf(name, typeOf(prefix), id, state);
  draft.node = { name: node.name, indent };
  return addNode(draft, node);
}

/** A name and, with `crm_mon -R` up to 2.1.4, its id behind it in brackets. */
function namesIn(list: string): readonly { name: string; id?: string }[] | undefined {
  const names: { name: string; id?: string }[] = [];
  for (const word of list.split(/\s+/).filter(Boolean)) {
    const id = /^\((.+)\)$/.exec(word)?.[1];
    const last = names.at(-1);
    if (id === undefined && !/[()]/.test(word)) names.push({ name: word });
    else if (id !== undefined && last !== undefined && last.id === undefined) last.id = id;
    else return undefined;
  }
  return names;
}

/** A guest is printed as `guest@node` where details are asked for, and as `guest:resource` up to 1.1.12. */
function nodeOf(printed: string, type: NodeType, id: string | undefined, state: Partial<NodeState>): NodeState {
  const at = type === 'guest' ? printed.search(/[@:]/) : -1;
  const host = at < 0 ? '' : printed.slice(at + 1);
  return {
    ...conditionOf('online'),
    ...state,
    name: at < 0 ? printed : printed.slice(0, at),
    type,
    ...(id === undefined ? {} : { id }),
    ...(host === '' ? {} : { host }),
  };
}

/**
 * False for a node without a name, or of which another state was read before. A node that was given a new id is printed
 * twice, once as what is left of the old one: `Node a (1084752143): UNCLEAN (offline)` above `Online: [ a b ]`.
 */
export function addNode(draft: StatusDraft, node: NodeState): boolean {
  draft.printed.add('nodes');
  if (node.name === '') return false;
  const first = draft.nodes.get(node.name);
  const isOther = first?.id !== undefined && first.id !== node.id;
  for (const key of isOther ? [node.name, `${node.name}\n`] : [node.name]) {
    const merged = mergedNode(draft.nodes.get(key), node);
    if (merged === undefined) continue;
    draft.nodes.set(key, merged);
    return true;
  }
  return false;
}

function typeOf(prefix: string | undefined): NodeType {
  return (prefix === undefined ? undefined : TYPES[prefix]) ?? 'member';
}

function wordOf(word: string | undefined): 'online' | 'offline' | 'standby' | 'maintenance' | 'pending' {
  switch (word) {
    case 'OFFLINE':
      return 'offline';
    case 'Standby':
      return 'standby';
    case 'Maintenance':
      return 'maintenance';
    case 'Pending':
      return 'pending';
    default:
      return 'online';
  }
}
