import { expect } from 'chai';
import { nightJunit } from '../../../src/nightly/junit.js';
import { summarize } from '../../../src/nightly/summary.js';
import { renderJunit } from '../../../src/report/junit.js';
import { foldRun } from '../../../src/report/summary.js';
import { problemsOfJunit } from '../../support/junit-schema.js';
import { needProgram } from '../../support/programs.js';
import { STORED_RUNS, storedEvents } from '../../support/stored-run.js';
import { cell } from '../nightly/cells.js';
import { begun, finished, lost, night } from '../nightly/night-events.js';
import { AUDITED_RUNS } from './sample-audits.js';
import { CUT, eventsOf, FAILED_CUT, HOSTILE, INFO, SKIPPED_MEND, UNKNOWN_MEND } from './sample-run.js';

describe('junit.xml by its schema', function () {
  this.timeout(30_000);
  before(function () {
    needProgram(this, 'xmllint');
  });

  for (const name of STORED_RUNS)
    it(`is valid of the run "${name}"`, () => {
      for (const language of ['en', 'zh'] as const)
        expect(problemsOfJunit(renderJunit(foldRun(storedEvents(name)), language))).to.equal('');
    });

  it('is valid of every outcome, of hostile texts, of audits, and of a run that has nothing', () => {
    const hostile = { ...FAILED_CUT, title: { en: HOSTILE }, reason: HOSTILE };
    const steps = [CUT, hostile, UNKNOWN_MEND, SKIPPED_MEND];
    const runs = [eventsOf(steps, 'failed', { ...INFO, run: HOSTILE }), []];
    for (const events of runs) expect(problemsOfJunit(renderJunit(foldRun(events), 'en'))).to.equal('');
    for (const [audited, verdict] of Object.values(AUDITED_RUNS))
      expect(problemsOfJunit(renderJunit(foldRun(eventsOf(audited, verdict)), 'en'))).to.equal('');
  });

  it('is valid of a night with a flaky, a failed and a lost cell', () => {
    const events = [
      ...[begun('a', 1), finished('a', 1, { a: 'failed' }), begun('a', 2), finished('a', 2, { a: 'passed' })],
      ...[begun('b', 1), finished('b', 1, { b: 'failed' }), begun('c', 1), lost('c', 1)],
    ];
    const cells = ['a', 'b', 'c', 'd'].map((id) => cell(id));
    const summary = summarize([{ folder: '/nights/1', cells, state: night(...events) }], 'own');
    expect(problemsOfJunit(nightJunit(summary, HOSTILE))).to.equal('');
  });

  it('would be caught leaving it', () => {
    const xml = renderJunit(foldRun(eventsOf([CUT], 'passed')), 'en');
    expect(problemsOfJunit(xml.replace('</testcase>', '<properties/></testcase>'))).to.contain("'properties'");
    expect(problemsOfJunit(xml.replace(/<testsuite name="[^"]*"/, '<testsuite'))).to.contain("'name' is required");
    expect(problemsOfJunit(xml.replace(/time="[\d.]+"/, 'time="soon"'))).to.contain('soon');
  });
});
