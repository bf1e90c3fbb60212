import { expect } from 'chai';
import { openPostgres } from '../../../src/databases/postgres.js';
import { createHalab, jsonOf } from '../../support/halab.js';
import { writeWithEight } from '../../support/history-writers.js';
import { dateOfNight, writeMadeRun } from '../../support/made-runs.js';
import { emptyPostgres, type PostgresServer, startPostgres } from '../../support/postgres-server.js';
import { describeRunIndex } from '../../support/run-index-contract.js';

describe('an index of runs in PostgreSQL', function () {
  this.timeout(120_000);
  let server: PostgresServer;

  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());
  beforeEach(() => emptyPostgres(server.url));

  describeRunIndex(() => openPostgres(server.url), 'refuse');

  it('has every run once after eight processes wrote, one of which was killed', async () => {
    const halab = createHalab();
    try {
      await writeWithEight(halab, server.url);
    } finally {
      halab.remove();
    }
  });

  it('keeps the runs of others when it is made again from those here', async () => {
    const halab = createHalab();
    try {
      const env = (place: string) => ({ HALAB_REPORTS_DIR: `${halab.folder}/${place}`, HALAB_HISTORY: server.url });
      for (const [place, count] of [
        ['here', 2],
        ['there', 3],
      ] as const)
        for (let night = 0; night < count; night += 1)
          writeMadeRun(`${halab.folder}/${place}`, { at: `${dateOfNight(night)}T02:00:00.000Z`, machine: place });
      for (const place of ['here', 'there', 'here']) {
        const { exitCode, stderr } = await halab.run(['history', 'rebuild'], { env: env(place) });
        expect(exitCode, stderr).to.equal(0);
      }
      expect(jsonOf(await halab.run(['history', '--json'], { env: env('here') })).runs).to.equal(5);
    } finally {
      halab.remove();
    }
  });
});
