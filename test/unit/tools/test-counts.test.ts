import { expect } from 'chai';
import { countsOfCommand, countsOfMocha, verdictOf } from '../../../tools/test-counts.js';

const WHOLE = { whole: true, overBudget: false };
const NAMED = { whole: false, overBudget: false };

describe('the counts of a test run', () => {
  const counts = { passed: 5, failed: 0, skipped: 1 };

  it('take a run that crashed as one failure', () => {
    expect(countsOfMocha(undefined, 1)).to.deep.equal({ passed: 0, failed: 1, skipped: 0 });
    expect(countsOfMocha(counts, undefined)).to.deep.equal({ passed: 5, failed: 1, skipped: 1 });
    expect(countsOfMocha({ ...counts, failed: 2 }, 2)).to.deep.equal({ passed: 5, failed: 2, skipped: 1 });
    expect(countsOfMocha(counts, 0)).to.deep.equal(counts);
    expect(countsOfCommand(0)).to.deep.equal({ passed: 1, failed: 0, skipped: 0 });
    expect(countsOfCommand(undefined)).to.deep.equal({ passed: 0, failed: 1, skipped: 0 });
  });

  it('close with a line of totals', () => {
    const tiers = new Map([
      ['unit', { passed: 120, failed: 0, skipped: 0 }],
      ['e2e', { passed: 8, failed: 0, skipped: 3 }],
    ]);
    expect(verdictOf(tiers, WHOLE)).to.deep.equal({
      lines: ['end-to-end tests on a real cluster: 8', '128 passed, 0 failed, 3 skipped'],
      exitCode: 0,
    });
    expect(verdictOf(new Map([['unit', { passed: 2, failed: 0, skipped: 0 }]]), NAMED).lines).to.deep.equal([
      '2 passed, 0 failed',
    ]);
  });

  it('are no success without an end-to-end test, unless tiers were named', () => {
    const skipped = new Map([['e2e', { passed: 0, failed: 0, skipped: 4 }]]);
    expect(verdictOf(skipped, WHOLE).exitCode).to.equal(1);
    expect(verdictOf(skipped, NAMED).exitCode).to.equal(0);
    expect(verdictOf(new Map([['unit', { passed: 1, failed: 1, skipped: 0 }]]), NAMED).exitCode).to.equal(1);
  });

  it('are no success over budget, and the totals still come last', () => {
    const { lines, exitCode } = verdictOf(new Map([['unit', counts]]), { whole: false, overBudget: true });
    expect(exitCode).to.equal(1);
    expect(lines).to.have.length(2);
    expect(lines[0]).to.include('longer than its budget');
    expect(lines[1]).to.equal('5 passed, 0 failed, 1 skipped');
  });
});
