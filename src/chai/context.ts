import { type Claim, unknownNode } from '../model/claims.js';
import type { ClusterState, NodeState, Ticket } from '../model/cluster-state.js';
import type { ResourceView } from '../model/resource-view.js';

/** One assertion in progress: its word, its subject, and what can be done with them. */
export interface AssertionContext {
  readonly word: string;
  readonly subject: unknown;
  /** The subject, which has to be of this kind. */
  as<K extends SubjectKind>(kind: K): Subjects[K];
  /** The state in which the subject was found; a subject that the test took out of its state itself is refused. */
  stateAround(): ClusterState;
  /** Throws AssertionError if it does not hold, or if it holds and is negated. */
  claim(claim: Claim): void;
  /** Checks a node's name given as an argument: if the state lists its nodes and not this one, the assertion fails, negated or not. */
  knownNode(name: string, claim: Pick<Claim, 'is' | 'isNot'>): void;
  /** A new assertion about what was found, with `of` before its messages. */
  continueWith(subject: unknown, of?: string): Chai.Assertion;
}

const STATE_FLAG = 'clusterState';

export function createContext(
  { Assertion }: Chai.ChaiStatic,
  utils: Chai.ChaiUtils,
  assertion: Chai.AssertionStatic,
  word: string,
): AssertionContext {
  const subject: unknown = assertion._obj;
  const state: ClusterState | undefined = isOfKind('state', subject) ? subject : utils.flag(assertion, STATE_FLAG);

  /** Chai's errors carry what was looked at as `actual`, by default all of it; reporters print that. */
  function claim({ holds, is, isNot, seen }: Claim): void {
    assertion.assert(holds, `expected ${is}: ${seen}`, `expected ${isNot}: ${seen}`, undefined, seen, false);
  }

  return {
    word,
    subject,
    as: (kind) => (isOfKind(kind, subject) ? subject : refuseSubject(word, [kind], subject)),
    stateAround() {
      if (state !== undefined) return state;
      throw new TypeError(`'${word}' is said of what was found in a state, as in expect(state).to.have.node('a') …`);
    },
    claim,
    knownNode(name, { is, isNot }) {
      const seen = state && unknownNode(state, name);
      if (seen !== undefined) claim({ holds: utils.flag(assertion, 'negate') === true, is, isNot, seen });
    },
    continueWith(found, of) {
      const next = new Assertion(found);
      utils.transferFlags(assertion as unknown as Chai.Assertion, next);
      utils.flag(next, 'object', found);
      utils.flag(next, STATE_FLAG, state);
      if (of !== undefined) utils.flag(next, 'message', [utils.flag(next, 'message'), of].filter(Boolean).join(': '));
      return next;
    },
  };
}

/** What was found under one heading of a state: failed actions, or bans. */
interface Found {
  readonly what: string;
  readonly entries: readonly { readonly node?: string; readonly text: string }[];
}

export interface Subjects {
  readonly state: ClusterState;
  readonly node: NodeState;
  readonly resource: ResourceView;
  readonly ticket: Ticket;
  readonly found: Found;
}

type SubjectKind = keyof Subjects;

interface Kind<S> {
  /** Identified by its members: it may come from another copy of this package, or from JSON. */
  is(value: object): boolean;
  readonly noun: string;
  /** What an expectation about one begins with. */
  readonly example: string;
  name(subject: S): string;
}

const KINDS: { readonly [K in SubjectKind]: Kind<Subjects[K]> } = {
  state: {
    is: (value) => hasLists(value, ['nodes', 'resources', 'failedActions']),
    noun: 'a cluster state',
    example: 'expect(state)',
    name: () => 'a cluster state',
  },
  node: {
    is: (value) => 'online' in value && 'unclean' in value,
    noun: 'a node',
    example: "expect(state).to.have.node('a')",
    name: ({ name }) => `the node ${name}`,
  },
  resource: {
    is: (value) => hasLists(value, ['containers', 'instances', 'members']),
    noun: 'a resource',
    example: "expect(state).to.have.resource('vip')",
    name: ({ id }) => `the resource ${id}`,
  },
  ticket: {
    is: (value) => 'granted' in value,
    noun: 'a ticket',
    example: "expect(state).to.have.ticket('t')",
    name: ({ id }) => `the ticket ${id}`,
  },
  found: {
    is: (value) => 'what' in value && hasLists(value, ['entries']),
    noun: 'a failed action or a ban',
    example: "expect(state).to.have.ban('vip')",
    name: ({ what }) => what,
  },
};

/** The kinds in which `of` has something. */
export function kindsIn(of: { readonly [K in SubjectKind]?: unknown }): readonly SubjectKind[] {
  return (Object.keys(KINDS) as SubjectKind[]).filter((kind) => of[kind] !== undefined);
}

export function isOfKind<K extends SubjectKind>(kind: K, value: unknown): value is Subjects[K] {
  return typeof value === 'object' && value !== null && KINDS[kind].is(value);
}

/** Throws TypeError, not an AssertionError: a word with the wrong kind of subject is a mistake in the test, not a verdict on the cluster. */
export function refuseSubject(word: string, kinds: readonly SubjectKind[], value: unknown): never {
  const nouns = kinds.map((kind) => KINDS[kind].noun).join(' or ');
  const [first] = kinds;
  const example = first === undefined || first === 'state' ? 'expect(state)' : KINDS[first].example;
  throw new TypeError(`'${word}' is said of ${nouns}, as in ${example} …, not of ${nameOf(value)}`);
}

function nameOf(value: unknown): string {
  for (const kind of Object.keys(KINDS) as SubjectKind[]) {
    if (isOfKind(kind, value)) return (KINDS[kind] as Kind<unknown>).name(value);
  }
  if (typeof value === 'string') return 'a string (readAny makes a state of what a tool printed)';
  if (Array.isArray(value)) return 'an array';
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  return 'state' in value && isOfKind('state', value.state) ? "a reading, whose 'state' is one" : 'another object';
}

function hasLists(value: object, names: readonly string[]): boolean {
  return names.every((name) => Array.isArray((value as Readonly<Record<string, unknown>>)[name]));
}
