import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHalabInProcess, type Halab, jsonOf } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

const scenario = (id: string, head: string) =>
  `id: ${id}\ntitle: { en: About ${id}, zh: 关于 ${id} }\n${head}\nsteps:\n  - id: look\n    expect: [{ quorum: true }]\n`;

const FILES: Readonly<Record<string, string>> = {
  '1-calm.yaml': scenario('calm', 'sets: [own]\ngiven: [form-cluster, fencing-off]'),
  '2-pair.yaml': scenario('pair', 'sets: [own]\nneeds: { lab: two-node }\ngiven: [form-cluster]'),
  '3-plain.yaml': scenario('plain', 'given: [form-cluster]'),
};

interface Plan {
  readonly lab: string;
  readonly instance: string;
  readonly scenarios: readonly {
    readonly id: string;
    readonly skipped?: string;
    readonly requires: readonly string[];
  }[];
}

describe('a library of scenarios', function () {
  this.timeout(60_000);
  let halab: Halab;
  let files: string;

  before(() => {
    halab = createHalabInProcess();
    files = join(halab.folder, 'files');
    mkdirSync(join(files, 'own'), { recursive: true });
    for (const [name, yaml] of Object.entries(FILES)) writeFileSync(join(files, 'own', name), yaml);
  });
  after(() => halab.remove());

  const run = (...argv: string[]) => halab.run(argv, { cwd: files });

  it('is planned lab by lab', async () => {
    const json = jsonOf(await run('run', 'own', '--dry-run', '--json', '--name', 'mine'));
    expect(problemsBy('plans', json)).to.deep.equal([]);
    const { plans } = json as unknown as { plans: readonly Plan[] };
    expect(plans.map(({ lab, instance }) => [lab, instance])).to.deep.equal([
      ['linuxha', 'mine-linuxha'],
      ['two-node', 'mine-two-node'],
    ]);
    expect(plans.map((plan) => plan.scenarios.map(({ id }) => id))).to.deep.equal([
      ['form-cluster', 'fencing-off', 'calm', 'plain'],
      ['form-cluster', 'pair'],
    ]);
    expect(plans[0]?.scenarios[2]?.requires).to.deep.equal(['form-cluster', 'fencing-off']);
  });

  it('tells people where the lab is put back', async () => {
    const { stdout } = await run('run', 'own', '--dry-run');
    expect(stdout).to.match(/^lab linuxha as linuxha on embedded[\s\S]*^lab two-node as two-node on embedded/m);
    const notes = stdout.split('\n').filter((line) => line.startsWith('('));
    expect(notes).to.deep.equal(['(the lab again as form-cluster leaves it)']);
  });

  it('is one plan for the one lab that is named, and says why the rest is skipped', async () => {
    const json = jsonOf(await run('run', 'own', '--dry-run', '--json', '--lab', 'linuxha')) as unknown as Plan;
    expect(problemsBy('plan', json)).to.deep.equal([]);
    expect(json.scenarios.at(-1)).to.deep.include({
      id: 'pair',
      skipped: 'is made for the lab two-node, and this is linuxha',
    });
  });

  it('is refused whole where one scenario does not fit its own lab', async () => {
    const bad = join(files, 'bad.yaml');
    writeFileSync(
      bad,
      scenario('bad', 'needs: { lab: two-node }').replace('quorum: true', 'node: ha-host3, is: online'),
    );
    const { exitCode, stderr } = await run('run', 'own', './bad.yaml', '--dry-run');
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/bad\.yaml:6:\d+: .*'ha-host3'/);
    writeFileSync(bad, scenario('bad', 'needs: { lab: tow-node }'));
    expect((await run('run', './bad.yaml', '--dry-run')).stderr).to.match(
      /bad\.yaml:3:15: .*did you mean 'two-node'\?/,
    );
  });

  it('is listed for people and for programs', async () => {
    const { stdout, exitCode } = await run('scenarios', 'own', '--set', 'own');
    expect(exitCode).to.equal(0);
    expect(stdout.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '))).to.deep.equal([
      'scenario | sets | lab | needs | title',
      'calm | own | any | – | About calm',
      'pair | own | two-node | – | About pair',
      '',
    ]);
    const json = jsonOf(await run('scenarios', '--json'));
    expect(problemsBy('scenarios', json)).to.deep.equal([]);
    expect(JSON.stringify(json)).to.include('"interface-down"');
    expect((await run('scenarios', 'nowhere')).exitCode).to.equal(2);
  });
});
