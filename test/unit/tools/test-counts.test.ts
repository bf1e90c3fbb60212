import { expect } from 'chai';
import { countsOfCommand, countsOfMocha, failureText, NO_COUNTS, verdictOf } from '../../../tools/test-counts.js';

const WHOLE = { whole: true, overBudget: false };
const NAMED = { whole: false, overBudget: false };

describe('the counts of a test run', () => {
  const counts = { passed: 5, failed: 0, skipped: 1, failures: [] };

  it('take a run that crashed as one failure, and name it', () => {
    expect(countsOfMocha('unit', undefined, 1)).to.deep.equal({
      ...NO_COUNTS,
      failed: 1,
      failures: ['unit: ended without counts'],
    });
    expect(countsOfMocha('unit', counts, undefined)).to.deep.equal({
      ...counts,
      failed: 1,
      failures: ['unit: ended by a signal, though no test failed'],
    });
    const failed = { ...counts, failed: 1, failures: ['a suite › a test'] };
    expect(countsOfMocha('unit', failed, 1)).to.deep.equal(failed);
    expect(countsOfMocha('unit', counts, 0)).to.deep.equal(counts);
    expect(countsOfCommand('static/tsc', 0)).to.deep.equal({ ...NO_COUNTS, passed: 1 });
    expect(countsOfCommand('static/tsc', 2)).to.deep.equal({
      ...NO_COUNTS,
      failed: 1,
      failures: ['static/tsc: exit code 2'],
    });
  });

  it('name what failed before the totals, with the first lines of each message', () => {
    const text = failureText(['a suite', 'a test'], Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n'));
    const tiers = new Map([
      ['unit', { ...NO_COUNTS, failed: 1, failures: [text] }],
      ['static', countsOfCommand('static/tsc', 2)],
    ]);
    const { lines } = verdictOf(tiers, NAMED);
    expect(lines.join('\n').split('\n')).to.deep.equal([
      'what failed:',
      '  a suite › a test',
      ...Array.from({ length: 8 }, (_, line) => `    line ${line}`),
      '    …',
      '  static/tsc: exit code 2',
      '',
      '0 passed, 2 failed',
    ]);
  });

  it('close with a line of totals', () => {
    const tiers = new Map([
      ['unit', { ...NO_COUNTS, passed: 120 }],
      ['e2e', { ...NO_COUNTS, passed: 8, skipped: 3 }],
    ]);
    expect(verdictOf(tiers, WHOLE)).to.deep.equal({
      lines: ['end-to-end tests on a real cluster: 8', '128 passed, 0 failed, 3 skipped'],
      exitCode: 0,
    });
    expect(verdictOf(new Map([['unit', { ...NO_COUNTS, passed: 2 }]]), NAMED).lines).to.deep.equal([
      '2 passed, 0 failed',
    ]);
  });

  it('are no success without an end-to-end test, unless tiers were named', () => {
    const skipped = new Map([['e2e', { ...NO_COUNTS, skipped: 4 }]]);
    expect(verdictOf(skipped, WHOLE).exitCode).to.equal(1);
    expect(verdictOf(skipped, NAMED).exitCode).to.equal(0);
    expect(verdictOf(new Map([['unit', { ...NO_COUNTS, passed: 1, failed: 1 }]]), NAMED).exitCode).to.equal(1);
  });

  it('are no success over budget, and the totals still come last', () => {
    const { lines, exitCode } = verdictOf(new Map([['unit', counts]]), { whole: false, overBudget: true });
    expect(exitCode).to.equal(1);
    expect(lines).to.have.length(2);
    expect(lines[0]).to.include('longer than its budget');
    expect(lines[1]).to.equal('5 passed, 0 failed, 1 skipped');
  });
});
