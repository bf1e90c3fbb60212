import { expect } from 'chai';
import { PROBE_KINDS } from '../../src/model/scenario.js';
import { measureKnownOutages, rowText } from '../support/known-outages/known-outages.js';
import { needsMachine } from '../support/real-lab/machine.js';

const TIMES = 20;

/** `npm run bench:probes` prints the same. */
describe('twenty known outages in a row', function () {
  this.timeout(180_000);

  before(function () {
    needsMachine(this);
  });

  for (const kind of PROBE_KINDS) {
    it(`are measured within 25 ms by ${kind}, or called unknown`, async () => {
      const awayMs = Array.from({ length: TIMES }, (_, index) => 300 + ((index * 377) % 1_200));
      const rows = await measureKnownOutages({ kinds: [kind], everyMs: 10, awayMs, name: 'nightly-probes' });
      for (const row of rows) process.stdout.write(`      ${rowText(row)}\n`);
      for (const row of rows) {
        expect(Math.abs(row.errorMs ?? 0) - row.spreadMs, rowText(row)).to.be.at.most(25);
        expect(row.isWithinBounds, rowText(row)).to.equal(true);
      }
    });
  }
});
