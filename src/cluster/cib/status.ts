import type { CibNodeState, CibOperation } from '../../model/cib.js';
import { isFalse } from '../../model/pacemaker-values.js';
import { childNamed, childrenNamed, type XmlElement } from '../xml-tree.js';
import { nvpairsIn } from './resources.js';

export function nodeStateOf(element: XmlElement): CibNodeState {
  const { uname = '', in_ccm: inCcm, crmd, join = '', expected } = element.attributes;
  return {
    node: uname,
    inCcm: isSince(inCcm),
    crmd: crmd === 'online' || isSince(crmd),
    join,
    ...(expected === undefined ? {} : { expected }),
    transient: nvpairsIn(childrenNamed(childNamed(element, 'transient_attributes'), 'instance_attributes')),
  };
}

export function operationsOf(state: XmlElement): readonly CibOperation[] {
  const node = state.attributes.uname ?? '';
  const resources = childrenNamed(childNamed(childNamed(state, 'lrm'), 'lrm_resources'), 'lrm_resource');
  return resources.flatMap((resource) =>
    childrenNamed(resource, 'lrm_rsc_op').map((operation) =>
      operationOf(node, resource.attributes.id ?? '', operation.attributes),
    ),
  );
}

/** The exit code that was wanted stands last in `transition-key`, `ACTION:TRANSITION:WANTED:UUID`. */
function operationOf(node: string, resource: string, attributes: XmlElement['attributes']): CibOperation {
  const number = (key: string, otherwise: number): number => Number(attributes[key] ?? otherwise);
  const rcCode = number('rc-code', 193);
  const [, wanted] = /^\d+:-?\d+:(\d+):/.exec(attributes['transition-key'] ?? '') ?? [];
  const lastChange = attributes['last-rc-change'];
  const exec = attributes['exec-time'];
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
    ...(lastChange === undefined ? {} : { lastChangeS: Number(lastChange) }),
    ...(exec === undefined ? {} : { execMs: Number(exec) }),
  };
}

/** Booleans until 2.1.6; since then the time since when, in seconds, where 0 is false (`node_state` of the 3.18 feature set). */
function isSince(value: string | undefined): boolean {
  return value !== undefined && !isFalse(value) && value !== 'offline';
}
