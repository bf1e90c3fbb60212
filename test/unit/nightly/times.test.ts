import { expect } from 'chai';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import { runFactsIn } from '../../../src/nightly/run-facts.js';
import { timesFrom } from '../../../src/nightly/times.js';
import { TOP } from '../../support/halab.js';
import { SECOND } from './cells.js';

const run = (durationMs: number, more: object = {}) => ({
  schema: 'halab.run/1',
  verdict: 'passed',
  finished: true,
  lab: 'linuxha',
  image: 'debian-12',
  scenarios: [{ scenario: 'cut', verdict: 'passed', asGiven: false, durationMs }],
  stages: [
    { stage: 'up', durationMs: 15 * SECOND },
    { stage: 'evidence', durationMs: 4 * SECOND },
    { stage: 'down', durationMs: SECOND },
  ],
  ...more,
});
const times = (...summaries: readonly object[]) => timesFrom(summaries.flatMap((summary) => runFactsIn(summary) ?? []));
const cut = { id: 'cut', steps: [] };

describe('expected times', () => {
  it('are in the middle of the latest runs', () => {
    const known = times(run(9), run(5), run(7)).scenario(cut, 'linuxha', 'debian-12');
    expect(known).to.deep.equal({ ms: 7, from: 'runs', runs: 3 });
    const old = [...Array.from({ length: 7 }, () => run(5)), ...Array.from({ length: 20 }, () => run(50))];
    expect(times(...old).scenario(cut, 'linuxha', 'debian-12')).to.deep.equal({ ms: 5, from: 'runs', runs: 7 });
  });

  it('count set-ups that were repeated, and no scenario that failed', () => {
    const scenarios = [
      { scenario: 'cut~2', verdict: 'passed', asGiven: true, durationMs: 4 },
      { scenario: 'cut', verdict: 'failed', asGiven: false, durationMs: 90_000 },
    ];
    expect(times(run(0, { scenarios })).scenario(cut, 'linuxha', 'debian-12').ms).to.equal(4);
  });

  it('are those of another image where there is none of this one, and of no other lab', () => {
    const known = times(run(9, { image: 'debian-11' }));
    expect(known.scenario(cut, 'linuxha', 'debian-13')).to.deep.equal({ ms: 9, from: 'runs', runs: 1 });
    expect(known.scenario(cut, 'two-node', 'debian-11').from).to.equal('estimate');
  });

  it('of a lab are those of up, evidence and down together, if all were done', () => {
    expect(times(run(9)).lab('linuxha', 'debian-12')).to.deep.equal({ ms: 20 * SECOND, from: 'runs', runs: 1 });
    expect(times(run(9, { stages: [{ stage: 'up' }] })).lab('linuxha', 'debian-12').from).to.equal('estimate');
    const restored = [{ durationMs: 3 * SECOND }];
    expect(times(run(9, { restored })).restore('linuxha', 'debian-12').ms).to.equal(3 * SECOND);
  });

  it('are estimated by steps and waits', () => {
    const { selected } = loadScenarios(
      ['interface-down', 'cluster-status'],
      loadLab('linuxha', { root: TOP, cwd: TOP }).lab,
      {
        root: TOP,
        cwd: TOP,
      },
    );
    const [fault, look] = selected.map((each) => times().scenario(each, 'linuxha', 'debian-12'));
    expect(fault).to.include({ from: 'estimate', runs: 0 });
    expect(fault?.ms).to.be.within(10 * SECOND, 60 * SECOND);
    expect(look?.ms).to.be.below(fault?.ms ?? 0);
  });

  it('pass over what is no summary of a run', () => {
    for (const each of [undefined, 'text', {}, { ...run(1), schema: 'halab.night/1' }])
      expect(runFactsIn(each)).to.equal(undefined);
    expect(runFactsIn(run(1))).to.deep.include({ lab: 'linuxha', finished: true });
  });
});
