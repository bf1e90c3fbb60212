import type { ClusterState, NodeState } from '../../model/cluster-state.js';
import { line } from './wording.js';

/** Where both print their nodes. */
export function nodeDisagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  if (!listsNodes(text) || !listsNodes(xml)) return [];
  const inXml = new Map(xml.nodes.map((node) => [node.name, node]));
  const inText = new Set(text.nodes.map(({ name }) => name));
  return [
    ...text.nodes.flatMap((node) => {
      const other = inXml.get(node.name);
      if (other !== undefined) return differences(node, other);
      return xml.truncated.length > 0 ? [] : [line(node.name, wordOf(node), 'nothing of it')];
    }),
    ...xml.nodes.flatMap((node) =>
      inText.has(node.name) || isLeftOut(node) || text.truncated.length > 0
        ? []
        : [line(node.name, 'nothing of it', wordOf(node))],
    ),
  ];
}

function listsNodes({ nodes, printed }: ClusterState): boolean {
  return nodes.length > 0 || printed.includes('nodes');
}

function differences(text: NodeState, xml: NodeState): readonly string[] {
  return [
    ...(text.type === xml.type ? [] : [line(text.name, `a ${text.type}`, `a ${xml.type}`)]),
    ...(wordOf(text) === wordOf(xml) ? [] : [line(text.name, wordOf(text), wordOf(xml))]),
    ...(text.featureSet === undefined || xml.featureSet === undefined || text.featureSet === xml.featureSet
      ? []
      : [line(text.name, `feature set ${text.featureSet}`, `feature set ${xml.featureSet}`)]),
  ];
}

/** Text leaves out guests that are simply offline, unless asked for details (`lib/pengine/pe_output.c`). */
function isLeftOut(node: NodeState): boolean {
  return node.type === 'guest' && wordOf(node) === 'offline';
}

/**
 * The one word that text has for a node, where XML has all its properties side by side: what is printed first hides the
 * rest, as node_text_status in `lib/pengine/pe_output.c` decides.
 */
function wordOf({ online, standby, maintenance, pending, unclean }: NodeState): string {
  if (unclean) return `UNCLEAN (${online ? 'online' : pending ? 'pending' : 'offline'})`;
  if (pending) return 'pending';
  if (standby) return online ? 'standby' : 'offline (standby)';
  if (maintenance) return online ? 'maintenance' : 'offline (maintenance)';
  return online ? 'online' : 'offline';
}
