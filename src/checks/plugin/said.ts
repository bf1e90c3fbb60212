import type { ClusterState } from '../../model/cluster-state.js';
import { answerWithKnown, knownPlaces } from '../known-names.js';
import { isOfKind, refuseSubject, type SubjectKind, type Subjects } from './subject.js';

/** Both ways of saying what is expected, each behind "expected", and the part of the state that decides it. */
export interface Claim {
  readonly is: string;
  readonly isNot: string;
  readonly seen: string;
}

/** One word of an expectation, with what it is said of. */
export interface Said {
  readonly word: string;
  readonly subject: unknown;
  /** The subject, which has to be of this kind. */
  as<K extends SubjectKind>(kind: K): Subjects[K];
  /** The state in which the subject was found; a subject that was taken out of its state by hand is refused. */
  stateAround(): ClusterState;
  /** Throws AssertionError where it does not hold, or where it does and is negated. */
  claim(holds: boolean, claim: Claim): void;
  /** A node's name as argument: where the state lists its nodes and not this one, nothing can be said of it, negated or not. */
  knownNode(name: string, claim: Pick<Claim, 'is' | 'isNot'>): void;
  /** A new assertion about what was found, with `of` before its messages. */
  goOn(subject: unknown, of?: string): Chai.Assertion;
}

const STATE_FLAG = 'clusterState';

export function createSaid(
  { Assertion }: Chai.ChaiStatic,
  utils: Chai.ChaiUtils,
  assertion: Chai.AssertionStatic,
  word: string,
): Said {
  const subject: unknown = assertion._obj;
  const state: ClusterState | undefined = isOfKind('state', subject) ? subject : utils.flag(assertion, STATE_FLAG);

  /** Chai's errors carry what was looked at as `actual`, by default all of it; reporters print that. */
  function claim(holds: boolean, { is, isNot, seen }: Claim): void {
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
      if (state === undefined || state.nodes.length === 0) return;
      const known = knownPlaces(state);
      if (known.includes(name)) return;
      const seen = `no node ${name} is known: ${answerWithKnown(name, known)}`;
      claim(utils.flag(assertion, 'negate') === true, { is, isNot, seen });
    },
    goOn(found, of) {
      const next = new Assertion(found);
      utils.transferFlags(assertion as unknown as Chai.Assertion, next);
      utils.flag(next, 'object', found);
      utils.flag(next, STATE_FLAG, state);
      if (of !== undefined) utils.flag(next, 'message', [utils.flag(next, 'message'), of].filter(Boolean).join(': '));
      return next;
    },
  };
}
