import { expect } from 'chai';
import { AUDITS } from '../../../src/model/audit.js';
import type { StoredRun } from '../../../src/ports/store.js';
import { foldRun } from '../../../src/report/summary.js';
import { runJsonOf } from '../../../src/report/summary-json.js';
import { writeReports } from '../../../src/report/write-reports.js';
import { problemsBy, schemaOf } from '../../support/json-schemas.js';
import {
  AUDITED_RUNS,
  EXPECTED_CUT,
  HELD_MEND,
  INFO_WITHOUT_AUDITS,
  NOT_FOUND_CUT,
  OLD_INFO,
} from './sample-audits.js';
import { CUT, eventsOf, FAILED_CUT, INFO, MEND, SKIPPED_MEND, stamped, UNKNOWN_MEND } from './sample-run.js';

const throughJson = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('runJsonOf', () => {
  const json = throughJson(runJsonOf(foldRun(stamped(eventsOf([CUT, MEND], 'passed'))), 'reports/x'));

  it('holds the verdict and for each step verdict, duration, checks, targets and outage', () => {
    expect(json).to.include({
      schema: 'halab.run/1',
      verdict: 'passed',
      durationMs: 62_000,
      folder: 'reports/x',
      seed: 7,
    });
    expect(json.outage).to.deep.equal({
      ...{ scenario: 'walkthrough', step: 'cut', probe: 'cut', durationMs: 8240, ended: true, known: true },
    });
    expect(json.scenarios[0].steps[0]).to.deep.include({
      step: 'cut',
      verdict: 'passed',
      durationMs: 8420,
      outageMs: 8240,
    });
    expect(json.scenarios[0].steps[0].checks).to.deep.equal(CUT.checks);
    expect(json.scenarios[0].steps[0].targets).to.deep.equal(CUT.targets);
  });

  for (const [name, events] of Object.entries({
    passed: stamped(eventsOf([CUT, MEND], 'passed')),
    failed: stamped(eventsOf([FAILED_CUT, SKIPPED_MEND], 'failed')),
    unknown: eventsOf([CUT, UNKNOWN_MEND], 'unknown'),
    empty: [],
  })) {
    it(`keeps to the published schema for a run that is ${name}`, () => {
      expect(problemsBy('run', throughJson(runJsonOf(foldRun(events), 'reports/x')))).to.deep.equal([]);
    });
  }

  it('tells when the speed of the nodes was measured, as run.json and the page do', () => {
    const measured = [
      { kind: 'slowness-measured', factor: 32, samples: [32, 31, 33], was: 1 },
      { kind: 'slowness-measured', factor: 32, samples: [30], before: 'walkthrough' },
      { kind: 'slowness-measured', factor: 3.1, samples: [3, 3.1, 4], before: 'walkthrough', was: 32 },
    ] as const;
    const [first, ...rest] = stamped(eventsOf([CUT, MEND], 'passed'));
    if (first === undefined) throw new Error('the sample is empty');
    const events = [
      first,
      ...measured.map((each, index) => ({ ...each, seq: 0, at: first.at, ms: 60_000 * index })),
      ...rest,
    ];
    const summary = foldRun(events);
    const told = throughJson(runJsonOf(summary, 'reports/x'));
    expect(problemsBy('run', told)).to.deep.equal([]);
    expect(told.slowness[2]).to.deep.equal({
      ...{ factor: 3.1, samples: [3, 3.1, 4], before: 'walkthrough', was: 32, atMs: 120_000 },
    });
    const written = new Map<string, string>();
    writeReports(storedIn(written, 'x'), events, 'en', undefined);
    expect(JSON.parse(written.get('run.json') ?? '').slownessMeasured).to.have.length(3);
  });

  it('would be caught leaving the schema', () => {
    const problems = problemsBy('run', { ...json, verdict: 'fine', extra: 1, lab: undefined, warnings: [3] });
    expect(problems).to.deep.equal([
      "/ must have required property 'lab'",
      '/ must NOT have additional properties',
      '/verdict must be equal to one of the allowed values',
      '/warnings/0 must be string',
    ]);
  });
});

describe('the audits in summary.json', () => {
  const jsonOf = (...run: Parameters<typeof eventsOf>) =>
    throughJson(runJsonOf(foldRun(eventsOf(...run)), 'reports/x'));

  for (const [name, [steps, verdict]] of Object.entries(AUDITED_RUNS)) {
    it(`keep to the published schema: ${name}`, () => {
      expect(problemsBy('run', jsonOf(steps, verdict))).to.deep.equal([]);
    });
  }

  it('are what each step has of them, and their count', () => {
    const json = jsonOf([EXPECTED_CUT, NOT_FOUND_CUT, HELD_MEND], 'passed');
    expect(json.scenarios[0].steps.map((step: { audits: unknown }) => step.audits)).to.deep.equal(
      [EXPECTED_CUT, NOT_FOUND_CUT, HELD_MEND].map(({ audits }) => throughJson(audits)),
    );
    expect(json.audits).to.deep.equal({
      on: true,
      steps: 3,
      stepsWithout: 0,
      held: 3 * AUDITS.length - 1,
      broken: 0,
      unknown: 0,
      expected: 1,
      skipped: 0,
      expectedNotFound: 1,
      durationMs: 4650,
      settlingMs: 2400,
    });
  });

  it('are off, or not there at all in a run from before there were any', () => {
    const off = jsonOf([CUT], 'passed', INFO_WITHOUT_AUDITS);
    expect(off.audits).to.include({ on: false, steps: 0 });
    expect(off.scenarios[0].steps[0]).to.not.have.property('audits');
    const old = jsonOf([CUT], 'passed', OLD_INFO);
    expect(old).to.not.have.property('audits');
    for (const json of [off, old]) expect(problemsBy('run', json)).to.deep.equal([]);
  });

  it('are of the kinds that there are, and caught leaving the schema', () => {
    expect(schemaOf('run')).to.have.nested.property('$defs.audit.properties.audit.enum').that.deep.equals(AUDITS);
    const json = jsonOf([EXPECTED_CUT], 'passed');
    json.scenarios[0].steps[0].audits.results[0].verdict = 'fine';
    json.scenarios[0].steps[0].audits.results[1].expected[0].because = 'so';
    delete json.audits.held;
    const places = problemsBy('run', json).map((problem) => problem.split(' ')[0]);
    expect(places).to.have.members([
      '/audits',
      '/scenarios/0/steps/0/audits/results/0/verdict',
      '/scenarios/0/steps/0/audits/results/1/expected/0/because',
    ]);
  });
});

describe('writeReports', () => {
  it('writes every report, and run.json only where the run got to know itself', () => {
    const written = new Map<string, string>();
    const folder = storedIn(written, 'reports/x');
    const { files, summary } = writeReports(folder, stamped(eventsOf([CUT, MEND], 'passed')), 'en', undefined);
    expect(files).to.deep.equal([
      'run.json',
      'summary.json',
      ...['junit.xml', 'ctrf.json', 'summary.md', 'badge.svg', 'report.html'],
    ]);
    expect(summary.verdict).to.equal('passed');
    expect(JSON.parse(written.get('run.json') ?? '')).to.deep.equal(INFO);
    expect(JSON.parse(written.get('summary.json') ?? '').folder).to.equal('reports/x');
    expect(writeReports(folder, [], 'en', undefined).files).to.not.include('run.json');
  });
});

function storedIn(written: Map<string, string>, path: string): StoredRun {
  return {
    path,
    read: () => undefined,
    write: (file, content) => {
      written.set(file, String(content));
      return file;
    },
  };
}
