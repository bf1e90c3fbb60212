import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { expect, use } from 'chai';
import { clusterPlugin } from '../../../src/chai/plugin.js';
import { EVENT_ROWS } from './event-rows.js';
import { NODE_ROWS } from './node-rows.js';
import { CONTAINER_ROWS, RESOURCE_ROWS } from './resource-rows.js';
import { STATE_ROWS } from './state-rows.js';
import { describeWord } from './word-row.js';
import { wordsOf } from './words-of.js';

use(clusterPlugin);

const require = createRequire(import.meta.url);

const ROWS = {
  'of a state': STATE_ROWS,
  'of a node or a ticket': NODE_ROWS,
  'of a resource': RESOURCE_ROWS,
  'of a group, clone or bundle': CONTAINER_ROWS,
  'of what happened': EVENT_ROWS,
};

describe('the vocabulary', () => {
  for (const [name, rows] of Object.entries(ROWS)) {
    describe(name, () => {
      for (const row of rows) describeWord(row);
    });
  }

  it('has a row for each word', () => {
    const rows = Object.values(ROWS).flat();
    expect([...new Set(rows.map(({ word }) => word))].sort()).to.deep.equal([...wordsOf(clusterPlugin)].sort());
  });

  it('takes no word from chai', async () => {
    const untaught = (await import(`${pathToFileURL(require.resolve('chai'))}?untaught`)) as Chai.ChaiStatic;
    expect('throw' in untaught.Assertion.prototype).to.equal(true);
    expect(wordsOf(clusterPlugin).filter((word) => word in untaught.Assertion.prototype)).to.deep.equal([]);
  });
});
