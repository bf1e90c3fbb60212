import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemsBy } from '../../support/json-schemas.js';
import { type Answer, halab } from '../../support/real-lab/halab.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { scenarioOf } from '../../support/real-lab/runs.js';

const NAME = 'e2e-lib';
const LABS = ['linuxha', 'two-node'] as const;
const PREPARED = 'given: [form-cluster, fencing-off]';

const SCENARIOS: Readonly<Record<string, string>> = {
  '1-leaves': `id: leaves
title: Leaves things behind
${PREPARED}
steps:
  - id: make
    run: { on: "{dc}", command: "pcs resource create left ocf:pacemaker:Dummy" }
    expect: [{ resource: left, is: started }]
  - id: bind
    run: { on: "{dc}", command: "pcs constraint location left avoids ha-host3" }
  - id: stop
    run: { on: ha-host3, command: pcs cluster stop }
    expect: [{ node: ha-host3, is: offline }]
`,
  '2-elsewhere': `id: elsewhere
title: Runs in another lab
needs: { lab: two-node }
steps:
  - id: say
    run: { on: ha-host2, command: hostname }
    expect: [{ output: { contains: ha-host2 } }]
`,
  '3-clean': `id: clean
title: Starts clean
${PREPARED}
steps:
  - id: look
    run: { on: "{dc}", command: cibadmin --query --scope configuration }
    expect:
      - { output: { lacks: left } }
      - { nodes: all, are: online }
`,
  '4-nowhere': `id: nowhere
title: Needs more than there is
needs: { ha-nodes: 9 }
steps:
  - id: say
    run: { on: ha-host1, command: hostname }
`,
};

describe('a library of scenarios in one command', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let answer: Answer;
  // biome-ignore lint/suspicious/noExplicitAny: as the schemas have it
  let runs: any;
  // biome-ignore lint/suspicious/noExplicitAny: as the schemas have it
  let linuxha: any;

  before(async function () {
    needsMachine(this);
    this.timeout(300_000);
    for (const lab of LABS) await takeDown(`${NAME}-${lab}`);
    const own = join(folder, 'own');
    mkdirSync(own);
    for (const [name, yaml] of Object.entries(SCENARIOS)) writeFileSync(join(own, `${name}.yaml`), yaml);
    answer = await halab(['run', own, '--name', NAME, '--json'], {
      env: { HALAB_REPORTS_DIR: join(folder, 'runs') },
      timeoutMs: 290_000,
    });
    runs = JSON.parse(answer.stdout);
    linuxha = runs.runs[0];
  });

  it('is a run for each lab, one after the other', () => {
    expect(runs.schema).to.equal('halab.runs/1');
    expect(runs.runs.map(({ lab, instance }: { lab: string; instance: string }) => [lab, instance])).to.deep.equal(
      LABS.map((lab) => [lab, `${NAME}-${lab}`]),
    );
    expect(runs.runs.map(({ verdict }: { verdict: string }) => verdict)).to.deep.equal(['passed', 'passed']);
    expect(answer.exitCode, answer.stderr).to.equal(0);
    expect(problemsBy('runs', runs)).to.deep.equal([]);
    for (const run of runs.runs) expect(problemsBy('run', run)).to.deep.equal([]);
  });

  it('runs each scenario in its own lab, and says why one is skipped', () => {
    expect(scenarioOf(runs.runs[1], 'elsewhere').verdict).to.equal('passed');
    expect(scenarioOf(linuxha, 'elsewhere')).to.equal(undefined);
    expect(scenarioOf(linuxha, 'nowhere')).to.deep.include({
      verdict: 'skipped',
      reason: 'needs 9 HA nodes, the lab has 3',
    });
  });

  it('has the second scenario start from what is given to it, not from what the first one left', () => {
    expect(scenarioOf(linuxha, 'leaves').verdict).to.equal('passed');
    expect(scenarioOf(linuxha, 'clean').verdict).to.equal('passed');
    const [restored, ...others] = linuxha.restored;
    expect(others).to.deep.equal([]);
    expect(restored).to.deep.include({
      after: 'leaves',
      before: 'clean',
      to: 'fencing-off',
      broughtBack: ['ha-host3'],
    });
    expect(restored.residue).to.deep.include({ resources: ['left'], properties: [] });
    expect(restored.residue.constraints).to.have.length(1);
    expect(restored).to.not.have.property('recreated');
  });

  it('sets nothing up twice', () => {
    const ids = linuxha.scenarios.map(({ scenario }: { scenario: string }) => scenario);
    expect(ids).to.deep.equal(['form-cluster', 'fencing-off', 'leaves', 'clean', 'nowhere']);
  });

  it('reports what is restored while it runs', () => {
    expect(answer.stderr).to.match(/▶ undo what leaves changed: ha-host3 out of the cluster/);
    expect(answer.stderr).to.match(/restore: undo what leaves changed: 1 resource, 1 constraint/);
  });

  it('leaves nothing of any lab', () => {
    for (const lab of LABS) expectNothingLeft(`${NAME}-${lab}`);
  });
});
