import { expect } from 'chai';
import { INFINITY, isFalse, isTrue, parseCount, parseScore, scoreText } from '../../../src/model/pacemaker-values.js';

describe('values as pacemaker writes them', () => {
  it('are scores up to INFINITY, in either direction', () => {
    expect(parseScore('INFINITY')).to.equal(INFINITY);
    expect(parseScore('-infinity')).to.equal(-INFINITY);
    expect(parseScore('+100')).to.equal(100);
    expect(parseScore('9999999')).to.equal(INFINITY);
    for (const text of [undefined, '', '1.5', 'unknown', '10s']) expect(parseScore(text), text).to.equal(undefined);
  });

  it('print a score as pacemaker does', () => {
    expect([INFINITY, -INFINITY, 2 * INFINITY, 100, 0, -5].map(scoreText)).to.deep.equal([
      'INFINITY',
      '-INFINITY',
      'INFINITY',
      '100',
      '0',
      '-5',
    ]);
  });

  it('are counts, which are not negative', () => {
    expect(parseCount('3', 7)).to.equal(3);
    expect(parseCount('INFINITY', 7)).to.equal(INFINITY);
    for (const text of [undefined, '-1', 'three']) expect(parseCount(text, 7), text).to.equal(7);
  });

  it('are booleans in ten words, and nothing else is', () => {
    for (const word of ['true', 'on', 'yes', 'y', '1', 'TRUE', 'Yes'])
      expect([isTrue(word), isFalse(word)], word).to.deep.equal([true, false]);
    for (const word of ['false', 'off', 'no', 'n', '0', 'Off'])
      expect([isTrue(word), isFalse(word)], word).to.deep.equal([false, true]);
    for (const word of [undefined, '', 'maybe', '2'])
      expect([isTrue(word), isFalse(word)], word).to.deep.equal([false, false]);
  });
});
