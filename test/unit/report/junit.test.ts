import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { escapeXml, renderJunit } from '../../../src/report/junit.js';
import { foldRun } from '../../../src/report/summary.js';
import { AUDITED_RUNS, BROKEN_CUT, EXPECTED_CUT, HELD_CUT, NOT_FOUND_CUT, UNTOLD_CUT } from './sample-audits.js';
import { CUT, eventsOf, FAILED_CUT, HOSTILE, INFO, MEND, SKIPPED_MEND, UNKNOWN_MEND } from './sample-run.js';

// biome-ignore lint/suspicious/noExplicitAny: a parsed document has whatever shape it has
function parse(xml: string): any {
  expect(XMLValidator.validate(xml)).to.equal(true);
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'testcase',
  }).parse(xml);
}

describe('renderJunit', () => {
  it('is well-formed whatever a lab prints', () => {
    const steps = [{ ...FAILED_CUT, title: { en: HOSTILE }, reason: HOSTILE }];
    const document = parse(renderJunit(foldRun(eventsOf(steps, 'failed', { ...INFO, run: HOSTILE })), 'en'));
    expect(document.testsuites.testsuite.testcase[0].name).to.contain('<script>alert("x")</script> & \'q\'');
  });

  it('counts steps and tells failure, error and skipped apart', () => {
    const steps = [CUT, FAILED_CUT, UNKNOWN_MEND, SKIPPED_MEND];
    const { testsuites } = parse(renderJunit(foldRun(eventsOf(steps, 'failed')), 'en'));
    expect(testsuites).to.include({ tests: '4', failures: '1', errors: '1', time: '62.000' });
    expect(testsuites.testsuite).to.include({ tests: '4', failures: '1', errors: '1', skipped: '1' });
    const cases = testsuites.testsuite.testcase;
    expect(cases[0]).to.not.have.any.keys('failure', 'error', 'skipped');
    expect(cases[1].failure.message).to.equal(FAILED_CUT.reason);
    expect(cases[1].failure['#text']).to.contain('vip Stopped');
    expect(cases[2].error.message).to.equal('ha-host1 did not answer');
    expect(cases[3].skipped.message).to.equal('an earlier step failed');
  });

  it('shows a run that broke before any step', () => {
    const xml = renderJunit(
      foldRun([
        { kind: 'stage-started', stage: 'up', title: 'Lab up' },
        { kind: 'stage-finished', stage: 'up', durationMs: 10, error: 'no room' },
        { kind: 'run-finished', verdict: 'unknown', durationMs: 10 },
      ]),
      'en',
    );
    const { testsuites } = parse(xml);
    expect(testsuites).to.include({ tests: '1', errors: '1' });
    expect(testsuites.testsuite.testcase[0].error.message).to.equal('Lab up: no room');
  });

  it('makes a step fail by its audits, with what they found, and an untold one an error', () => {
    const steps = [BROKEN_CUT, UNTOLD_CUT, HELD_CUT];
    const { testsuites } = parse(renderJunit(foldRun(eventsOf(steps, 'failed')), 'en'));
    expect(testsuites).to.include({ tests: '3', failures: '1', errors: '1' });
    const [broken, untold, held] = testsuites.testsuite.testcase;
    expect(broken.failure.message).to.equal('audit single-active: vip is active on ha-host1 and ha-host2');
    expect(broken.failure['#text'].replaceAll('&#10;', '\n')).to.match(
      /^failed: audit single-active\n {2}seen: vip is active.*\nfailed: audit single-active\n {2}seen: 192.*\n {2}evidence: evidence\/audits\/walkthrough\/cut\.json\n$/,
    );
    expect(untold.error['#text']).to.contain('unknown: audit one-dc&#10;  seen: ha-host1 did not answer');
    expect(held).to.not.have.any.keys('failure', 'error', 'system-out');
  });

  it('names the audits where a step gives no reason', () => {
    const { reason: _, ...step } = BROKEN_CUT;
    const { testsuites } = parse(renderJunit(foldRun(eventsOf([step], 'failed')), 'en'));
    expect(testsuites.testsuite.testcase[0].failure.message).to.contain('audit single-active');
  });

  it('reports expected violations without failing, and stays well-formed', () => {
    const { testsuites } = parse(renderJunit(foldRun(eventsOf([EXPECTED_CUT, NOT_FOUND_CUT], 'passed')), 'en'));
    const [expected, notFound] = testsuites.testsuite.testcase;
    expect(expected).to.not.have.any.keys('failure', 'error', 'skipped');
    expect(expected['system-out']).to.match(
      /^expected: single-active of vip, 192\.168\.56\.24, because nothing fences/,
    );
    expect(notFound['system-out']).to.match(/^note: one-mac held although a violation was expected/);
    for (const [steps, verdict] of Object.values(AUDITED_RUNS))
      parse(renderJunit(foldRun(eventsOf(steps, verdict)), 'zh'));
  });

  it('writes an outage only of a step that was not interrupted, and only one whose end was seen', () => {
    const [probe] = CUT.probes ?? [];
    const [window] = probe?.windows ?? [];
    if (probe === undefined || window === undefined) throw new Error('the sample has no outage');
    const open = { ...CUT, probes: [{ ...probe, windows: [{ ...window, ended: false }] }] };
    const cutShort = { ...CUT, verdict: 'unknown' as const, reason: 'interrupted' };
    const cutWhileOpen = { ...open, verdict: 'unknown' as const, reason: 'interrupted' };
    const steps = [CUT, open, cutShort, cutWhileOpen];
    const xml = renderJunit(foldRun(eventsOf(steps, 'unknown')), 'en');
    expect(parse(xml).testsuites.testsuite.properties.property).to.deep.equal({
      name: 'cut.outage.cut.ms',
      value: '8240',
    });
  });

  it('adds no case to a run whose steps tell it all', () => {
    const { testsuites } = parse(renderJunit(foldRun(eventsOf([CUT, MEND], 'passed')), 'en'));
    expect(testsuites.tests).to.equal('2');
  });
});

describe('escapeXml', () => {
  it('replaces what XML does not allow and keeps line breaks through attributes', () => {
    expect(escapeXml('\u0000\u001b\ufffe\ud800')).to.equal('\ufffd\ufffd\ufffd\ufffd');
    expect(escapeXml('a\n\t漢😀')).to.equal('a&#10;&#9;漢😀');
  });
});
