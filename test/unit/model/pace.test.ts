import { expect } from 'chai';
import { FULL_PACE, paceOf } from '../../../src/model/pace.js';

describe('paceOf', () => {
  it('leaves a lab alone that is about as fast as hardware, or of which nothing is known', () => {
    for (const factor of [0, 0.7, 1, 1.99, Number.NaN]) expect(paceOf(factor)).to.equal(FULL_PACE);
  });

  it('waits longer where nodes are slow', () => {
    expect(paceOf(2.04)).to.deep.equal({ factor: 2 });
  });

  it('calms corosync and pcs down where nodes are very slow', () => {
    expect(paceOf(12.34)).to.deep.equal({ factor: 12.3, tokenMs: 10_000, pcsRequestS: 738 });
  });

  it('does not wait for ever', () => {
    expect(paceOf(Number.POSITIVE_INFINITY).factor).to.equal(60);
  });
});
