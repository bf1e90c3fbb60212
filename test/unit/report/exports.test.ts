import { expect } from 'chai';
import { validate } from 'ctrf';
import { XMLValidator } from 'fast-xml-parser';
import { renderBadge } from '../../../src/report/badge.js';
import { compareRuns } from '../../../src/report/compare.js';
import { comparisonLines } from '../../../src/report/compare-lines.js';
import { renderCtrf } from '../../../src/report/ctrf.js';
import { annotationsOf } from '../../../src/report/github.js';
import { renderMarkdown } from '../../../src/report/markdown.js';
import { foldRun } from '../../../src/report/summary.js';
import { STORED_RUNS, storedEvents } from '../../support/stored-run.js';
import { CUT, eventsOf, FAILED_CUT, HOSTILE, INFO, MEND, SKIPPED_MEND, stamped, UNKNOWN_MEND } from './sample-run.js';

const FAILED = stamped(eventsOf([FAILED_CUT, UNKNOWN_MEND], 'failed', { ...INFO, run: HOSTILE }));

describe('ctrf.json', () => {
  const ctrfOf = (events: typeof FAILED) => JSON.parse(renderCtrf(foldRun(events), events, 'en'));

  for (const name of STORED_RUNS)
    it(`of the run "${name}" is valid, and counts its steps`, () => {
      const report = ctrfOf(storedEvents(name));
      expect(validate(report).errors ?? []).to.deep.equal([]);
      const { tests, summary } = report.results;
      expect(tests).to.have.length(summary.tests);
      expect(summary.passed + summary.failed + summary.other + summary.skipped).to.equal(summary.tests);
    });

  it('is valid whatever a lab printed, and of a run that has nothing', () => {
    expect(validate(ctrfOf(FAILED)).valid).to.equal(true);
    expect(validate(ctrfOf([])).valid).to.equal(true);
    const [failed, unknown] = ctrfOf(FAILED).results.tests;
    expect(failed).to.include({ status: 'failed', rawStatus: 'failed', duration: 8_420 });
    expect(failed.extra.outages[0].longest.durationMs).to.equal(8_240);
    expect(unknown).to.include({ status: 'other', rawStatus: 'unknown' });
  });

  it('would be caught leaving its schema', () => {
    expect(validate({ ...ctrfOf(FAILED), extras: 1 }).valid).to.equal(false);
  });
});

describe('summary.md', () => {
  it('begins with the verdict and the outage, and lets no markup of a lab through', () => {
    const text = renderMarkdown(foldRun(FAILED), 'en');
    expect(text.split('\n')[0]).to.equal('## ✖ failed · outage 8.24s');
    expect(text).to.contain('### What did not hold').and.not.contain('<script');
    expect(text).to.match(/\| ✖ \| walkthrough \/ cut \| .* \| 8\.42s \| 8\.24s \|/);
    expect(renderMarkdown(foldRun(FAILED), 'zh')).to.contain('## ✖ 失败 · 中断 8.24');
  });

  it('tells of an outage without an end that it has none', () => {
    expect(renderMarkdown(foldRun(storedEvents('failed')), 'en').split('\n')[0]).to.match(
      /^## ✖ failed · outage [\d.]+s, no answer until the probe ended$/,
    );
  });

  it('is short where all went well', () => {
    const text = renderMarkdown(foldRun(stamped(eventsOf([CUT, MEND], 'passed'))), 'en');
    expect(text).to.contain('floor: token 3.65s').and.not.contain('###');
  });
});

describe('badge.svg', () => {
  it('is well-formed, with the verdict and the outage', () => {
    for (const language of ['en', 'zh'] as const)
      expect(XMLValidator.validate(renderBadge(foldRun(FAILED), language))).to.equal(true);
    expect(renderBadge(foldRun(stamped(eventsOf([CUT], 'passed'))), 'en')).to.contain('passed · outage 8.24s');
    expect(renderBadge(foldRun(storedEvents('failed')), 'en')).to.contain('>failed</text>');
  });
});

