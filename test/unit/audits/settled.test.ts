import { expect } from 'chai';
import { judged, well } from './support/input.js';

describe('audit settled', () => {
  it('holds once the cluster is idle', () => {
    expect(judged('settled', well())).to.deep.equal([]);
  });

  it('cannot tell while it is not, and says why', () => {
    const unsettled = 'the scheduler of ha-host1 has 2 to do, first: Resource action: vip start on ha-host2';
    expect(judged('settled', well(), { unsettled })).to.deep.equal([`unknown: ${unsettled}`]);
  });
});
