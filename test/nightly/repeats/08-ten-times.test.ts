import { join } from 'node:path';
import { expect } from 'chai';
import { halab } from '../../support/real-lab/halab.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { scenarioOf, stepOf } from '../../support/real-lab/runs.js';

const NAME = 'e2e-ten';
const TIMES = 10;
const MINUTE = 60_000;

/** What must never happen is looked for often, each time from the state that the scenario is given. */
describe('ten times in a row', function () {
  this.timeout(60 * MINUTE);
  const folder = temporaryFolder();

  before(function () {
    needsMachine(this);
  });

  beforeEach(() => takeDown(NAME));
  afterEach(async () => {
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });

  it('a cut between two hosts that fence leaves one active, at every moment', async () => {
    for (const run of await runsOf('split-brain-prevented')) {
      expect(scenarioOf(run, 'split-brain-prevented')?.verdict, run.reason).to.equal('passed');
      const { checks } = stepOf(run, 'split-brain-prevented', 'split');
      expect(checks.every(({ verdict }: { verdict: string }) => verdict === 'passed')).to.equal(true);
      expect(run.audits).to.include({ on: true, broken: 0, unknown: 0, expected: 0 });
    }
  });

  it('a power cut in the middle of writes loses no record that was acknowledged, and doubles none', async () => {
    for (const run of await runsOf('writes-survive')) {
      expect(scenarioOf(run, 'writes-survive')?.verdict, run.reason).to.equal('passed');
      const { probes } = stepOf(run, 'writes-survive', 'cut');
      const { writes } = probes.find(({ kind }: { kind: string }) => kind === 'writer');
      expect(writes).to.deep.include({ lost: [], doubled: [] });
      expect(writes.acknowledged, 'some were under way').to.be.above(10);
      expect(run.audits).to.include({ on: true, broken: 0, unknown: 0, expected: 0 });
    }
  });

  // biome-ignore lint/suspicious/noExplicitAny: as schemas/run.schema.json has it
  async function runsOf(scenario: string): Promise<readonly any[]> {
    const env = { HALAB_REPORTS_DIR: join(folder, scenario) };
    const words = ['run', scenario, '--repeat', `${TIMES}`, '--json', '--name', NAME];
    const { exitCode, stdout } = await halab(words, { env, timeoutMs: 55 * MINUTE });
    const { runs } = JSON.parse(stdout);
    const others = runs.filter(({ verdict }: { verdict: string }) => verdict !== 'passed');
    expect(others.map(({ run, reason }: { run: string; reason: string }) => `${run}: ${reason}`)).to.deep.equal([]);
    expect(exitCode).to.equal(0);
    expect(runs).to.have.length(TIMES);
    return runs;
  }
});
