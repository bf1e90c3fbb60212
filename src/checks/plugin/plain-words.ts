import type { NodeState } from '../../model/cluster-state.js';
import { IS_NODE } from '../node-condition.js';
import { anyOf, isPromoted, isStarted, isStopped, isUnpromoted } from '../resource-view.js';
import { describeNode, describeView } from '../state-wording.js';
import type { Said } from './said.js';
import { isOfKind, kindsIn, refuseSubject, type Subjects } from './subject.js';

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
  online: { of: { node: IS_NODE.online } },
  offline: { of: { node: IS_NODE.offline } },
  standby: { of: { node: IS_NODE.standby, ticket: ({ standby }) => standby } },
  maintenance: {
    says: 'in maintenance',
    of: {
      node: IS_NODE.maintenance,
      resource: (view) => anyOf(view, ({ maintenance }) => maintenance === true),
    },
  },
  pending: {
    of: {
      node: IS_NODE.pending,
      resource: ({ instances }) => instances.some(({ pending }) => pending !== undefined),
    },
  },
  unclean: {
    of: {
      node: IS_NODE.unclean,
      resource: ({ instances }) => instances.some(({ unclean }) => unclean === true),
    },
  },
  member: { says: 'a member', seen: typeOf, of: { node: ({ type }) => type === 'member' } },
  remote: { says: 'a remote node', seen: typeOf, of: { node: ({ type }) => type === 'remote' } },
  guest: { says: 'a guest node', seen: typeOf, of: { node: ({ type }) => type === 'guest' } },
  started: { of: { resource: isStarted } },
  stopped: { of: { resource: isStopped } },
  promoted: { of: { resource: isPromoted } },
  unpromoted: { of: { resource: isUnpromoted } },
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
    said.claim(holds, { is: `${name} to be ${says}`, isNot: `${name} not to be ${says}`, seen });
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
