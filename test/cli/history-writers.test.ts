import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSqlite } from '../../src/databases/sqlite.js';
import { createHalab, type Halab } from '../support/halab.js';
import { writeWithEight } from '../support/history-writers.js';

describe('a history that eight processes write, one of which is killed', function () {
  this.timeout(90_000);
  let halab: Halab;

  before(() => {
    halab = createHalab();
  });
  after(() => halab.remove());

  it('has every run once, in a file that is whole', async () => {
    const file = join(halab.folder, 'team.db');
    await writeWithEight(halab, file);
    expect(existsSync(`${file}.broken`)).to.equal(false);
    const database = await openSqlite(file);
    expect(await database.all('PRAGMA integrity_check')).to.deep.equal([{ integrity_check: 'ok' }]);
    await database.close();
  });
});
