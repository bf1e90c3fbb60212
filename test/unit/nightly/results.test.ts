import { expect } from 'chai';
import { passedBefore, resultsOf } from '../../../src/nightly/results.js';
import { runFactsIn } from '../../../src/nightly/run-facts.js';
import { signOf } from '../../../src/nightly/signs.js';
import { cell } from './cells.js';

const CELLS = [cell('a'), cell('b', { requires: ['form', 'vip'] })];
const told = (scenario: string, verdict: string, more: object = {}) => ({
  ...{ scenario, verdict, asGiven: false, durationMs: 5 },
  ...more,
});
const run = (verdict: string, scenarios: readonly object[], more: object = {}) => ({
  folder: 'cells/a/1/run',
  facts: runFactsIn({
    ...{ schema: 'halab.run/1', verdict, finished: true, lab: 'linuxha', image: 'debian-12', stages: [] },
    scenarios,
    ...more,
  }) as NonNullable<ReturnType<typeof runFactsIn>>,
});
const verdicts = (...runs: readonly { readonly folder: string }[]) =>
  resultsOf(CELLS, runs)?.map(({ verdict, reason = '' }) => `${verdict} ${reason}`.trim());

describe('what an attempt says about its cells', () => {
  it('is the verdict of each scenario, and the folder of the run', () => {
    const runs = [run('failed', [told('a', 'passed'), told('b', 'failed', { reason: 'cut: vip is nowhere' })])];
    expect(resultsOf(CELLS, runs)).to.deep.equal([
      { cell: 'a.linuxha.debian-12.1', verdict: 'passed', durationMs: 5, run: 'cells/a/1/run' },
      {
        cell: 'b.linuxha.debian-12.1',
        verdict: 'failed',
        reason: 'cut: vip is nowhere',
        durationMs: 5,
        run: 'cells/a/1/run',
      },
    ]);
  });

  it('is the longest outage that its steps measured, and none where no length is known', () => {
    const steps = [{}, { outageMs: 0 }, { outageMs: 8_420 }, { outageMs: 300 }];
    const runs = [run('passed', [told('a', 'passed', { steps }), told('b', 'passed', { steps: [{}] })])];
    expect(resultsOf(CELLS, runs)?.map(({ outageMs }) => outageMs)).to.deep.equal([8_420, undefined]);
  });

  it('is nothing where no run came to its end: the attempt is lost', () => {
    expect(verdicts()).to.equal(undefined);
    expect(verdicts({ folder: 'x' })).to.equal(undefined);
    expect(verdicts(run('unknown', [told('a', 'passed')], { finished: false }))).to.equal(undefined);
  });

  it('is unknown where the lab did not come up', () => {
    expect(verdicts(run('unknown', [], { reason: 'ha-host1 did not boot' }))).to.deep.equal(
      Array(2).fill('unknown ha-host1 did not boot'),
    );
  });

  it('is no pass where the run itself went wrong', () => {
    const runs = run('unknown', [told('a', 'passed'), told('b', 'passed')], { reason: 'the lab was not taken down' });
    expect(verdicts(runs)).to.deep.equal(Array(2).fill('unknown the lab was not taken down'));
  });

  it('is what a set-up came to that the cell requires, and never just skipped', () => {
    const reason = 'requires vip~2, which is failed';
    const setUp = told('vip~2', 'failed', { asGiven: true });
    expect(verdicts(run('failed', [told('a', 'passed'), setUp, told('b', 'skipped', { reason })]))).to.deep.equal([
      'passed',
      `failed ${reason}`,
    ]);
    expect(
      verdicts(run('unknown', [told('a', 'unknown'), told('b', 'skipped', { reason: 'interrupted' })])),
    ).to.deep.equal(['unknown', 'unknown interrupted']);
    expect(verdicts(run('passed', [told('a', 'passed'), told('b', 'skipped', { reason: 'no links' })]))).to.deep.equal([
      'passed',
      'skipped no links',
    ]);
  });
});

describe('what a lost attempt had done before', () => {
  const ended = (scenario: string, verdict: string) => ({
    kind: 'scenario-finished',
    result: { scenario, verdict, durationMs: 7 },
  });

  it('is what had passed, by the events; what had failed is run again', () => {
    const runs = [
      { folder: 'run', events: [ended('form', 'passed'), ended('a', 'passed'), ended('b', 'failed'), 'cut off'] },
    ];
    expect(passedBefore(CELLS, runs)).to.deep.equal([
      { cell: 'a.linuxha.debian-12.1', verdict: 'passed', durationMs: 7, run: 'run' },
    ]);
    expect(passedBefore(CELLS, [])).to.deep.equal([]);
  });
});

describe('a sign of life', () => {
  it('says where a run was', () => {
    const at = '2026-11-29T10:00:00.000Z';
    expect(signOf({ kind: 'step-started', at, scenario: 'cut', step: 'power' })).to.deep.equal({
      at,
      where: 'cut / power',
    });
    expect(signOf({ kind: 'stage-started', at, stage: 'up' })?.where).to.equal('up');
    expect(signOf({ kind: 'step-finished', at, result: { scenario: 'cut', step: 'power' } })?.where).to.equal(
      'cut / power',
    );
    expect(signOf({ kind: 'run-info', at })?.where).to.equal('run-info');
    expect(signOf('text')).to.equal(undefined);
  });
});