describe('annotations', () => {
  it('are an error for each step that failed and a warning for each that is inconclusive, a line each', () => {
    const lines = annotationsOf(foldRun(FAILED), 'en');
    expect(lines.map((line) => line.split(' ')[0])).to.deep.equal(['::error', '::warning']);
    for (const line of lines) expect(line).to.not.match(/[\r\n]/);
    expect(lines[0]).to.match(
      /^::error title=walkthrough \/ cut%3A [^:]*::vip did not start elsewhere within 18\.0s%0A/,
    );
    expect(annotationsOf(foldRun(stamped(eventsOf([CUT, SKIPPED_MEND], 'passed'))), 'en')).to.deep.equal([]);
  });
});

describe('two runs side by side', () => {
  const probe = CUT.probes?.[0];
  const slower = {
    ...CUT,
    durationMs: 9_420,
    probes: probe && [{ ...probe, windows: [{ fromMs: 0, toMs: 9_240, durationMs: 9_240, ended: true }] }],
  } as typeof CUT;
  const packages = { ...INFO.packages, 'ha-host1': { pacemaker: '2.1.6', corosync: '3.1.7' } };
  const runOf = (...parts: Parameters<typeof eventsOf>) => foldRun(stamped(eventsOf(...parts)));
  const before = runOf([CUT, MEND], 'passed');
  const after = runOf([slower], 'passed', { ...INFO, kernel: '6.2.0', packages });

  it('have each step of either, and what differs of the lab', () => {
    const { steps, facts, packages: differing } = compareRuns(before, after);
    expect(steps).to.deep.equal([
      {
        ...{ scenario: 'walkthrough', step: 'cut' },
        before: { verdict: 'passed', durationMs: 8_420, outageMs: 8_240 },
        after: { verdict: 'passed', durationMs: 9_420, outageMs: 9_240 },
      },
      { scenario: 'walkthrough', step: 'mend', before: { verdict: 'passed', durationMs: 2_500 } },
    ]);
    expect(facts).to.deep.equal([{ what: 'kernel', before: '6.1.0', after: '6.2.0' }]);
    expect(differing).to.deep.equal([{ what: 'ha-host1 pacemaker', before: '2.1.5', after: '2.1.6' }]);
  });

  it('are a table with the change of each length', () => {
    const text = comparisonLines(compareRuns(before, after), 'en').join('\n');
    expect(text).to.match(/walkthrough \/ cut +✔ 8\.42s +✔ 9\.42s +\+1\.00s \(\+12 %\)/);
    expect(text).to.match(/outage +8\.24s +9\.24s/);
    expect(text).to.contain('6.1.0  6.2.0');
    expect(comparisonLines(compareRuns(before, before), 'en').join('\n')).to.contain('all packages are the same');
  });

  it('have their outages as bars on one scale', () => {
    const passed = foldRun(storedEvents('passed'));
    const text = comparisonLines(compareRuns(passed, passed), 'en');
    const bars = text.filter((line) => line.includes('░▒'));
    expect(bars).to.have.length(2);
    for (const bar of bars) expect(bar).to.match(/^ {4}(?:before|after ) {2}░{20,30}▒{30,40}█*▌* [\d.]+s$/);
  });

  it('have the phases of an outage, and no length where it has no end', () => {
    const { steps } = compareRuns(foldRun(storedEvents('passed')), foldRun(storedEvents('failed')));
    const cut = steps.find(({ scenario, step }) => scenario === 'interface-down' && step === 'cut');
    expect(cut?.before?.phases).to.have.all.keys('detect', 'membership', 'start', 'answers');
    const open = steps.find(({ scenario, step }) => scenario === 'interface-down-banned' && step === 'cut');
    expect(open?.after).to.have.property('verdict', 'failed');
    expect(open?.after).to.not.have.property('outageMs');
  });
});
