import type { ClusterState, NodeState } from './cluster-state.js';
import type { NodeCondition } from './expectation.js';
import { nearest } from './nearest.js';
import { instancesOf } from './resource-tree.js';
import {
  containersOf,
  isBlocked,
  isFailed,
  isKnown,
  isPending,
  isPromoted,
  isStarted,
  isStarting,
  isStopped,
  isUnmanaged,
  isUnpromoted,
  type PendingOperation,
  type ResourceView,
  touches,
  viewOf,
} from './resource-view.js';
import { describeNode, describeQuorum, describeView, listed } from './state-text.js';

/** A claim about a cluster's state, whether it holds, and the part of the state that decides it. */
export interface Claim {
  readonly holds: boolean;
  /** Follows "expected": `vip to be started`. */
  readonly is: string;
  /** The negation; follows "expected" too. */
  readonly isNot: string;
  readonly seen: string;
  /** It does not hold because what it is about is not known, so its negation does not hold either. */
  readonly isUndecided?: true;
}

export function not({ holds, is, isNot, seen }: Claim): Claim {
  return { holds: !holds, is: isNot, isNot: is, seen };
}

export function nodeIsKnown(state: ClusterState, name: string): Claim {
  const node = nodeNamed(state, name);
  return {
    holds: node !== undefined,
    is: `the node ${name} to be known`,
    isNot: `no node ${name}`,
    seen: node === undefined ? answerWithKnown(name, knownNodes(state)) : `it is ${describeNode(node)}`,
  };
}

/** An unknown node is in no condition. */
export function nodeIs(state: ClusterState, name: string, condition: NodeCondition): Claim {
  const node = nodeNamed(state, name);
  if (node === undefined) return { ...nodeIsKnown(state, name), isUndecided: true };
  const says = condition === 'maintenance' ? 'in maintenance' : condition;
  return toBe(name, says, NODE_IS[condition](node), `it is ${describeNode(node)}`);
}

export function resourceIsKnown(state: ClusterState, id: string): Claim {
  const view = viewOf(state, id);
  const holds = isKnown(view);
  return thereIs(`resource ${id}`, holds, holds ? describeView(view) : answerWithKnown(id, knownResources(state)));
}

/** Conditions of a resource as a whole. */
export const RESOURCE_IS = {
  started: isStarted,
  stopped: isStopped,
  starting: isStarting,
  promoted: isPromoted,
  unpromoted: isUnpromoted,
  failed: isFailed,
  blocked: isBlocked,
  unmanaged: isUnmanaged,
};

export function resourceIs(view: ResourceView, condition: keyof typeof RESOURCE_IS): Claim {
  return toBe(view.id, condition, RESOURCE_IS[condition](view), describeView(view));
}

export function operationIsPending(view: ResourceView, operation?: PendingOperation, node?: string): Claim {
  const what = operation === undefined ? `an operation of ${view.id}` : `the ${operation} of ${view.id}`;
  const where = node === undefined ? what : `${what} on ${node}`;
  return toBe(where, 'pending', isPending(view, operation, node), describeView(view));
}

/** Conditions of a resource on one node; the key precedes the node's name. */
export const RESOURCE_IS_ON = {
  'started on': isStarted,
  'starting on': isStarting,
  'promoted on': isPromoted,
  'unpromoted on': isUnpromoted,
  'failed on': isFailed,
  'blocked on': isBlocked,
  'unmanaged on': isUnmanaged,
  'active on': touches,
};

export function resourceIsOn(view: ResourceView, condition: keyof typeof RESOURCE_IS_ON, node: string): Claim {
  return toBe(view.id, `${condition} ${node}`, RESOURCE_IS_ON[condition](view, node), describeView(view));
}

export function dcIs(state: ClusterState, name: string): Claim {
  return toBe('the DC', name, state.dc?.name === name, describeQuorum(state));
}

/** The claim about a named node; if the state lists nodes but not this one, neither the claim nor its negation holds. */
export function ofKnownNode(state: ClusterState, node: string, claim: Claim): Claim {
  const seen = unknownNode(state, node);
  return seen === undefined ? claim : { ...claim, holds: false, seen, isUndecided: true };
}

export function unknownNode(state: ClusterState, node: string): string | undefined {
  const known = knownPlaces(state);
  if (state.nodes.length === 0 || known.includes(node)) return undefined;
  return `no node ${node} is known: ${answerWithKnown(node, known)}`;
}

/** A condition of something, by its name. */
export function toBe(subject: string, what: string, holds: boolean, seen: string): Claim {
  return { holds, is: `${subject} to be ${what}`, isNot: `${subject} not to be ${what}`, seen };
}

/** That there is one, `a resource vip`, or `no resource vip`. */
export function thereIs(what: string, holds: boolean, seen: string): Claim {
  return { holds, is: `a ${what}`, isNot: `no ${what}`, seen };
}

function nodeNamed({ nodes }: ClusterState, name: string): NodeState | undefined {
  return nodes.find((node) => node.name === name);
}

/** A node that is unclean or pending is neither online nor offline. */
export const NODE_IS: { readonly [C in NodeCondition]: (node: NodeState) => boolean } = {
  online: (node) => node.online && !node.unclean && !node.pending,
  offline: (node) => !node.online && !node.unclean && !node.pending,
  standby: (node) => node.standby,
  maintenance: (node) => node.maintenance,
  pending: (node) => node.pending,
  unclean: (node) => node.unclean,
};

/** `known are a, b; did you mean b?` */
export function answerWithKnown(asked: string, known: readonly string[]): string {
  const near = known.includes(asked) ? undefined : nearest(asked, known);
  return `known are ${listed(known, 'none')}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

export function knownNodes({ nodes }: Pick<ClusterState, 'nodes'>): readonly string[] {
  return nodes.map(({ name }) => name);
}

/** The listed nodes, and all others on which an instance is. */
function knownPlaces(state: ClusterState): readonly string[] {
  return [...new Set([...knownNodes(state), ...instancesOf(state).flatMap(({ nodes }) => nodes)])];
}

/** The ids of groups, clones and bundles, and of everything inside them. */
export function knownResources(state: ClusterState): readonly string[] {
  return [...new Set([...containersOf(state), ...instancesOf(state)].map(({ id }) => id))];
}

/** A hint for messages about this resource; empty if it is known. */
export function hintOfResource(state: ClusterState, id: string): string {
  if (state.resources.length === 0 || isKnown(viewOf(state, id))) return '';
  return `; no resource ${id} is listed: ${answerWithKnown(id, knownResources(state))}`;
}
