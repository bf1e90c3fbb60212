import {
  answerWithKnown,
  NODE_IS,
  nodeIsKnown,
  RESOURCE_IS,
  type RESOURCE_IS_ON,
  resourceIsKnown,
  resourceIsOn,
  thereIs,
  toBe,
} from '../model/claims.js';
import type { ClusterState, NodeState } from '../model/cluster-state.js';
import { baseId } from '../model/resource-tree.js';
import {
  anyOf,
  type Container,
  containersOf,
  isKnown,
  type ResourceView,
  runsOnExactly,
  viewOf,
} from '../model/resource-view.js';
import { describeNode, describeView } from '../model/state-text.js';
import { type AssertionContext, isOfKind, kindsIn, refuseSubject, type Subjects } from './context.js';

/** Finders assert that there is one, and continue with what they found; negated, they continue with the state. */
export function assertNode(context: AssertionContext, name: string): Chai.Assertion | undefined {
  const state = context.as('state');
  const node = state.nodes.find((candidate) => candidate.name === name);
  context.claim(nodeIsKnown(state, name));
  return node && context.continueWith(node);
}

export function assertResource(context: AssertionContext, id: string): Chai.Assertion | undefined {
  const state = context.as('state');
  context.claim(resourceIsKnown(state, id));
  const view = viewOf(state, id);
  return isKnown(view) ? context.continueWith(view) : undefined;
}

/** The word is the kind. */
export function assertContainer(context: AssertionContext, id: string): Chai.Assertion | undefined {
  const state = context.as('state');
  const kind = context.word as Container['kind'];
  const view = viewOf(state, id);
  const found = view.containers.some((container) => container.kind === kind);
  const others = containersOf(state).filter((container) => container.kind === kind);
  const otherwise = isKnown(view) ? `${id} is a ${view.containers[0]?.kind ?? 'primitive'}; ` : '';
  const seen = found
    ? describeView(view)
    : otherwise + answerWithKnown(id, [...new Set(others.map((each) => each.id))]);
  context.claim(thereIs(`${kind} ${id}`, found, seen));
  return found ? context.continueWith(view) : undefined;
}

export function assertTicket(context: AssertionContext, id: string): Chai.Assertion | undefined {
  const { tickets } = context.as('state');
  const ticket = tickets.find((candidate) => candidate.id === id);
  const known = tickets.map((candidate) => candidate.id);
  const seen = ticket ? `it is ${ticket.granted ? 'granted' : 'revoked'}` : answerWithKnown(id, known);
  context.claim(thereIs(`ticket ${id}`, ticket !== undefined, seen));
  return ticket && context.continueWith(ticket);
}

/** A word for one or more kinds of subject, with a test for each. */
interface PlainWord {
  /** The text after "to be", if it is not the word itself. */
  readonly says?: string;
  /** The part of the state that decides it, if it is not the condition of the subject. */
  readonly seen?: (node: NodeState) => string;
  readonly of: { readonly [K in 'node' | 'resource' | 'ticket']?: (subject: Subjects[K]) => boolean };
}

/** Properties of what a finder has found. A flag of a resource holds if any part has it; `managed`, if all parts have it. */
export const PLAIN_WORDS: Readonly<Record<string, PlainWord>> = {
  online: { of: { node: NODE_IS.online } },
  offline: { of: { node: NODE_IS.offline } },
  standby: { of: { node: NODE_IS.standby, ticket: ({ standby }) => standby } },
  maintenance: {
    says: 'in maintenance',
    of: {
      node: NODE_IS.maintenance,
      resource: (view) => anyOf(view, ({ maintenance }) => maintenance === true),
    },
  },
  pending: {
    of: {
      node: NODE_IS.pending,
      resource: ({ instances }) => instances.some(({ pending }) => pending !== undefined),
    },
  },
  unclean: {
    of: {
      node: NODE_IS.unclean,
      resource: ({ instances }) => instances.some(({ unclean }) => unclean === true),
    },
  },
  member: { says: 'a member', seen: typeOf, of: { node: ({ type }) => type === 'member' } },
  remote: { says: 'a remote node', seen: typeOf, of: { node: ({ type }) => type === 'remote' } },
  guest: { says: 'a guest node', seen: typeOf, of: { node: ({ type }) => type === 'guest' } },
  started: { of: { resource: RESOURCE_IS.started } },
  stopped: { of: { resource: RESOURCE_IS.stopped } },
  promoted: { of: { resource: RESOURCE_IS.promoted } },
  unpromoted: { of: { resource: RESOURCE_IS.unpromoted } },
  managed: { of: { resource: (view) => !anyOf(view, ({ managed }) => !managed) } },
  unmanaged: { of: { resource: (view) => anyOf(view, ({ managed }) => !managed) } },
  disabled: { of: { resource: (view) => anyOf(view, ({ disabled }) => disabled) } },
  blocked: { of: { resource: (view) => anyOf(view, ({ blocked }) => blocked) } },
  failed: { of: { resource: (view) => anyOf(view, ({ failed }) => failed) } },
  orphaned: { of: { resource: (view) => anyOf(view, ({ orphaned }) => orphaned) } },
  locked: {
    says: 'locked to a node',
    of: { resource: ({ instances }) => instances.some(({ lockedTo }) => lockedTo !== undefined) },
  },
  promotable: {
    says: 'a promotable clone',
    of: {
      resource: ({ containers }) => containers.some((container) => container.kind === 'clone' && container.promotable),
    },
  },
  granted: { of: { ticket: ({ granted }) => granted } },
};

