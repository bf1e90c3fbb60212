import { expect } from 'chai';
import type { RestoredLab } from '../../../src/model/event.js';
import { NO_RESIDUE } from '../../../src/model/residue.js';
import type { Verdict } from '../../../src/model/verdict.js';
import { renderOverview } from '../../../src/report/overview.js';
import type { RunSummary, ScenarioSummary } from '../../../src/report/summary.js';
import { foldRun } from '../../../src/report/summary.js';

const PAGE = { language: 'en', color: false, width: 100 } as const;

function scenario(id: string, verdict: Verdict, parts: Partial<ScenarioSummary> = {}): ScenarioSummary {
  return {
    scenario: id,
    title: { en: `Title of ${id}`, zh: `${id} 的标题` },
    asGiven: false,
    says: {},
    steps: [],
    verdict,
    durationMs: 1_000,
    ...parts,
  };
}

function run(lab: string, verdict: Verdict, scenarios: readonly ScenarioSummary[], parts: Partial<RunSummary> = {}) {
  return { ...foldRun([]), lab, verdict, durationMs: 60_000, scenarios, ...parts };
}

const LIBRARY = [
  run('linuxha', 'passed', [
    scenario('form', 'passed', { asGiven: true, durationMs: 35_000 }),
    scenario('one', 'passed', { durationMs: 2_000 }),
    scenario('two', 'passed', { durationMs: 20_000 }),
    scenario('three', 'passed', { durationMs: 3_000 }),
    scenario('four', 'skipped', { reason: 'the memory backend cannot do: netem' }),
    scenario('five', 'skipped', { reason: 'the memory backend cannot do: netem' }),
  ]),
  run('two-node', 'failed', [
    scenario('form', 'failed', { asGiven: true, durationMs: 30_000, reason: 'start: no' }),
    scenario('pair', 'skipped', { reason: 'requires form, which is failed' }),
    scenario('lone', 'failed', { durationMs: 9_000 }),
  ]),
];

describe('the overview of a library', () => {
  const text = renderOverview(LIBRARY, PAGE);

  it('is left out where one run of few scenarios tells all', () => {
    expect(renderOverview([run('linuxha', 'passed', [scenario('one', 'passed')])], PAGE)).to.equal('');
    expect(renderOverview([], PAGE)).to.equal('');
  });

  it('begins with counts over all labs, without set-ups', () => {
    expect(text).to.match(/^\s+Overview {2}2 labs · 7 scenarios · 3 passed · 1 failed · 3 skipped · 2m00s$/m);
  });

  it('has a line for each lab and each scenario, and for set-ups that did not go well', () => {
    const lines = text.split('\n').map((line) => line.trim().replace(/ {2,}.*/, ''));
    expect(lines).to.include.members([
      '✔ lab linuxha',
      '✖ lab two-node',
      '✔ two: Title of two',
      '– pair: Title of pair',
    ]);
    expect(lines.filter((line) => line.includes('Title of form'))).to.deep.equal(['✖ form: Title of form (set-up)']);
  });

  it('gives each reason for skipping once', () => {
    expect(text).to.match(
      /^ {2}Skipped\n {2}– four, five: the memory backend cannot do: netem\n {2}– pair: requires form/m,
    );
  });

  it('names the five slowest, set-ups among them', () => {
    const [, slowest = ''] = /Slowest\n([\s\S]*?)\n\n/.exec(text) ?? [];
    expect(slowest.split('\n').map((line) => line.trim().replace(/ +/g, ' '))).to.deep.equal([
      '35.00s form (linuxha)',
      '30.00s form (two-node)',
      '20.00s two (linuxha)',
      '9.00s lone (two-node)',
      '3.00s three (linuxha)',
    ]);
  });

  it('says how often a lab was restored and recreated', () => {
    const restored: RestoredLab = {
      after: 'one',
      before: 'two',
      to: 'form',
      residue: { ...NO_RESIDUE, resources: ['web'] },
      broughtBack: [],
      durationMs: 2_500,
    };
    const [first, second] = LIBRARY;
    if (!first || !second) throw new Error('no runs');
    const told = renderOverview(
      [{ ...first, restored: [restored, { ...restored, recreated: 'a node is lost' }] }, second],
      PAGE,
    );
    expect(told).to.include('restored between scenarios 2 times, recreated once, 5.00s in all');
  });

  it('speaks Chinese', () => {
    const told = renderOverview(LIBRARY, { ...PAGE, language: 'zh' });
    expect(told).to.include('总览  2 个实验环境 · 7 个场景 · 3 个通过 · 1 个失败 · 3 个已跳过');
    expect(told).to.include('two: two 的标题');
  });
});
