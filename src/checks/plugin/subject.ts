import type { ClusterState, NodeState, Ticket } from '../../model/cluster-state.js';
import type { ResourceView } from '../resource-view.js';

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

export type SubjectKind = keyof Subjects;

interface Kind<S> {
  /** Told by its members: it may come from another copy of this package, or from JSON. */
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

/** Throws TypeError, not an AssertionError: that a word is said of the wrong thing is no verdict on a cluster. */
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
