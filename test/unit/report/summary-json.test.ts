import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { RunFolder } from '../../../src/ports/store.js';
import { foldRun } from '../../../src/report/fold.js';
import { runJsonOf } from '../../../src/report/summary-json.js';
import { writeReports } from '../../../src/report/write-reports.js';
import { CUT, eventsOf, FAILED_CUT, INFO, MEND, SKIPPED_MEND, stamped, UNKNOWN_MEND } from './sample-run.js';
import { schemaProblems } from './schema-problems.js';

const SCHEMA = JSON.parse(readFileSync(new URL('../../../schemas/run.schema.json', import.meta.url), 'utf8'));
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
    expect(json.outage).to.deep.equal({ scenario: 'walkthrough', step: 'cut', durationMs: 8240, ended: true });
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
      expect(schemaProblems(throughJson(runJsonOf(foldRun(events), 'reports/x')), SCHEMA)).to.deep.equal([]);
    });
  }

  it('would be caught leaving the schema', () => {
    const problems = schemaProblems({ ...json, verdict: 'fine', extra: 1, lab: undefined, warnings: [3] }, SCHEMA);
    expect(problems).to.deep.equal([
      '$.verdict: not one of passed, unknown, failed, skipped',
      '$.lab: not a string',
      '$.warnings[0]: not a string',
      '$.extra: not allowed',
    ]);
  });
});

describe('writeReports', () => {
  it('writes every report, and run.json only where the run got to know itself', () => {
    const written = new Map<string, string>();
    const folder: RunFolder = {
      id: 'x',
      path: 'reports/x',
      append: () => expect.fail('reports add no events'),
      write: (path, content) => {
        written.set(path, String(content));
        return path;
      },
      close: () => undefined,
    };
    const { files, summary } = writeReports(folder, eventsOf([CUT, MEND], 'passed'), 'en');
    expect(files).to.deep.equal(['run.json', 'summary.json', 'junit.xml', 'report.html']);
    expect(summary.verdict).to.equal('passed');
    expect(JSON.parse(written.get('run.json') ?? '')).to.deep.equal(INFO);
    expect(JSON.parse(written.get('summary.json') ?? '').folder).to.equal('reports/x');
    expect(writeReports(folder, [], 'en').files).to.not.include('run.json');
  });
});
