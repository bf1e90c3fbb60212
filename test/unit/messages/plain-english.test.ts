import { expect } from 'chai';
import { oddWordsBelow, oddWordsIn, PLAIN_PATHS } from '../../../tools/plain-english.js';

describe('plain English', () => {
  it(`is what stands in ${PLAIN_PATHS.join(', ')}`, () => {
    expect(oddWordsBelow(PLAIN_PATHS)).to.deep.equal([]);
  });

  it('notices a planted word, and says where it is and what is better', () => {
    expect(oddWordsIn('one\nStart it anew, by hand.')).to.deep.equal([
      "2: 'anew', better: again, recreated, from scratch",
      "2: 'by hand', better: manually",
    ]);
    expect(oddWordsIn('The talent of a lender')).to.deep.equal(["1: 'lender', better: export, exported"]);
  });
});
