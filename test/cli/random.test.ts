import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHalabInProcess, type Finished, type Halab, inTurns, jsonOf } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

interface Plan {
  readonly walk: { readonly seed: number; readonly faults: number; readonly given: readonly string[] };
  readonly scenarios: readonly {
    readonly id: string;
    readonly skipped?: string;
    readonly steps: readonly { readonly id: string; readonly action: { readonly kind: string } }[];
  }[];
}

describe('run --random', function () {
  this.timeout(60_000);
  let halab: Halab;

  before(() => {
    halab = createHalabInProcess();
  });
  after(() => halab.remove());

  const walk = (...argv: readonly string[]) =>
    halab.run(['run', '--random', ...argv, '--dry-run'], { cwd: halab.folder });
  const planOf = (finished: Finished | undefined): Plan => {
    expect(finished?.exitCode, finished?.stderr).to.equal(0);
    const json = jsonOf(finished ?? expect.fail());
    expect(problemsBy('plan', json)).to.deep.equal([]);
    return json as unknown as Plan;
  };

  it('plans as many faults as asked for, on the usual set-ups, the same for the same seed', async () => {
    const [one, again, other] = await inTurns(['4', '4', '5'], (seed) => walk('6', '--seed', seed, '--json'));
    const plan = planOf(one);
    expect(plan.walk).to.deep.equal({ seed: 4, faults: 6, given: ['form-cluster', 'fencing-off', 'virtual-ip'] });
    expect(plan.scenarios.map(({ id }) => id)).to.deep.equal(['form-cluster', 'fencing-off', 'virtual-ip', 'walk-4-6']);
    expect(plan.scenarios.at(-1)?.steps.filter(({ action }) => action.kind === 'fault')).to.have.length(6);
    expect(one?.stdout).to.equal(again?.stdout);
    expect(planOf(other).scenarios.at(-1)?.steps).to.not.deep.equal(plan.scenarios.at(-1)?.steps);
  });

  it('tells people what it drew, in both languages', async () => {
    const [english, chinese] = await inTurns([[], ['--lang', 'zh']], (flags) => walk('2', '--seed', '1', ...flags));
    expect(english?.stdout)
      .to.match(/^walk-1-2: A random walk of 2 faults, seed 1$/m)
      .and.match(/^ {2}1-\S+: Fault 1: /m);
    expect(chinese?.stdout).to.include('随机故障序列：2 个故障，种子 1').and.include('恢复故障 1');
  });

  it('draws a seed where none is given, and says which', async () => {
    const seeds = await inTurns([1, 2], async () => planOf(await walk('1', '--json')).walk.seed);
    expect(seeds[0]).to.not.equal(seeds[1]);
  });

  it('keeps the walk as a scenario file, which is run like any other', async () => {
    const written = await walk('5', '--seed', '9', '--write', 'kept.yaml', '--json');
    const path = join(halab.folder, 'kept.yaml');
    expect(written.stderr).to.include(path);
    expect(readFileSync(path, 'utf8')).to.match(
      /^# Drawn by: halab run --random 5 --seed 9 --lab linuxha\nid: walk-9-5$/m,
    );
    const read = await halab.run(['run', './kept.yaml', '--dry-run', '--json'], { cwd: halab.folder });
    expect(planOf(read).scenarios.at(-1)?.steps).to.deep.equal(planOf(written).scenarios.at(-1)?.steps);
  });

  it('is skipped with its reason where the loss of one member is the loss of the quorum', async () => {
    const plan = planOf(await walk('3', '--seed', '1', '--lab', 'two-node', '--json'));
    expect(plan.scenarios.at(-1)?.skipped).to.equal('needs 3 HA nodes, the lab has 2');
  });

  it('stands on other set-ups where they are named', async () => {
    const plan = planOf(await walk('3', '--seed', '1', '--given', 'form-cluster, fencing-off', '--json'));
    expect(plan.walk.given).to.deep.equal(['form-cluster', 'fencing-off']);
    expect(JSON.stringify(plan.scenarios.at(-1))).to.not.include('vip');
  });

  it('touches nothing', () => {
    expect(halab.touched()).to.deep.equal([]);
  });
});
