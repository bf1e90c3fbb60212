import { expect } from 'chai';
import { FULL_SPEED, slownessOf } from '../../../src/model/slowness.js';

describe('slownessOf', () => {
  it('leaves a lab alone that is about as fast as hardware, or of which nothing is known', () => {
    for (const factor of [0, 0.7, 1, 1.99, Number.NaN]) expect(slownessOf(factor)).to.equal(FULL_SPEED);
  });

  it('waits longer where nodes are slow', () => {
    expect(slownessOf(2.04)).to.deep.equal({ factor: 2 });
  });

  it('calms corosync and pcs down where nodes are very slow', () => {
    expect(slownessOf(12.34)).to.deep.equal({ factor: 12.3, tokenMs: 10_000, pcsRequestS: 738 });
  });

  it('does not wait for ever', () => {
    expect(slownessOf(Number.POSITIVE_INFINITY).factor).to.equal(60);
  });
});
