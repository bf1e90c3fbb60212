import { expect } from 'chai';
import { openRunIndex, type RunIndex } from '../../src/history/run-index.js';
import { rowsOfRun } from '../../src/history/run-rows.js';
import type { SqlDatabase } from '../../src/ports/sql.js';
import { dateOfNight, eventsOfMade, type MadeRun } from './made-runs.js';

/** What the index does in any database. `open` opens the same one each time. */
export function describeRunIndex(open: () => Promise<SqlDatabase>, otherVersion: 'replace' | 'refuse'): void {
  const using = async <T>(work: (index: RunIndex, database: SqlDatabase) => Promise<T>): Promise<T> => {
    const database = await open();
    try {
      return await work(await openRunIndex(database, otherVersion), database);
    } finally {
      await database.close();
    }
  };
  const rows = (made: MadeRun, bytes = 100) =>
    rowsOfRun(eventsOfMade(made), { folder: `reports/${made.at}` }, bytes) ?? expect.fail('no rows');
  const on = (night: number, more: Partial<MadeRun> = {}): MadeRun => ({
    at: `${dateOfNight(night)}T02:00:00.000Z`,
    ...more,
  });

  it('gives back what was put, after it was opened again', async () => {
    const run = rows(on(0, { outageMs: 8_765 }));
    await using((index) => index.put([run]));
    const [attempt] = await using((index) => index.attempts({ nights: 60 }));
    const { key, folder, night, startedAt, facts } = run;
    expect(attempt).to.deep.include({
      key,
      run: run.run,
      folder,
      night,
      startedAt,
      scenario: 'interface-down',
      outcome: 'passed',
    });
    expect(attempt?.facts).to.deep.equal(facts);
    const [{ scenario: _, position: _position, ...step } = expect.fail('no step')] = run.steps;
    expect(attempt?.steps).to.deep.equal([step]);
    const sets = await using((index) => index.packages([facts.packages ?? '']));
    expect(sets.get(facts.packages ?? '')).to.deep.equal(run.packages);
    expect(await using((index) => index.known())).to.deep.equal(new Map([[key, 100]]));
  });

  it('has a run once, however often it is put, as it was put last', async () => {
    const cut = rows(on(0, { outcome: 'lost' }), 50);
    const whole = rows(on(0));
    expect(cut.key).to.equal(whole.key);
    await using(async (index) => {
      await index.put([cut]);
      await index.put([whole]);
      await index.put([whole, rows(on(1))]);
    });
    const attempts = await using((index) => index.attempts({ nights: 60 }));
    expect(attempts.map(({ outcome, steps }) => `${outcome} ${steps.length}`)).to.deep.equal(['passed 1', 'passed 1']);
  });

  it('gives the last nights of the scenarios asked for, by time', async () => {
    const runs = [2, 0, 1].flatMap((night) => [rows(on(night)), rows(on(night, { scenario: 'standby' }))]);
    await using((index) => index.put([...runs, rows(on(9, { scenario: 'group' }))]));
    const seen = (await using((index) => index.attempts({ scenarios: ['standby', 'interface-down'], nights: 2 }))).map(
      ({ night, scenario }) => `${night} ${scenario}`,
    );
    expect(seen.toSorted()).to.deep.equal(
      [1, 2].flatMap((night) => [`${dateOfNight(night)} interface-down`, `${dateOfNight(night)} standby`]),
    );
    expect(seen).to.deep.equal(seen.toSorted((one, other) => (one.slice(0, 10) < other.slice(0, 10) ? -1 : 0)));
  });

  it('changes nothing where a part of a change fails', async () => {
    await using((index) => index.put([rows(on(0))]));
    const good = rows(on(1));
    const [cell = expect.fail('no cell')] = good.cells;
    await using(async (index) => {
      const twice = { ...good, cells: [cell, cell] };
      expect(
        await index.put([rows(on(2)), twice]).then(
          () => 'put',
          () => 'refused',
        ),
      ).to.equal('refused');
      expect((await index.attempts({ nights: 60 })).map(({ night }) => night)).to.deep.equal([dateOfNight(0)]);
      await index.put([good]);
    });
    expect((await using((index) => index.known())).size).to.equal(2);
  });

  it(`${otherVersion === 'replace' ? 'begins again' : 'refuses to begin'} where another version made its tables`, async () => {
    await using(async (index, database) => {
      await index.put([rows(on(0))]);
      await database.change([{ sql: "UPDATE halab_meta SET value = ? WHERE name = 'version'", rows: [['0']] }]);
    });
    const found = await using((index) => index.known()).then(
      ({ size }) => size,
      ({ code }: { readonly code: string }) => code,
    );
    expect(found).to.equal(otherVersion === 'replace' ? 0 : 'usage');
  });
}
