import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { importsOf, readSources } from '../../../tools/imports.js';
import { budgetOf, stagesOf, tiersFor, timesOf, WHOLE } from '../../../tools/test-plan.js';

const TOP = join(import.meta.dirname, '../../..');
const E2E = join(TOP, 'test/e2e');
const TIERS = tiersFor({ e2e: ['one', 'two'], nightly: ['three'] });

describe('the plan of a test run', () => {
  const names = (tiers: readonly string[]) => stagesOf(TIERS, tiers).map((stage) => stage.map(({ name }) => name));

  it('runs quick tiers first and labs last, whatever the order they are named in', () => {
    expect(names(WHOLE)).to.deep.equal([
      ['static', 'image', 'unit'],
      ['cli'],
      ['contract', 'browser'],
      ['timing'],
      ['e2e'],
    ]);
    expect(names(['smoke', 'unit', 'static'])).to.deep.equal([['static', 'unit'], ['smoke']]);
    expect(names(['nightly', 'e2e', 'nightly-alone'])).to.deep.equal([['e2e'], ['nightly-alone'], ['nightly']]);
  });

  it('has a place for every tier', () => {
    const all = TIERS.map(({ name }) => name);
    expect(names(all).flat()).to.have.members(all);
  });

  it('keeps npm test within 12 minutes and npm run check within 75 seconds', () => {
    expect(budgetOf(stagesOf(TIERS, WHOLE))).to.be.at.most(12 * 60_000);
    expect(budgetOf(stagesOf(TIERS, ['static', 'unit', 'smoke']))).to.be.at.most(75_000);
  });

  it('runs each lane of a tier as a job of its own', () => {
    const jobsOf = (tier: string) =>
      TIERS.find(({ name }) => name === tier)?.jobs.map(({ name, command }) => [name, command.at(-1)]);
    expect(jobsOf('e2e')).to.deep.equal([
      ['e2e/one', 'test/e2e/one/*.test.ts'],
      ['e2e/two', 'test/e2e/two/*.test.ts'],
    ]);
    expect(jobsOf('nightly')).to.deep.equal([['nightly/three', 'test/nightly/three/*.test.ts']]);
  });

  it('names files for the smoke tier that are there', () => {
    const [job] = TIERS.find(({ name }) => name === 'smoke')?.jobs ?? [];
    const files = job?.command.filter((word) => word.endsWith('.test.ts')) ?? [];
    expect(files.length).to.be.above(1);
    for (const file of files) expect(existsSync(join(TOP, file)), file).to.equal(true);
  });
});

describe('the tiers', () => {
  it('share by test/support alone: none imports from another', () => {
    const tierOf = (file: string | undefined) => /^test\/(?!support\/|fixtures\/)(\w+)\//.exec(file ?? '')?.[1];
    const imports = [...readSources(TOP, ['test'])].flatMap(([file, text]) => importsOf(file, text));
    expect(imports.filter(({ file }) => tierOf(file) === 'e2e')).to.not.deep.equal([]);
    const crossing = imports.filter(({ target }) => tierOf(target) !== undefined);
    expect(
      crossing
        .filter(({ file, target }) => tierOf(file) !== tierOf(target))
        .map(({ file, specifier }) => ({ file, specifier })),
    ).to.deep.equal([]);
  });
});

describe('the end-to-end tests', () => {
  const lanes = readdirSync(E2E, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, files: readdirSync(join(E2E, name)).filter((file) => file.endsWith('.test.ts')) }))
    .filter(({ files }) => files.length > 0);

  it('are all in a lane', () => {
    expect(readdirSync(E2E).filter((file) => file.endsWith('.test.ts'))).to.deep.equal([]);
    expect(lanes).to.have.length.within(2, 4);
  });

  it('measure outages in one lane only, so that no two measurements disturb each other', () => {
    const measuring = lanes.filter(({ name, files }) =>
      files.some((file) => /durationMs|errorMs/.test(readFileSync(join(E2E, name, file), 'utf8'))),
    );
    expect(measuring.map(({ name }) => name)).to.deep.equal(['runs']);
  });
});

describe('the times of a test run', () => {
  it('stand beside their budgets, and say by how much one is over', () => {
    const timings = [
      { name: 'unit', tookMs: 22_400, budgetMs: 40_000 },
      { name: 'e2e', tookMs: 600_000, budgetMs: 540_000 },
    ];
    expect(timesOf(timings)).to.deep.equal({
      lines: ['unit    22 s of 40 s', 'e2e    600 s of 540 s  over budget by 60 s'],
      isOver: true,
    });
    expect(timesOf(timings.slice(0, 1)).isOver).to.equal(false);
  });
});