const SEEN: {
  readonly [K in keyof PlainWord['of']]-?: (subject: Subjects[K]) => readonly [name: string, seen: string];
} = {
  node: (node) => [node.name, `it is ${describeNode(node)}`],
  resource: (view) => [view.id, describeView(view)],
  ticket: ({ id, granted, standby }) => [
    `the ticket ${id}`,
    `it is ${granted ? 'granted' : 'revoked'}${standby ? ', on standby' : ''}`,
  ],
};

export function assertPlainWord(
  context: AssertionContext,
  { of, seen: describe, says = context.word }: PlainWord,
): void {
  const claim = (holds: boolean, [name, seen]: readonly [name: string, seen: string]): void =>
    context.claim(toBe(name, says, holds, seen));
  const { subject } = context;
  if (of.node && isOfKind('node', subject))
    claim(of.node(subject), describe ? [subject.name, describe(subject)] : SEEN.node(subject));
  else if (of.resource && isOfKind('resource', subject)) claim(of.resource(subject), SEEN.resource(subject));
  else if (of.ticket && isOfKind('ticket', subject)) claim(of.ticket(subject), SEEN.ticket(subject));
  else refuseSubject(context.word, kindsIn(of), subject);
}

function typeOf({ type }: NodeState): string {
  return type === 'member' ? 'it is a member' : `it is a ${type} node`;
}

/** Methods that assert on which node a resource is. */
export const PLACE_WORDS = {
  startedOn: 'started on',
  promotedOn: 'promoted on',
  unpromotedOn: 'unpromoted on',
  touching: 'active on',
} as const;

export const CONTAINER_WORDS = { inGroup: 'group', inClone: 'clone', inBundle: 'bundle' } as const;

export function assertPlaceWord(context: AssertionContext, condition: keyof typeof RESOURCE_IS_ON, node: string): void {
  const claim = resourceIsOn(context.as('resource'), condition, node);
  context.knownNode(node, claim);
  context.claim(claim);
}

export function assertRunningOn(context: AssertionContext, ...nodes: readonly string[]): void {
  const view = context.as('resource');
  const exactly = `exactly ${nodes.join(', ') || 'no node'}`;
  const claim = { is: `${view.id} to run on ${exactly}`, isNot: `${view.id} not to run on ${exactly}` };
  for (const node of nodes) context.knownNode(node, claim);
  context.claim({ holds: runsOnExactly(view, nodes), ...claim, seen: describeView(view) });
}

export function assertInContainer(context: AssertionContext, kind: Container['kind'], id: string): void {
  const view = context.as('resource');
  const state = context.stateAround();
  const known = containersOf(state).flatMap((container) => (container.kind === kind ? [container.id] : []));
  const isThere = known.some((own) => answersTo(own, id));
  const inside = placesOf(view).every((around) => around.some((own) => answersTo(own, id)));
  const seen = isThere ? whereIs(view, state) : `there is no ${kind} ${id}; ${answerWithKnown(id, known)}`;
  context.claim(toBe(view.id, `in the ${kind} ${id}`, isThere && inside, seen));
}

/** The containers around each instance, without those that the view itself is of. */
function placesOf({ containers, instances }: ResourceView): readonly (readonly string[])[] {
  const own = containers.map((container) => container.id);
  const around = instances.map(({ within }) => within.filter((id) => !own.includes(id)));
  return around.length > 0 ? around : [[]];
}

function whereIs(view: ResourceView, state: Pick<ClusterState, 'resources'>): string {
  const around = [...new Set(placesOf(view).flat())];
  if (around.length === 0) return 'it stands in nothing';
  const kinds = new Map(containersOf(state).map((container) => [container.id, container.kind]));
  return `it stands in ${around.map((id) => `the ${kinds.get(id) ?? 'container'} ${id}`).join(', ')}`;
}

function answersTo(own: string, id: string): boolean {
  return own === id || baseId(own) === id;
}
