import { expect } from 'chai';
import { countVotes, votesOf } from '../../../src/diagnosis/facts.js';
import { down, node, state } from './states.js';

/** Members: majority, then how many may be lost with none missing, one missing, two … */
const TABLE: Readonly<Record<number, readonly [majority: number, ...spare: readonly number[]]>> = {
  1: [1, 0, -1],
  2: [2, 0, -1, -2],
  3: [2, 1, 0, -1, -2],
  4: [3, 1, 0, -1, -2, -3],
  5: [3, 2, 1, 0, -1, -2, -3],
  6: [4, 2, 1, 0, -1, -2, -3, -4],
  7: [4, 3, 2, 1, 0, -1, -2, -3, -4],
};

describe('votes', () => {
  for (const [members, [majority, ...spares]] of Object.entries(TABLE)) {
    it(`of ${members} members need ${majority}, whoever is there`, () => {
      const seen = spares.map((_, missing) => votesOf(Number(members), Number(members) - missing));
      expect(seen.map(({ spare }) => spare)).to.deep.equal(spares);
      expect(new Set(seen.map((votes) => votes.majority))).to.deep.equal(new Set([majority]));
    });
  }

  it('are those of members that are heard: standby and maintenance ones too, remote and guest ones not', () => {
    const nodes = [
      node('a', { standby: true }),
      node('b', { maintenance: true }),
      node('c', { unclean: true }),
      down('d', { pending: true }),
      down('e'),
      down('f', { unclean: true }),
      node('r', { type: 'remote' }),
      node('g', { type: 'guest' }),
    ];
    expect(countVotes(state({ nodes, counts: {} }))).to.deep.equal({ members: 6, present: 4, majority: 4, spare: 0 });
  });

  it('are not had by what is left of a member under another id', () => {
    const nodes = [down('a', { id: '1084752143', unclean: true }), node('a'), node('b')];
    expect(countVotes(state({ nodes, counts: { nodes: 3 } }))).to.deep.include({ members: 2, present: 2 });
  });

  it('are as many as an old stack prints that it expects', () => {
    expect(countVotes(state({ counts: { nodes: 3, expectedVotes: 5 } }))).to.deep.include({ members: 5, majority: 3 });
  });

  it('cannot be counted where not all members are there to count', () => {
    expect(countVotes(state({ nodes: [] }))).to.equal(undefined);
    expect(countVotes(state({ truncated: ['begins in the middle'], counts: {} }))).to.equal(undefined);
    expect(countVotes(state({ truncated: ['ends early'], counts: { nodes: 3 } }))).to.deep.include({ members: 3 });
  });
});
