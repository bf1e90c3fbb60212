import { expect } from 'chai';
import { foldRun } from '../../../src/report/summary.js';
import { runJsonOf } from '../../../src/report/summary-json.js';
import { rangesOf, type ShrunkJson, shrunkLines, type WalkJson } from '../../../src/report/walk-lines.js';
import { problemsBy } from '../../support/json-schemas.js';
import { CUT, eventsOf, MEND, stamped } from './sample-run.js';

const STOPPED = { step: '5-heal', what: 'audit single-active: vip is on two', faults: 5 } as const;
const SHRUNK: ShrunkJson = {
  stopped: STOPPED,
  tries: [
    {
      faults: [1, 2, 3, 4, 5],
      outcome: 'alike',
      seen: 'audit single-active: vip is on two',
      durationMs: 1,
      folder: 'r',
    },
    { faults: [5], outcome: 'passed', durationMs: 1 },
    { faults: [3, 4, 5], outcome: 'inconclusive', seen: 'no lab', durationMs: 1 },
  ],
  cutShort: 'runs',
  shortest: { faults: [1, 2, 3, 4, 5], file: '/r/shortest.yaml', command: 'halab run --random 5 --seed 1' },
};

describe('the lines about a walk that was shrunk', () => {
  it('says what stopped it, what was tried, and the shortest with its command', () => {
    expect(shrunkLines(SHRUNK, 'en')).to.deep.equal([
      'the walk stopped after 5 of its faults, at 5-heal: audit single-active: vip is on two',
      '  again, on a lab of its own, faults 1-5: failed in the same way (audit single-active: vip is on two)',
      '  again, on a lab of its own, faults 5: passed',
      '  again, on a lab of its own, faults 3-5: inconclusive (no lab)',
      '  stopped trying: the runs that --shrink allows are used up',
      'the shortest that still fails (5 faults):',
      '  halab run --random 5 --seed 1',
    ]);
    expect(shrunkLines(SHRUNK, 'zh').join('\n'))
      .to.include('以同样的方式失败')
      .and.include('halab run --random 5 --seed 1');
  });

  it('says where it did not fail again', () => {
    const lines = shrunkLines({ stopped: STOPPED, tries: [{ faults: [1], outcome: 'passed', durationMs: 1 }] }, 'en');
    expect(lines.at(-1)).to.equal('it did not fail in the same way again in 1 try');
  });

  it('is valid by the schema of a run', () => {
    const walk: WalkJson = { seed: 1, faults: 8, given: ['form-cluster'], file: '/r/walk.yaml', shrunk: SHRUNK };
    expect(
      problemsBy('run', { ...runJsonOf(foldRun(stamped(eventsOf([CUT, MEND], 'passed'))), '/r'), walk }),
    ).to.deep.equal([]);
  });

  it('writes numbers as ranges', () => {
    expect(rangesOf([1, 2, 3, 5, 7, 8])).to.equal('1-3, 5, 7-8');
  });
});
