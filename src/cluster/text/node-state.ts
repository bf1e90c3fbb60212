import type { NodeState } from '../../model/cluster-state.js';
import type { Open } from './draft.js';

type NodeCondition = Omit<NodeState, 'name' | 'id' | 'type' | 'host'>;

const BASES = ['online', 'offline', 'standby', 'maintenance', 'pending', 'unclean'] as const;
type Base = (typeof BASES)[number];

/** What `node_text_status` of pacemaker's `lib/pengine/pe_output.c` may put in brackets, and the health behind it. */
const QUALITIES: Readonly<Record<string, (node: Open<NodeCondition>) => void>> = {
  online: () => undefined,
  offline: (node) => {
    node.online = false;
  },
  pending: (node) => {
    node.online = false;
    node.pending = true;
  },
  standby: (node) => {
    node.standby = true;
  },
  maintenance: (node) => {
    node.maintenance = true;
  },
  'on-fail': (node) => {
    node.standbyOnFail = true;
  },
  'with active resources': (node) => {
    node.standbyWithResources = true;
  },
  'health is red': (node) => {
    node.health = 'red';
  },
  'health is yellow': (node) => {
    node.health = 'yellow';
  },
  'health is green': (node) => {
    node.health = 'green';
  },
};

/** `UNCLEAN (online)`, `standby (on-fail)`, `online (health is RED), feature set 3.19.0` …; `undefined` for other words. */
export function parseNodeState(printed: string): NodeCondition | undefined {
  const [, word = '', brackets = '', featureSet] =
    /^([A-Za-z]+)((?: \([^()]*\))*)(?:, feature set (\S+))?$/.exec(printed) ?? [];
  const base = BASES.find((known) => known === word.toLowerCase());
  if (base === undefined) return undefined;
  const node: Open<NodeCondition> = conditionOf(base);
  if (featureSet !== undefined) node.featureSet = featureSet;
  for (const [, inside = ''] of brackets.matchAll(/\(([^()]*)\)/g)) {
    for (const quality of inside.toLowerCase().split(', ')) {
      if (!Object.hasOwn(QUALITIES, quality)) return undefined;
      QUALITIES[quality]?.(node);
    }
  }
  return node;
}

/** A pending node has not joined yet and runs nothing, so it does not count as online; `UNCLEAN` says in brackets which. */
export function conditionOf(base: Base): NodeCondition {
  return {
    online: base !== 'offline' && base !== 'pending',
    standby: base === 'standby',
    maintenance: base === 'maintenance',
    pending: base === 'pending',
    unclean: base === 'unclean',
  };
}

/** Adds what a second line says of the same node; `undefined` where it contradicts the first. */
export function mergedNode(first: NodeState | undefined, second: NodeState): NodeState | undefined {
  if (first === undefined) return second;
  const keys = ['type', 'online', 'standby', 'maintenance', 'pending', 'unclean'] as const;
  return keys.every((key) => first[key] === second[key]) ? { ...first, ...second } : undefined;
}
