import type { NodeState, NodeType } from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import type { Open, Section, StatusDraft, StatusLine } from './draft.js';

const TYPES: Readonly<Record<string, NodeType>> = {
  Remote: 'remote',
  Guest: 'guest',
  Container: 'guest',
};

const BRACKETED = /^(Remote|Guest)?(Online|OFFLINE|Standby|Maintenance|Pending): ?\[([^[\]]*)\]$/;
const CONTAINERS = /^Containers: ?\[([^[\]]*)\]$/;
const SINGLE = /^(Remote|Guest|Container)?Node ([^\s()[\]]+?)(?: \(([^()]*)\))?: (.+?):?$/;

/** `Online: [ a b ]`, `RemoteOFFLINE: [ c ]`, and one line `Node d: standby` for each node in any other condition. */
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
  const state = conditionOf(baseNamed(listed?.[2]));
  const nodes = namesIn(names)?.map(({ name, id }): NodeState => nodeOf(name, type, id, state));
  if (nodes === undefined) return false;
  delete draft.node;
  return nodes.map((node) => addNode(draft, node)).every(Boolean);
}

/** In output grouped by node the node's resources follow: under `Resources:` since 2.0.3, directly below before that. */
function readSingle({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, prefix, name, id, printed] = SINGLE.exec(text) ?? [];
  if (name === undefined || printed === undefined) return false;
  const state = parseNodeState(printed);
  if (state === undefined) return false;
  const node = nodeOf(name, typeOf(prefix), id, state);
  draft.node = { name: node.name, indent };
  return addNode(draft, node);
}

/** Names, each followed by its id in brackets with `crm_mon -R` up to 2.1.4. */
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

/** A guest is printed as `guest@node` with details, and as `guest:resource` up to 1.1.12. */
function nodeOf(printed: string, type: NodeType, id: string | undefined, state: Partial<NodeState>): NodeState {
  const at = type === 'guest' ? printed.search(/[@:]/) : -1;
  const host = at < 0 ? '' : printed.slice(at + 1);
  return {
    ...conditionOf(),
    ...state,
    name: at < 0 ? printed : printed.slice(0, at),
    type,
    ...defined({ id, host: host || undefined }),
  };
}

/**
 * False for a node without a name, or with another state than the one read before. A node that was given a new id is
 * printed twice, the stale entry with the old id: `Node a (1084752143): UNCLEAN (offline)` above `Online: [ a b ]`.
 */
function addNode(draft: StatusDraft, node: NodeState): boolean {
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

const PCS_LINE = /^(Online|Standby with resource\(s\) running|Standby|Maintenance|Offline):(.*)$/;

/** `pcs status nodes` prints a node in standby and in maintenance twice (`pcs/status.py`). */
export const pcsNodes: Section = pcsNodesOf('pacemaker nodes:', 'member');
export const pcsRemoteNodes: Section = pcsNodesOf('pacemaker remote nodes:', 'remote');

function pcsNodesOf(title: string, type: NodeType): Section {
  return {
    part: 'nodes',
    titles: [title],
    open(_, draft) {
      draft.layout.nodesOnly = true;
      draft.printed.add('nodes');
    },
    read({ text }, draft) {
      const [, word, names] = PCS_LINE.exec(text) ?? [];
      if (word === undefined || names === undefined) return false;
      const added = names
        .split(/\s+/)
        .filter(Boolean)
        .map((name) => addPcsNode(draft, { ...pcsStateOf(word), name, type }));
      return added.every(Boolean);
    },
  };
}

function pcsStateOf(printed: string): Omit<NodeState, 'name' | 'type'> {
  const [word = ''] = printed.split(' ');
  return { ...conditionOf(baseNamed(word)), ...defined({ standbyWithResources: word !== printed || undefined }) };
}

function addPcsNode(draft: StatusDraft, node: NodeState): boolean {
  const { standby = false, maintenance = false } = draft.nodes.get(node.name) ?? {};
  if (!(standby && node.maintenance) && !(maintenance && node.standby)) return addNode(draft, node);
  draft.nodes.set(node.name, { ...draft.nodes.get(node.name), ...node, standby: true, maintenance: true });
  return true;
}

type PrintedCondition = Omit<NodeState, 'name' | 'id' | 'type' | 'host'>;

const BASES = ['online', 'offline', 'standby', 'maintenance', 'pending', 'unclean'] as const;
type Base = (typeof BASES)[number];

/** What `node_text_status` of pacemaker's `lib/pengine/pe_output.c` may print in brackets, and the health after it. */
const QUALITIES: Readonly<Record<string, Partial<PrintedCondition>>> = {
  online: {},
  offline: { online: false },
  pending: { online: false, pending: true },
  standby: { standby: true },
  maintenance: { maintenance: true },
  'on-fail': { standbyOnFail: true },
  'with active resources': { standbyWithResources: true },
  'health is red': { health: 'red' },
  'health is yellow': { health: 'yellow' },
  'health is green': { health: 'green' },
};

/** `UNCLEAN (online)`, `standby (on-fail)`, `online (health is RED), feature set 3.19.0` …; `undefined` for anything else. */
function parseNodeState(printed: string): PrintedCondition | undefined {
  const [, word = '', brackets = '', featureSet] =
    /^([A-Za-z]+)((?: \([^()]*\))*)(?:, feature set (\S+))?$/.exec(printed) ?? [];
  const base = baseNamed(word);
  if (base === undefined) return undefined;
  const node: Open<PrintedCondition> = conditionOf(base);
  if (featureSet !== undefined) node.featureSet = featureSet;
  for (const [, inside = ''] of brackets.matchAll(/\(([^()]*)\)/g)) {
    for (const quality of inside.toLowerCase().split(', ')) {
      if (!Object.hasOwn(QUALITIES, quality)) return undefined;
      Object.assign(node, QUALITIES[quality]);
    }
  }
  return node;
}

function baseNamed(word: string | undefined): Base | undefined {
  return BASES.find((known) => known === word?.toLowerCase());
}

/** A pending node has not joined yet and runs nothing, so it is not online. After `UNCLEAN`, brackets name the condition. */
function conditionOf(base: Base = 'online'): PrintedCondition {
  return {
    online: base !== 'offline' && base !== 'pending',
    standby: base === 'standby',
    maintenance: base === 'maintenance',
    pending: base === 'pending',
    unclean: base === 'unclean',
  };
}

/** The union of two lines on the same node; `undefined` where they contradict each other. */
function mergedNode(first: NodeState | undefined, second: NodeState): NodeState | undefined {
  if (first === undefined) return second;
  const keys = ['type', 'online', 'standby', 'maintenance', 'pending', 'unclean'] as const;
  return keys.every((key) => first[key] === second[key]) ? { ...first, ...second } : undefined;
}
