import type { ClusterState, NodeState, ResourceState } from '../model/cluster-state.js';
import { foldAgent, roleFromWord } from './words.js';
import { childNamed, childrenNamed, parseXml, type XmlElement } from './xml-tree.js';

/** crm_mon's own word on why it has nothing to tell; `code` as in `crm_error --list`, 0 for OK. */
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
 * Reads `crm_mon --as-xml` (`<crm_mon>`, 1.1 and 2.0) and `crm_mon --output-as=xml` (`<pacemaker-result>`, 2.0.3+).
 * Throws Error for a document that is broken, truncated, or of another kind.
 */
export function parseCrmMonXml(source: string): CrmMonReading {
  const root = parseXml(source);
  if (root.name !== 'crm_mon' && root.name !== 'pacemaker-result') {
    throw new Error(`<${root.name}> is not the output of crm_mon`);
  }
  const status = statusOf(root);
  if (childNamed(root, 'summary') === undefined && childNamed(root, 'nodes') === undefined) return { status };
  return { status, state: stateOf(root) };
}

function statusOf(root: XmlElement): CrmMonStatus {
  const status = childNamed(root, 'status');
  if (status === undefined) return { code: 0, message: 'OK' };
  const errors = childrenNamed(childNamed(status, 'errors'), 'error').map((error) => error.text);
  const message = errors.length > 0 ? errors.join('; ') : (status.attributes.message ?? '');
  return { code: Number(status.attributes.code ?? 0), message };
}

function stateOf(root: XmlElement): ClusterState {
  const summary = childNamed(root, 'summary');
  const stack = childNamed(summary, 'stack')?.attributes.type;
  const clusterName = childNamed(summary, 'cluster_options')?.attributes['cluster-name'];
  return {
    ...(clusterName === undefined ? {} : { clusterName }),
    ...(stack === undefined ? {} : { stack }),
    ...dcOf(childNamed(summary, 'current_dc')),
    nodes: childrenNamed(childNamed(root, 'nodes'), 'node').map(nodeOf),
    resources: instancesIn(childNamed(root, 'resources'), []),
    failedActions: childrenNamed(childNamed(root, 'failures'), 'failure').map(failureOf),
    warnings: [],
    daemons: {},
    unparsed: [],
  };
}

function dcOf(element: XmlElement | undefined): Pick<ClusterState, 'dc' | 'quorate'> {
  const { present, name, version, with_quorum: quorum } = element?.attributes ?? {};
  if (present !== 'true' || name === undefined) return {};
  return {
    dc: { name, ...(version ? { version } : {}) },
    ...(quorum === undefined ? {} : { quorate: quorum === 'true' }),
  };
}

function nodeOf({ attributes }: XmlElement): NodeState {
  const is = (key: string): boolean => attributes[key] === 'true';
  const remote = attributes.type === 'remote';
  return {
    name: attributes.name ?? '',
    type: !remote ? 'member' : attributes.id_as_resource === undefined ? 'remote' : 'guest',
    online: is('online'),
    standby: is('standby') || is('standby_onfail'),
    maintenance: is('maintenance'),
    pending: is('pending'),
    unclean: is('unclean'),
  };
}

/** A replica of a bundle has no id that other tools know, so it adds nothing to `within`. */
function instancesIn(element: XmlElement | undefined, within: readonly string[]): readonly ResourceState[] {
  return (element?.children ?? []).flatMap((child) => {
    if (child.name === 'resource') return [instanceOf(child, within)];
    if (child.name === 'replica') return instancesIn(child, within);
    if (child.name === 'clone' || child.name === 'group' || child.name === 'bundle') {
      return instancesIn(child, [...within, child.attributes.id ?? '']);
    }
    return [];
  });
}

function instanceOf(element: XmlElement, within: readonly string[]): ResourceState {
  const { attributes } = element;
  const pending = roleFromWord(attributes.pending ?? '');
  return {
    id: attributes.id ?? '',
    agent: foldAgent(attributes.resource_agent ?? ''),
    role: pending ?? roleFromWord(attributes.role ?? '') ?? 'Unknown',
    nodes: childrenNamed(element, 'node').map((node) => node.attributes.name ?? ''),
    within,
    managed: attributes.managed !== 'false',
    failed: attributes.failed === 'true',
    blocked: attributes.blocked === 'true',
    disabled: /^stopped$/i.test(attributes.target_role ?? ''),
  };
}

function failureOf({ attributes }: XmlElement): string {
  const subject = attributes.op_key ?? `${attributes.id ?? '?'} ${attributes.task ?? ''}`.trim();
  const reason = attributes.exitreason ? `, ${attributes.exitreason}` : '';
  return `${subject} on ${attributes.node ?? '?'} '${attributes.exitstatus ?? ''}' (${attributes.exitcode ?? '?'})${reason}`;
}
