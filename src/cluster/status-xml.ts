import {
  type ClusterOptions,
  type ClusterState,
  type ConfiguredCounts,
  EMPTY_STATE,
  type LastChange,
  type NodeState,
  type NodeType,
  type StatusPart,
} from '../model/cluster-state.js';
import { defined } from '../model/defined.js';
import { attributesOf, banOf, failCountsOf, failureOf, fencingOf, ticketOf } from './xml/failures.js';
import { instancesByNode, resourceOf, surroundingsOf } from './xml/resources.js';
import {
  type Attributes,
  childNamed,
  childrenNamed,
  numberOf,
  parseXml,
  textOf,
  truthOf,
  type XmlElement,
} from './xml-tree.js';

/** Why crm_mon reports no cluster; `code` as in `crm_error --list`, 0 for OK. */
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

/** Throws Error for a document of another kind; from one that is cut off it returns the complete entries. */
export function readingOf(root: XmlElement): CrmMonReading {
  if (root.name !== 'crm_mon' && root.name !== 'pacemaker-result') {
    throw new Error(`<${root.name}> is not the output of crm_mon`);
  }
  const status = statusOf(root);
  if (childNamed(root, 'summary') === undefined && childNamed(root, 'nodes') === undefined) return { status };
  return { status, state: stateOf(root) };
}

/** 2.1.4 and newer name the failed connection in `<crm-mon-disconnected>`. */
function statusOf(root: XmlElement): CrmMonStatus {
  const status = childNamed(root, 'status');
  if (status === undefined) return { code: 0, message: 'OK' };
  const errors = childrenNamed(childNamed(status, 'errors'), 'error').map((error) => error.text);
  const reasons = [childNamed(root, 'crm-mon-disconnected')?.attributes.description ?? '', ...errors];
  const message = reasons.filter((each) => each !== '').join('; ') || (status.attributes.message ?? '');
  return { code: Number(status.attributes.code ?? 0), message };
}

/** The cluster in `<crm_mon>` or `<pacemaker-result>`, without incomplete entries of lists that are cut off. */
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
    ...defined({ request: textOf(root.attributes, 'request') }),
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

/** Element to the parts of a status that it contains; failed fencing is part of the history. */
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

/** `<fence_history>` contains a status instead of events if crm_mon could not reach the fencer. */
function fencingErrors(history: XmlElement | undefined): readonly string[] {
  const status = history?.attributes.status;
  return status === undefined || status === '0' ? [] : [`crm_mon could not get the fencing history (code ${status})`];
}

/** `<summary>`; 1.1 prints no last change and no options, and `mixed_version` came with 2.1. */
function summaryOf(summary: XmlElement | undefined): Partial<ClusterState> {
  return {
    ...defined({
      stack: textOf(childNamed(summary, 'stack')?.attributes, 'type'),
      updatedAt: textOf(childNamed(summary, 'last_update')?.attributes, 'time'),
      lastChange: lastChangeOf(childNamed(summary, 'last_change')),
    }),
    ...dcOf(childNamed(summary, 'current_dc')),
    options: optionsOf(childNamed(summary, 'cluster_options')),
    counts: countsOf(summary),
  };
}

function dcOf(element: XmlElement | undefined): Partial<ClusterState> {
  const attributes = element?.attributes;
  const name = textOf(attributes, 'name');
  if (truthOf(attributes, 'present') === false) return { dcIsNone: true };
  if (name === undefined) return {};
  return defined({
    dc: { name, ...defined({ id: textOf(attributes, 'id'), version: textOf(attributes, 'version') }) },
    quorate: truthOf(attributes, 'with_quorum'),
    mixedVersion: truthOf(attributes, 'mixed_version'),
  });
}

function lastChangeOf(element: XmlElement | undefined): LastChange | undefined {
  const attributes = element?.attributes;
  const who = defined({
    user: textOf(attributes, 'user'),
    via: textOf(attributes, 'client'),
    node: textOf(attributes, 'origin'),
  });
  const at = textOf(attributes, 'time');
  return at === undefined && Object.keys(who).length === 0 ? undefined : { at: at ?? '', ...who };
}

function optionsOf(element: XmlElement | undefined): ClusterOptions {
  const attributes = element?.attributes;
  return defined({
    // 3.0.2 prints both names; the older one is deprecated.
    stonithEnabled: truthOf(attributes, 'fencing-enabled') ?? truthOf(attributes, 'stonith-enabled'),
    maintenanceMode: truthOf(attributes, 'maintenance-mode'),
    stopAllResources: truthOf(attributes, 'stop-all-resources'),
    symmetric: truthOf(attributes, 'symmetric-cluster'),
    noQuorumPolicy: textOf(attributes, 'no-quorum-policy'),
  });
}

function countsOf(summary: XmlElement | undefined): ConfiguredCounts {
  const nodes = childNamed(summary, 'nodes_configured')?.attributes;
  const resources = childNamed(summary, 'resources_configured')?.attributes;
  return defined({
    nodes: numberOf(nodes, 'number'),
    expectedVotes: numberOf(nodes, 'expected_votes'),
    resources: numberOf(resources, 'number'),
    disabled: numberOf(resources, 'disabled'),
    blocked: numberOf(resources, 'blocked'),
  });
}

/** One `<node>` of `<nodes>` (`xml/api/nodes-*.rng`). */
function nodeOf({ attributes }: XmlElement): NodeState {
  const pending = truthOf(attributes, 'pending') ?? false;
  const onFail = truthOf(attributes, 'standby_onfail');
  const standby = (truthOf(attributes, 'standby') || onFail) ?? false;
  const unclean = truthOf(attributes, 'unclean') ?? false;
  const running = numberOf(attributes, 'resources_running');
  return {
    name: attributes.name ?? '',
    type: typeOf(attributes),
    // pacemaker counts a node that has not joined as online and sets it to standby itself (lib/pengine/unpack.c).
    online: (truthOf(attributes, 'online') ?? false) && (!pending || unclean),
    standby: standby && !pending,
    maintenance: truthOf(attributes, 'maintenance') ?? false,
    pending,
    unclean,
    ...defined({
      id: textOf(attributes, 'id'),
      standbyOnFail: onFail,
      standbyWithResources: standby && running !== undefined ? running > 0 : undefined,
      health: healthOf(attributes),
      featureSet: textOf(attributes, 'feature_set'),
      host: hostOf(attributes),
    }),
  };
}

/** A guest is a remote node that a resource of the cluster runs. */
function typeOf(attributes: Attributes): NodeType {
  if (hostOf(attributes) !== undefined) return 'guest';
  return attributes.type === 'remote' ? 'remote' : 'member';
}

/** `container_id` up to 1.1.13. */
function hostOf(attributes: Attributes): string | undefined {
  return textOf(attributes, 'id_as_resource') ?? textOf(attributes, 'container_id');
}

function healthOf({ health }: Attributes): NodeState['health'] {
  return health === 'green' || health === 'yellow' || health === 'red' ? health : undefined;
}
