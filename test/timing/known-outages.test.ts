import { expect } from 'chai';
import { PROBE_KINDS } from '../../src/model/scenario.js';
import { measureKnownOutages, type Row, rowText } from '../support/known-outages/known-outages.js';
import { needsMachine } from '../support/real-lab/machine.js';

describe('probes of an address that is taken away for known times', function () {
  this.timeout(60_000);
  let rows: readonly Row[];

  before(async function () {
    needsMachine(this);
    rows = await measureKnownOutages({ kinds: PROBE_KINDS, everyMs: 20, awayMs: [600, 1_000], name: 'timing-probes' });
  });

  it('stand by no number that is wrong', () => {
    for (const row of rows) {
      if (row.errorMs !== undefined) expect(Math.abs(row.errorMs) - row.spreadMs, rowText(row)).to.be.at.most(25);
      else expect(row.isWithinBounds, rowText(row)).to.equal(true);
    }
  });
});
