import { createHash } from 'node:crypto';
import type { Cib, CibNode, CibNodeState, CibOperation, CibVersion } from '../../model/cib.js';
import { defined } from '../../model/defined.js';
import { isFalse } from '../../model/pacemaker-values.js';
import { childNamed, childrenNamed, numberOf, parseXml, truthOf, type XmlElement } from '../xml-tree.js';
import { constraintOf, nvpairsIn, resourceOf } from './resources.js';

/**
 * Attributes of `<cib>` about the last write (when, where, by which client), the number of updates, and the view of each
 * partition. On a machine under load, pacemaker 2.1.5 was seen to count one update more on one member than on the others, for
 * twenty seconds, in copies that were otherwise the same.
 */
const NOT_CONTENT = [
  'num_updates',
  'cib-last-written',
  'update-origin',
  'update-client',
  'update-user',
  'have-quorum',
  'dc-uuid',
  'execution-date',
  'no-quorum-panic',
];

/** `cibadmin --query`, or `cib.xml` as pacemaker stores it. Throws Error for a broken document and for anything but a CIB. */
export function parseCib(source: string): Cib {
  const root = parseXml(source);
  if (root.name !== 'cib') throw new Error(`<${root.name}> is not a CIB`);
  const configuration = childNamed(root, 'configuration');
  const status = childNamed(root, 'status');
  const nodes = childrenNamed(childNamed(configuration, 'nodes'), 'node').map(nodeOf);
  const states = childrenNamed(status, 'node_state');
  const { 'dc-uuid': dcUuid } = root.attributes;
  return {
    version: versionOf(root),
    digest: digestOf(withoutWriter(root)),
    configurationDigest: digestOf(configuration),
    ...defined({ dcUuid, haveQuorum: truthOf(root.attributes, 'have-quorum') }),
    properties: nvpairsIn(childrenNamed(childNamed(configuration, 'crm_config'), 'cluster_property_set')),
    resourceDefaults: nvpairsIn(childrenNamed(childNamed(configuration, 'rsc_defaults'), 'meta_attributes')),
    nodes,
    resources: (childNamed(configuration, 'resources')?.children ?? []).flatMap((element) => resourceOf(element) ?? []),
    constraints: (childNamed(configuration, 'constraints')?.children ?? []).map(constraintOf),
    nodeStates: states.map(nodeStateOf),
    operations: states.flatMap(operationsOf),
  };
}

function versionOf({ attributes }: XmlElement): CibVersion {
  const number = (key: string): number => Number(attributes[key] ?? 0);
  return { adminEpoch: number('admin_epoch'), epoch: number('epoch'), numUpdates: number('num_updates') };
}

function nodeOf(element: XmlElement): CibNode {
  const { id = '', uname = id, type = 'member' } = element.attributes;
  return {
    id,
    name: uname,
    type: type === 'normal' ? 'member' : type,
    attributes: nvpairsIn(childrenNamed(element, 'instance_attributes')),
  };
}

function withoutWriter(root: XmlElement): XmlElement {
  const attributes = Object.fromEntries(Object.entries(root.attributes).filter(([key]) => !NOT_CONTENT.includes(key)));
  return { ...root, attributes };
}

/** The digest of a canonical form: the order of attributes has no meaning in XML, that of elements has in a CIB. */
export function digestOf(element: XmlElement | undefined): string {
  const hash = createHash('sha256');
  const feed = (each: XmlElement): void => {
    hash.update(`<${each.name}`);
    for (const key of Object.keys(each.attributes).sort())
      hash.update(` ${key}=${JSON.stringify(each.attributes[key])}`);
    hash.update('>');
    for (const child of each.children) feed(child);
    hash.update(`${each.text}</>`);
  };
  if (element !== undefined) feed(element);
  return hash.digest('hex');
}

function nodeStateOf(element: XmlElement): CibNodeState {
  const { uname = '', in_ccm: inCcm, crmd, join = '', expected } = element.attributes;
  return {
    node: uname,
    inCcm: isSince(inCcm),
    crmd: crmd === 'online' || isSince(crmd),
    join,
    ...defined({ expected }),
    transient: nvpairsIn(childrenNamed(childNamed(element, 'transient_attributes'), 'instance_attributes')),
  };
}

function operationsOf(state: XmlElement): readonly CibOperation[] {
  const node = state.attributes.uname ?? '';
  const resources = childrenNamed(childNamed(childNamed(state, 'lrm'), 'lrm_resources'), 'lrm_resource');
  return resources.flatMap((resource) =>
    childrenNamed(resource, 'lrm_rsc_op').map((operation) =>
      operationOf(node, resource.attributes.id ?? '', operation.attributes),
    ),
  );
}

/** `transition-key` contains the expected exit code: `ACTION:TRANSITION:EXPECTED:UUID`. */
function operationOf(node: string, resource: string, attributes: XmlElement['attributes']): CibOperation {
  const number = (key: string, otherwise: number): number => Number(attributes[key] ?? otherwise);
  const rcCode = number('rc-code', 193);
  const [, wanted] = /^\d+:-?\d+:(\d+):/.exec(attributes['transition-key'] ?? '') ?? [];
  return {
    node,
    resource,
    operation: attributes.operation ?? '',
    intervalMs: number('interval', 0),
    callId: number('call-id', -1),
    rcCode,
    opStatus: number('op-status', 0),
    expected: wanted === undefined || Number(wanted) === rcCode,
    exitReason: attributes['exit-reason'] ?? '',
    ...defined({ lastChangeS: numberOf(attributes, 'last-rc-change'), execMs: numberOf(attributes, 'exec-time') }),
  };
}

/** A boolean up to 2.1.6; since then the start time in seconds, where 0 means false (`node_state` of the 3.18 feature set). */
function isSince(value: string | undefined): boolean {
  return value !== undefined && !isFalse(value) && value !== 'offline';
}
