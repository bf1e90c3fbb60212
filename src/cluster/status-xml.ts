import { type ClusterState, EMPTY_STATE, type StatusPart } from '../model/cluster-state.js';
import { attributesOf, banOf, failCountsOf, failureOf, fencingOf, ticketOf } from './xml/failures.js';
import { instancesByNode, resourceOf, surroundingsOf } from './xml/resources.js';
import { nodeOf, summaryOf } from './xml/summary.js';
import { childNamed, childrenNamed, parseXml, type XmlElement } from './xml-tree.js';

/** Why crm_mon has nothing to report; `code` as in `crm_error --list`, 0 for OK. */
export interface CrmMonStatus {
  readonly code: number;
  readonly message: string;
}

export interface CrmMonReading {
  readonly status: CrmMonStatus;
  /** Absent where crm_mon reports an error instead of a cluster. */
  readonly state?: ClusterState;
}

/**
 * Reads `crm_mon --as-xml` (`<crm_mon>`, 1.1 and 2.0) and `crm_mon --output-as=xml` or `pcs status xml`
 * (`<pacemaker-result>`, 2.0.3+). Throws Error for a document that is broken, cut off, or of another kind.
 */
export function parseCrmMonXml(source: string): CrmMonReading {
  return readingOf(parseXml(source));
}

/** Throws Error for a document of another kind; of one that is cut off it returns what was whole. */
export function readingOf(root: XmlElement): CrmMonReading {
  if (root.name !== 'crm_mon' && root.name !== 'pacemaker-result') {
    throw new Error(`<${root.name}> is not the output of crm_mon`);
  }
  const status = statusOf(root);
  if (childNamed(root, 'summary') === undefined && childNamed(root, 'nodes') === undefined) return { status };
  return { status, state: stateOf(root) };
}

/** 2.1.4 and newer say in `<crm-mon-disconnected>` what they could not connect to. */
function statusOf(root: XmlElement): CrmMonStatus {
  const status = childNamed(root, 'status');
  if (status === undefined) return { code: 0, message: 'OK' };
  const errors = childrenNamed(childNamed(status, 'errors'), 'error').map((error) => error.text);
  const reasons = [childNamed(root, 'crm-mon-disconnected')?.attributes.description ?? '', ...errors];
  const message = reasons.filter((each) => each !== '').join('; ') || (status.attributes.message ?? '');
  return { code: Number(status.attributes.code ?? 0), message };
}

/** The cluster as `<crm_mon>` or `<pacemaker-result>` has it; of lists that are cut off, the entries that are whole. */
function stateOf(root: XmlElement): ClusterState {
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
