import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { PageData } from '../../src/report/page-data.js';
import { createHalabInProcess, type Halab, jsonOf, TOP } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

const REPORTS = ['run.json', 'summary.json', 'junit.xml', 'ctrf.json', 'summary.md', 'badge.svg', 'report.html'];

describe('halab report', function () {
  this.timeout(60_000);
  let halab: Halab;
  const place = (...path: readonly string[]) => join(halab.folder, 'reports', ...path);

  before(() => {
    halab = createHalabInProcess();
    for (const name of ['passed', 'failed'])
      cpSync(join(TOP, 'test/fixtures/reports', name), place(name), { recursive: true });
  });
  after(() => halab.remove());

  it('makes every report of a run from its events and evidence, each time the same to the byte', async () => {
    const first = await halab.run(['report', 'failed', '--json']);
    expect(first.exitCode, first.stderr).to.equal(0);
    expect(problemsBy('report', jsonOf(first))).to.deep.equal([]);
    expect(jsonOf(first)).to.deep.include({ verdict: 'failed', files: REPORTS });
    const contents = REPORTS.map((file) => readFileSync(place('failed', file)));
    const second = await halab.run(['report', place('failed'), '--lang', 'en']);
    expect(second.exitCode, second.stderr).to.equal(0);
    for (const [index, file] of REPORTS.entries())
      expect(readFileSync(place('failed', file)).equals(contents[index] ?? Buffer.of()), file).to.equal(true);
    // With the program of the page, which a build alone makes.
    expect(
      contents
        .at(-1)
        ?.toString()
        .match(/<script>(.*)/)?.[1],
    ).to.have.length.above(10_000);
  });

  it('annotates a job of GitHub Actions and adds to its summary, there alone', async () => {
    const summary = join(halab.folder, 'step-summary.md');
    writeFileSync(summary, 'before\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { stderr } = await halab.run(['report', 'failed'], { env });
    expect(stderr).to.match(/^::error title=interface-down-banned \/ cut/);
    expect(readFileSync(summary, 'utf8')).to.match(/^before\n## ✖ failed · outage/);
    expect((await halab.run(['report', 'failed'])).stderr).to.equal('');
  });

  it('compares two runs, for people and for programs', async () => {
    const told = await halab.run(['report', 'compare', 'passed', 'failed']);
    expect(told.exitCode, told.stderr).to.equal(0);
    expect(told.stdout).to.contain('interface-down / cut').and.contain('detect');
    const json = await halab.run(['report', 'compare', 'passed', 'failed', '--json']);
    expect(problemsBy('compare', jsonOf(json))).to.deep.equal([]);
    expect(existsSync(place('passed', 'report.html'))).to.equal(false);
  });

  it('writes a page of two runs where it is told to', async () => {
    const page = join(halab.folder, 'compared.html');
    const told = await halab.run(['report', 'compare', 'passed', 'failed', '--html', page]);
    expect(told.exitCode, told.stderr).to.equal(0);
    expect(told.stderr).to.contain(`the page is in ${page}`);
    expect(readFileSync(page, 'utf8')).to.match(/<script>.{10000}/s);
    const refused = await halab.run([
      'report',
      'compare',
      'passed',
      'failed',
      '--html',
      join(halab.folder, 'no', 'page'),
    ]);
    expect(refused.exitCode).to.equal(2);
    expect(refused.stderr).to.contain('choose another file with --html');
  });

  it('weighs at most 400 kB without its evidence', async () => {
    await halab.run(['report', 'passed']);
    const page = readFileSync(place('passed', 'report.html'), 'utf8');
    const { files } = JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '') as PageData;
    const evidence = files.reduce((sum, file) => sum + JSON.stringify(file).length, 0);
    expect(Buffer.byteLength(page) - evidence).to.be.at.most(400_000);
  });

  it('says which run was meant', async () => {
    const { exitCode, stderr } = await halab.run(['report', 'fialed']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('there is no run fialed').and.contain('do you mean failed?');
  });
});
