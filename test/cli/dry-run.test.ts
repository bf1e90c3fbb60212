import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  createHalab,
  createHalabInProcess,
  type Finished,
  type Halab,
  inTurns,
  jsonOf,
  TOP,
} from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

const LABS = ['linuxha', 'two-node', 'five-node', 'separate-networks', 'redundant-links'];
const WALKTHROUGH = [
  'form-cluster',
  'cluster-status',
  'fencing-off',
  'virtual-ip',
  'interface-down',
  'resource-agents',
];

/** Stands on one that needs more than a lab of two hosts has. */
const NEEDY = `id: needy
title: { en: Three hosts wanted, zh: 需要三台主机 }
needs: { ha-nodes: 3, abilities: [links, pause] }
steps:
  - id: look
    title: Look
    expect: [{ quorum: true }]
    within: 5s
`;
const BEHIND = `id: behind
title: Stands on the needy one
given: [needy]
steps:
  - id: look
    title: Look
    expect: [{ quorum: true }]
    within: 5s
`;

const VIOLATING = `id: violating
title: Says beforehand what will be broken
steps:
  - id: cut
    fault: { kind: link-down, node: ha-host1, link: eth1 }
    expected-violations:
      - { audit: single-active, of: [vip, "{address vip}", "{dc}"], because: { en: nothing fences, zh: 没有隔离 } }
      - { audit: one-dc, because: the partitions each have one }
    settle: token + 1min
  - id: mend
    heal: cut
`;

const SHELL = `id: shelled
title: Words of a shell, and a shell
steps:
  - { id: word, run: { on: ha-host1, command: crm_mon -1 | grep x } }
  - id: script
    as: { other: "{any other than dc}" }
    run:
      on: ha-host1
      shell: |
        crm_mon -1 > /run/y
        grep x /run/y
`;

interface Plan {
  readonly lab: string;
  readonly instance: string;
  readonly scenarios: readonly { readonly id: string; readonly asGiven: boolean; readonly skipped?: string }[];
}

