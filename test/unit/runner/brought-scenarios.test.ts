import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { createRandom } from '../../../src/cli/run/request.js';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import { executeStep } from '../../../src/runner/execute-step.js';
import { createMemoryRun } from '../../support/memory-run.js';

const TOP = resolve(import.meta.dirname, '../../..');
const DIRS = { cwd: join(TOP, 'test/fixtures/scenarios'), root: TOP };
const { lab } = loadLab('linuxha', DIRS);
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The verdicts of a file's steps, on nodes that have a file system of their own. */
async function verdictsOf(file: string, seed: number): Promise<readonly string[]> {
  const [scenario] = loadScenarios([file], lab, DIRS).selected;
  if (scenario === undefined) throw new Error(`${file} holds no scenario`);
  const memory = await createMemoryRun({ deps: { random: createRandom(seed) } });
  const files = new Set<string>();
  memory.lab.mischief.command = (node, [program, path]) => {
    if (program === 'touch') files.add(`${node}:${path}`);
    if (program !== 'touch' && program !== 'ls') return undefined;
    return { exitCode: files.has(`${node}:${path}`) ? 0 : 2 };
  };
  const verdicts: string[] = [];
  for (const step of scenario.steps) verdicts.push((await executeStep(memory.session, scenario, step)).verdict);
  return verdicts;
}

describe('scenarios that people brought', () => {
  it('mean another host in each step by {any other than dc}, by the seed', async () => {
    const runs = await Promise.all(SEEDS.map((seed) => verdictsOf('./any-other-is-drawn-again.yaml', seed)));
    expect(new Set(runs.map((verdicts) => verdicts.includes('failed'))).size).to.equal(2);
  });

  it('mean the same host where it is kept, with every seed', async () => {
    for (const seed of SEEDS)
      expect(await verdictsOf('./any-other-is-kept.yaml', seed), `seed ${seed}`).to.deep.equal(Array(4).fill('passed'));
  });

  it('are warned of the words of a shell', () => {
    const { warnings } = loadScenarios(['./shell-in-command.yaml'], lab, DIRS);
    expect(warnings.map(({ line, message }) => `${line}: ${message}`)).to.deep.equal([
      "7: command runs without a shell, so pcs gets '&&' as it stands",
      "9: command runs without a shell, so crm_mon gets '|' as it stands",
    ]);
  });

  it('are told which expectations there are, and nothing else', () => {
    expect(() => loadScenarios(['./unknown-expectation.yaml'], lab, DIRS)).to.throw(
      /^1 problem in unknown-expectation\.yaml\n.*:6:33: unknown expectation 'rebooted'; known: node, .*attribute, .*not, never$/,
    );
  });
});
