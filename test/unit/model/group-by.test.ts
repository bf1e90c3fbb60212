import { expect } from 'chai';
import { groupBy } from '../../../src/model/group-by.js';

describe('grouping', () => {
  it('keeps the order of the items and of their keys', () => {
    expect([...groupBy(['b1', 'a1', 'b2'], (word) => word.charAt(0))]).to.deep.equal([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
    expect(groupBy([], String).size).to.equal(0);
  });
});
