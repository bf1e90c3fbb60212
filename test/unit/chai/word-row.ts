import { expect } from 'chai';
import type { ClusterState } from '../../../src/model/cluster-state.js';

/** One word with a state in which it holds and one in which it does not, and what is said where it fails. */
export interface WordRow {
  readonly word: string;
  /** How a sentence about the state begins, up to where the word may be denied. */
  readonly from?: (it: Chai.Assertion) => Chai.Assertion;
  readonly say: (it: Chai.Assertion) => unknown;
  readonly yes: ClusterState;
  readonly no: ClusterState;
  /** Where it does not hold. */
  readonly says: string;
  /** Where it is denied and holds. */
  readonly denies: string;
}

/** What was thrown, which has to be chai's own error and to carry no more of the state than its message tells. */
export function failureOf(look: () => unknown): string {
  try {
    look();
  } catch (error) {
    const { name, message, actual } = error as Error & { readonly actual?: unknown };
    expect(name, message).to.equal('AssertionError');
    expect(actual, 'what reporters print beside the message').to.be.a('string');
    expect(message).to.contain(actual);
    return message;
  }
  return expect.fail('nothing was thrown');
}

export function describeWord({ word, from = (it) => it.to, say, yes, no, says, denies }: WordRow): void {
  describe(word, () => {
    it('holds', () => {
      say(from(expect(yes)));
    });

    it('fails with what is so instead', () => {
      expect(failureOf(() => say(from(expect(no))))).to.equal(says);
    });

    it('can be denied', () => {
      say(from(expect(no)).not);
    });

    it('fails where it is denied and holds', () => {
      expect(failureOf(() => say(from(expect(yes)).not))).to.equal(denies);
    });
  });
}
