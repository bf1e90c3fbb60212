import { type ClusterState, EMPTY_STATE, type StatusPart } from '../../model/cluster-state.js';
import { childNamed, childrenNamed, type XmlElement } from '../xml-tree.js';
import { instancesByNode } from './by-node.js';
import { failureOf, fencingOf } from './failures.js';
import { attributesOf, banOf, failCountsOf, ticketOf } from './lists.js';
import { nodeOf } from './nodes.js';
import { resourceOf, surroundingsOf } from './resources.js';
import { summaryOf } from './summary.js';

/** What `<crm_mon>` or `<pacemaker-result>` tells of the cluster; of lists that are cut off, the entries that are whole. */
export function stateOf(root: XmlElement): ClusterState {
  const entries = (list: string, name: string): readonly XmlElement[] =>
    childrenNamed(childNamed(root, list), name).filter(({ whole }) => whole);
  const nodeElements = entries('nodes', 'node');
  const nodes = nodeElements.map(nodeOf);
  const around = surroundingsOf(nodes);
  const listed = (childNamed(root, 'resources')?.children ?? []).flatMap((element) =>
    element.whole ? (resourceOf(element, around) ?? []) : [],
  );
  const fencingHistory = entries('fence_history', 'fence_event').map(fencingOf);
  return {
    ...EMPTY_STATE,
    ...summaryOf(childNamed(root, 'summary')),
    nodes,
    resources: [...instancesByNode(nodeElements, listed, around), ...listed],
    failedActions: entries('failures', 'failure').map(failureOf),
    failedFencing: fencingHistory.filter(({ status }) => status === 'failed'),
    fencingHistory,
    tickets: entries('tickets', 'ticket').map(ticketOf),
    bans: entries('bans', 'ban').map(banOf),
    attributes: entries('node_attributes', 'node').flatMap(attributesOf),
    failCounts: entries('node_history', 'node').flatMap(failCountsOf),
    errors: fencingErrors(childNamed(root, 'fence_history')),
    printed: printedIn(root),
  };
}

/** Element to the parts of a status that it stands for; failed fencing is picked from the history. */
const PARTS: Readonly<Record<string, readonly StatusPart[]>> = {
  summary: ['summary'],
  nodes: ['nodes'],
  resources: ['resources'],
  node_attributes: ['attributes'],
  node_history: ['operations', 'migration'],
  failures: ['failed-actions'],
  fence_history: ['failed-fencing', 'fencing-history'],
  tickets: ['tickets'],
  bans: ['bans'],
};

function printedIn(root: XmlElement): readonly StatusPart[] {
  return root.children.flatMap(({ name }) => (Object.hasOwn(PARTS, name) ? (PARTS[name] ?? []) : []));
}

/** Where the fencer could not be asked, `<fence_history>` holds a status instead of events. */
function fencingErrors(history: XmlElement | undefined): readonly string[] {
  const status = history?.attributes.status;
  return status === undefined || status === '0' ? [] : [`crm_mon could not get the fencing history (code ${status})`];
}
