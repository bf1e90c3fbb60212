import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { HistoryJson } from '../../src/history/answer.js';
import { createHalabInProcess, type Halab, jsonOf } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';
import { dateOfNight, type MadeRun, writeMadeRun } from '../support/made-runs.js';

describe('halab history', function () {
  this.timeout(60_000);
  let halab: Halab;
  const reports = (...path: readonly string[]) => join(halab.folder, 'reports', ...path);

  beforeEach(() => {
    halab = createHalabInProcess();
  });
  afterEach(() => halab.remove());

  async function historyOf(...argv: readonly string[]): Promise<HistoryJson & { readonly stderr: string }> {
    const finished = await halab.run(['history', '--json', ...argv]);
    expect(finished.exitCode, finished.stderr).to.equal(0);
    const json = jsonOf(finished);
    expect(problemsBy('history', json)).to.deep.equal([]);
    return { ...(json as unknown as HistoryJson), stderr: finished.stderr };
  }

  function writeNight(night: number, runs: readonly Partial<MadeRun>[]): void {
    const date = dateOfNight(night);
    for (const [index, run] of runs.entries()) {
      const at = `${date}T02:${String(10 + index).padStart(2, '0')}:00.000Z`;
      writeMadeRun(reports(), { at, ...run }, `${date.replaceAll('-', '')}-020000-night`, `${index + 1}`);
    }
  }

  it('calls a flaky, an unstable, a changed and a lost scenario that, and each only that', async () => {
    for (let night = 0; night < 16; night += 1)
      writeNight(night, [
        ...(night === 14 ? [{ scenario: 'group', outcome: 'failed' as const }] : []),
        { scenario: 'group' },
        { scenario: 'clone', outcome: night % 3 === 1 ? 'failed' : 'passed' },
        { scenario: 'freeze', outcome: night === 15 ? 'lost' : 'passed' },
        ...[0, 20, 40].map((more) => ({
          outageMs: (night < 11 ? 8_400 : 9_400) + more,
          pacemaker: night < 11 ? '2.1.5' : '2.1.6',
        })),
      ]);
    const { series, nights, runs } = await historyOf();
    expect([nights.length, runs]).to.deep.equal([16, 16 * 6 + 1]);
    expect(series.map(({ scenario, state, words }) => `${scenario} ${state}: ${words}`)).to.deep.equal([
      'clone passed: unstable',
      'freeze lost: lost',
      'group passed: flaky',
      'interface-down passed: changed',
    ]);
    const ofOne = await historyOf('clone');
    expect([ofOne.nights.length, ofOne.runs, ofOne.series.length]).to.deep.equal([16, 16, 1]);
    const told = await halab.run(['history']);
    expect(told.stdout).to.contain(`outage of cut changed on ${dateOfNight(11)}: 8.42s → 9.42s (+12 %)`);
    expect(told.stdout).to.contain('that night: pacemaker 2.1.5 → 2.1.6');
    const chinese = await halab.run(['history', 'interface-down', '--lang', 'zh']);
    expect(chinese.stdout).to.contain(`步骤 cut 的中断自 ${dateOfNight(11)} 起改变`);
  });

  it('is made again where the index is lost, broken or wanted again, and counts nothing twice', async () => {
    for (const night of [0, 1, 2]) writeNight(night, [{}, { scenario: 'standby' }]);
    const first = await historyOf();
    expect(first.runs).to.equal(6);
    rmSync(reports('history.db'));
    expect((await historyOf()).series).to.deep.equal(first.series);
    writeFileSync(reports('history.db'), 'this is no database, but long enough to look like one'.repeat(200));
    const mended = await historyOf();
    expect(mended.stderr).to.match(/^warning: the history in \S+history\.db is broken/);
    expect(mended.series).to.deep.equal(first.series);
    expect(readFileSync(reports('history.db.broken'), 'utf8')).to.match(/^this is no database/);
    const again = await halab.run(['history', 'rebuild', '--json']);
    expect(problemsBy('history-rebuild', jsonOf(again))).to.deep.equal([]);
    expect(jsonOf(again)).to.include({ runs: 6, place: reports('history.db') });
    expect(await historyOf()).to.deep.equal(first);
  });

  it('adds what came since, and what a run wrote after it was read', async () => {
    writeNight(0, [{ outcome: 'lost' }]);
    expect((await historyOf()).series[0]?.state).to.equal('lost');
    writeNight(0, [{}]);
    writeNight(1, [{ outcome: 'failed' }]);
    const { runs, series } = await historyOf();
    expect([runs, series[0]?.state, series[0]?.lastGreen?.night]).to.deep.equal([2, 'failed', dateOfNight(0)]);
  });

  it('names a run that cannot be read, and goes on', async () => {
    writeNight(0, [{}, { scenario: 'standby' }]);
    const [night = ''] = readdirSync(reports('nights'));
    const [unit = ''] = readdirSync(reports('nights', night, 'cells'));
    const [run = ''] = readdirSync(reports('nights', night, 'cells', unit, '1'));
    const file = reports('nights', night, 'cells', unit, '1', run, 'events.jsonl');
    const [head, ...rest] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [head, 'no JSON', ...rest].join('\n'));
    const { runs, stderr } = await historyOf();
    expect(runs).to.equal(1);
    expect(stderr).to.match(/warning: .* is not in the history: line 2 of events.jsonl is not JSON/);
  });

  it('says that there is nothing yet, which scenario was meant, and what HALAB_HISTORY may be', async () => {
    expect((await halab.run(['history'])).stdout).to.contain('there is no run in the history yet');
    writeNight(0, [{}]);
    const meant = await halab.run(['history', 'interface-dwn']);
    expect([meant.exitCode, meant.stderr]).to.deep.equal([
      2,
      'halab: no run of interface-dwn is in the history\n  → do you mean interface-down?\n',
    ]);
    for (const [value, said] of [
      ['reports/h.db', 'HALAB_HISTORY is "reports/h.db"'],
      ['off', 'HALAB_HISTORY is off'],
      ['postgres://somebody:secret@127.0.0.1:1/none', 'cannot connect to postgres://somebody@127.0.0.1:1/none'],
    ] as const) {
      const { exitCode, stderr } = await halab.run(['history'], { env: { HALAB_HISTORY: value } });
      expect([exitCode, stderr]).to.deep.equal([2, stderr]);
      expect(stderr).to.contain(said).and.not.contain('secret');
    }
    mkdirSync(join(halab.folder, 'elsewhere'));
    const file = join(halab.folder, 'elsewhere', 'team.db');
    expect((await halab.run(['history'], { env: { HALAB_HISTORY: file } })).exitCode).to.equal(0);
    expect(existsSync(file)).to.equal(true);
  });
});
