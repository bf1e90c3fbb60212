import { nodeIsKnown, RESOURCE_IS, type RESOURCE_IS_ON, resourceIsKnown, resourceIsOn } from '../model/claims.js';
import type { ClusterState, NodeState } from '../model/cluster-state.js';
import { answerWithKnown } from '../model/known-names.js';
import { NODE_IS } from '../model/node-state.js';
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
import { isOfKind, kindsIn, refuseSubject, type Said, type Subjects } from './said.js';

/** Finders assert that there is one, and go on with what they found; denied, they go on with the state. */
export function sayNode(said: Said, name: string): Chai.Assertion | undefined {
  const state = said.as('state');
  const node = state.nodes.find((candidate) => candidate.name === name);
  said.claim(nodeIsKnown(state, name));
  return node && said.goOn(node);
}

export function sayResource(said: Said, id: string): Chai.Assertion | undefined {
  const state = said.as('state');
  said.claim(resourceIsKnown(state, id));
  const view = viewOf(state, id);
  return isKnown(view) ? said.goOn(view) : undefined;
}

/** The word is the kind. */
export function sayContainer(said: Said, id: string): Chai.Assertion | undefined {
  const state = said.as('state');
  const kind = said.word as Container['kind'];
  const view = viewOf(state, id);
  const found = view.containers.some((container) => container.kind === kind);
  const others = containersOf(state).filter((container) => container.kind === kind);
  said.claim({
    holds: found,
    is: `a ${kind} ${id}`,
    isNot: `no ${kind} ${id}`,
    seen: found
      ? describeView(view)
      : `${otherKind(view.containers, isKnown(view), id)}${answerWithKnown(id, [...new Set(others.map((each) => each.id))])}`,
  });
  return found ? said.goOn(view) : undefined;
}

export function sayTicket(said: Said, id: string): Chai.Assertion | undefined {
  const { tickets } = said.as('state');
  const ticket = tickets.find((candidate) => candidate.id === id);
  const known = tickets.map((candidate) => candidate.id);
  said.claim({
    holds: ticket !== undefined,
    is: `a ticket ${id}`,
    isNot: `no ticket ${id}`,
    seen: ticket ? `it is ${ticket.granted ? 'granted' : 'revoked'}` : answerWithKnown(id, known),
  });
  return ticket && said.goOn(ticket);
}

function otherKind([container]: readonly Container[], isThere: boolean, id: string): string {
  return isThere ? `${id} is a ${container?.kind ?? 'primitive'}; ` : '';
}

/** A word that may be said of more than one kind of thing, with a test for each. */
interface PlainWord {
  /** How it stands behind "to be", where that is not the word itself. */
  readonly says?: string;
  /** What decides it, where that is not how the thing stands. */
  readonly seen?: (node: NodeState) => string;
  readonly of: { readonly [K in 'node' | 'resource' | 'ticket']?: (subject: Subjects[K]) => boolean };
}

/** Properties of what a finder has found. A flag of a resource holds where it is said of any part; `managed`, of all. */
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

export function sayPlainWord(said: Said, { of, seen: told, says = said.word }: PlainWord): void {
  const claim = (holds: boolean, [name, seen]: readonly [name: string, seen: string]): void =>
    said.claim({ holds, is: `${name} to be ${says}`, isNot: `${name} not to be ${says}`, seen });
  const { subject } = said;
  if (of.node && isOfKind('node', subject))
    claim(of.node(subject), told ? [subject.name, told(subject)] : SEEN.node(subject));
  else if (of.resource && isOfKind('resource', subject)) claim(of.resource(subject), SEEN.resource(subject));
  else if (of.ticket && isOfKind('ticket', subject)) claim(of.ticket(subject), SEEN.ticket(subject));
  else refuseSubject(said.word, kindsIn(of), subject);
}

function typeOf({ type }: NodeState): string {
  return type === 'member' ? 'it is a member' : `it is a ${type} node`;
}

/** Methods that say of a resource on which node it is. */
export const PLACE_WORDS = {
  startedOn: 'started on',
  promotedOn: 'promoted on',
  unpromotedOn: 'unpromoted on',
  touching: 'active on',
} as const;

export const CONTAINER_WORDS = { inGroup: 'group', inClone: 'clone', inBundle: 'bundle' } as const;

export function sayPlaceWord(said: Said, condition: keyof typeof RESOURCE_IS_ON, node: string): void {
  const claim = resourceIsOn(said.as('resource'), condition, node);
  said.knownNode(node, claim);
  said.claim(claim);
}

export function sayRunningOn(said: Said, ...nodes: readonly string[]): void {
  const view = said.as('resource');
  const exactly = `exactly ${nodes.join(', ') || 'no node'}`;
  const claim = { is: `${view.id} to run on ${exactly}`, isNot: `${view.id} not to run on ${exactly}` };
  for (const node of nodes) said.knownNode(node, claim);
  said.claim({ holds: runsOnExactly(view, nodes), ...claim, seen: describeView(view) });
}

export function sayInContainer(said: Said, kind: Container['kind'], id: string): void {
  const view = said.as('resource');
  const state = said.stateAround();
  const known = containersOf(state).flatMap((container) => (container.kind === kind ? [container.id] : []));
  const isThere = known.some((own) => answersTo(own, id));
  const inside = placesOf(view).every((around) => around.some((own) => answersTo(own, id)));
  said.claim({
    holds: isThere && inside,
    is: `${view.id} to be in the ${kind} ${id}`,
    isNot: `${view.id} not to be in the ${kind} ${id}`,
    seen: isThere ? whereIs(view, state) : `there is no ${kind} ${id}; ${answerWithKnown(id, known)}`,
  });
}

/** What is around each instance, without what the view itself is of. */
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
