import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { openSqlite } from '../../../src/databases/sqlite.js';
import { describeRunIndex } from '../../support/run-index-contract.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('an index of runs in SQLite', () => {
  const at = temporaryFolder();
  describeRunIndex(() => openSqlite(at('history.db')), 'replace');

  it('is opened where a killed process left it locked', async () => {
    await (await openSqlite(at('history.db'))).close();
    mkdirSync(at('history.db.lock'));
    const database = await openSqlite(at('history.db'));
    expect(await database.all('SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
    await database.close();
  });
});