describe('run --dry-run', function () {
  this.timeout(60_000);
  let halab: Halab;
  let files: string;

  before(() => {
    halab = createHalabInProcess();
    files = join(halab.folder, 'files');
    mkdirSync(files);
    writeFileSync(join(files, 'needy.yaml'), NEEDY);
    writeFileSync(join(files, 'shelled.yaml'), SHELL);
    writeFileSync(join(files, 'behind.yaml'), BEHIND);
    writeFileSync(join(files, 'violating.yaml'), VIOLATING);
  });
  after(() => halab.remove());

  const plan = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> =>
    halab.run(['run', ...argv, '--dry-run'], { cwd: files, env });
  const planOf = (finished: Finished): Plan => {
    expect(finished.exitCode, finished.stderr).to.equal(0);
    const json = jsonOf(finished);
    expect(problemsBy('plan', json)).to.deep.equal([]);
    return json as unknown as Plan;
  };

  for (const lab of LABS) {
    it(`plans the walk-through for ${lab}, every set-up before what requires it`, async () => {
      const [people, json] = await inTurns([[], ['--json']], (flags) =>
        plan([join(TOP, 'scenarios/walkthrough'), '--lab', lab, ...flags]),
      );
      const { lab: planned, scenarios } = planOf(json ?? expect.fail());
      expect(planned).to.equal(lab);
      expect(scenarios.map(({ id }) => id)).to.have.members(WALKTHROUGH);
      const order = scenarios.map(({ id }) => id);
      expect(order.indexOf('form-cluster')).to.be.below(order.indexOf('virtual-ip'));
      expect(order.indexOf('virtual-ip')).to.be.below(order.indexOf('interface-down'));
      expect(scenarios.filter(({ asGiven }) => asGiven).map(({ id }) => id)).to.deep.equal(['fencing-off']);
      expect(people?.exitCode).to.equal(0);
      expect(people?.stdout).to.match(new RegExp(`^lab ${lab} as ${lab} on embedded: iscsi-disks, ha-host1`));
      for (const id of order) expect(people?.stdout).to.match(new RegExp(`^${id}: `, 'm'));
      expect(people?.stdout).to.match(/^ +type {4}pcs host auth ha-host1 .*-u hacluster \(on ha-host1\)$/m);
    });
  }

  it('says what each step does, how long it may take, and what is expected', async () => {
    const { stdout } = await plan(['interface-down']);
    expect(stdout).to.match(/^ {6}do {6}fault link-down eth1 \(admin\) on \{holder of vip\}$/m);
    expect(stdout).to.match(/^ {6}probe {3}ping 192\.168\.56\.24 from \{client\} every \d+ ms$/m);
    expect(stdout).to.match(/^ {6}within {2}.*token/m);
    expect(stdout).to.match(/^fencing-off: .* \(set-up\)$/m);
  });

  it('says which violations each step expects and how long the cluster may take to settle, where that is not as usual', async () => {
    const { stdout } = await plan(['./violating.yaml']);
    const [, cut = '', mend = ''] = stdout.split(/^ {2}(?=cut|mend)/m);
    expect(cut).to.match(
      /^ {6}expect {2}a violation: single-active of vip, 192\.168\.56\.24, \{dc\}, because nothing fences$/m,
    );
    expect(cut).to.match(/^ {6}expect {2}a violation: one-dc, because the partitions each have one$/m);
    expect(cut).to.match(/^ {6}settle {2}token \+ 1min$/m);
    expect(mend).to.not.match(/violation|settle/);
    expect((await plan(['./violating.yaml', '--lang', 'zh'])).stdout).to.match(
      /违反审计 single-active（.*），因为没有隔离$/m,
    );
    const { scenarios } = planOf(await plan(['./violating.yaml', '--json']));
    expect(scenarios[0]).to.have.nested.property('steps[0].expectedViolations[0].of').that.includes('192.168.56.24');
    expect(scenarios[0]).to.have.nested.property('steps[1].settle.source', '30s');
  });

  it('skips what the lab has too few hosts for, and what requires it, with the reason', async () => {
    const { scenarios } = planOf(await plan(['./needy.yaml', './behind.yaml', '--lab', 'two-node', '--json']));
    expect(scenarios).to.have.length(2);
    expect(scenarios[0]).to.deep.include({ id: 'needy', skipped: 'needs 3 HA nodes, the lab has 2' });
    expect(scenarios[1])
      .to.have.property('skipped')
      .that.matches(/^requires needy, which is skipped: needs 3/);
    const { stdout } = await plan(['./needy.yaml', '--lab', 'two-node']);
    expect(stdout).to.include('needy: Three hosts wanted — skipped: needs 3 HA nodes, the lab has 2');
    expect(planOf(await plan(['./needy.yaml', '--json'])).scenarios[0]).to.not.have.property('skipped');
  });

  it('speaks Chinese, by flag, by variable and by locale', async () => {
    const environments: readonly Readonly<Record<string, string>>[] = [
      { HALAB_LANG: 'zh' },
      { LC_ALL: 'zh_CN.UTF-8', LANG: 'C' },
      { LANG: 'zh_CN.UTF-8' },
      {},
    ];
    const [variable, all, locale, english] = await inTurns(environments, (env) => plan(['./needy.yaml'], env));
    for (const answer of [variable, all, locale]) expect(answer?.stdout).to.include('需要三台主机');
    expect(english?.stdout).to.include('Three hosts wanted').and.not.include('需要');
    expect((await plan(['./needy.yaml', '--lang', 'en'], { HALAB_LANG: 'zh' })).stdout).to.include('Three hosts');
  });

  it('takes settings from their variables, the flag over the variable, and nothing else from the environment', async () => {
    const env = {
      HALAB_LAB: 'two-node',
      HALAB_NAME: 'mine',
      HALAB_IMAGE: 'debian-13',
      HALAB_JSON: '1',
      HALAB_RANDOM: '3',
      HALAB_SEED: 'none',
    };
    const byVariables = planOf(await plan(['./needy.yaml'], env));
    expect(byVariables).to.include({ lab: 'two-node', instance: 'mine' });
    expect(planOf(await plan(['./needy.yaml', '--lab', 'linuxha'], env))).to.include({
      lab: 'linuxha',
      instance: 'mine',
    });
    expect((await plan(['./needy.yaml'], { ...env, HALAB_JSON: '0' })).stdout).to.match(/^lab two-node as mine/);
  });

  it('shows a script line by line, and warns of the words of a shell in a command, on stderr', async () => {
    const { stdout, stderr, exitCode } = await plan(['./shelled.yaml']);
    expect(exitCode).to.equal(0);
    expect(stderr).to.match(
      /^warning: shelled\.yaml:4:58: command runs without a shell, so crm_mon gets '\|' as it stands; /m,
    );
    expect(stdout).to.match(/^ {6}keep {4}\{any other than dc\} as other$/m);
    expect(stdout).to.match(/run on ha-host1: a script\n +crm_mon -1 > \/run\/y\n +grep x \/run\/y\n/);
  });

  it('goes by a set alone, and by paths of the library, from any folder', async () => {
    const byPath = planOf(await plan(['scenarios/walkthrough', '--set', 'ci', '--json']));
    expect(byPath.scenarios.map(({ id }) => id)).to.include.members(WALKTHROUGH);
    const alone = await plan(['--set', 'ci', '--lab', 'labs/linuxha.yaml', '--json']);
    expect(planOf(alone).scenarios.map(({ id }) => id)).to.include.members(WALKTHROUGH);
  });

  it('goes by a set', async () => {
    const { scenarios } = planOf(await plan([join(TOP, 'scenarios'), '--set', 'ci', '--json']));
    expect(scenarios.length).to.be.above(0);
  });

  it('is not disturbed by a reader that has read enough', async () => {
    const shell = `"${process.execPath}" "${TOP}/bin/halab.js" run "${TOP}/scenarios/walkthrough" --dry-run | head -1`;
    const program = createHalab();
    const { stdout, stderr } = await program.run([], {
      node: ['-e', `process.stdout.write(require('node:child_process').execSync(${JSON.stringify(shell)}))`],
      env: {},
    });
    program.remove();
    expect(stdout).to.match(/^lab linuxha as linuxha/);
    expect(stderr).to.equal('');
  });

  it('touches nothing', () => {
    expect(halab.touched()).to.deep.equal([]);
  });
});
