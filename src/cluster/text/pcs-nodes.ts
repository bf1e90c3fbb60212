import type { NodeState, NodeType } from '../../model/cluster-state.js';
import type { StatusDraft } from './draft.js';
import { addNode } from './node-list.js';
import { conditionOf } from './node-state.js';
import type { Section } from './section.js';

const LINE = /^(Online|Standby with resource\(s\) running|Standby|Maintenance|Offline):(.*)$/;

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
      const [, word, names] = LINE.exec(text) ?? [];
      if (word === undefined || names === undefined) return false;
      const added = names
        .split(/\s+/)
        .filter(Boolean)
        .map((name) => add(draft, { ...stateOf(word), name, type }));
      return added.every(Boolean);
    },
  };
}

function stateOf(word: string): Omit<NodeState, 'name' | 'type'> {
  if (word === 'Offline') return conditionOf('offline');
  if (word === 'Maintenance') return conditionOf('maintenance');
  if (word === 'Online') return conditionOf('online');
  return { ...conditionOf('standby'), ...(word === 'Standby' ? {} : { standbyWithResources: true }) };
}

function add(draft: StatusDraft, node: NodeState): boolean {
  const { standby = false, maintenance = false } = draft.nodes.get(node.name) ?? {};
  if (!(standby && node.maintenance) && !(maintenance && node.standby)) return addNode(draft, node);
  draft.nodes.set(node.name, { ...draft.nodes.get(node.name), ...node, standby: true, maintenance: true });
  return true;
}
