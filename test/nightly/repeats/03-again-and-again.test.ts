import { join } from 'node:path';
import { expect } from 'chai';
import { halab } from '../../support/real-lab/halab.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { scenarioOf, stepOf } from '../../support/real-lab/runs.js';

const NAME = 'e2e-again';
const MINUTE = 60_000;
const TIMES = ['first', 'second', 'third'];

describe('the walk-through in a row', function () {
  this.timeout(10 * MINUTE);
  const folder = temporaryFolder();

  before(async function () {
    needsMachine(this);
    await takeDown(NAME);
  });

  after(() => takeDown(NAME));

  for (const time of TIMES) {
    it(`passes from nothing the ${time} time`, async () => {
      const env = { HALAB_REPORTS_DIR: join(folder, time) };
      const words = ['run', 'scenarios/walkthrough', '--json', '--name', NAME];
      const { exitCode, stdout, stderr } = await halab(words, { env, timeoutMs: 6 * MINUTE });
      expect(exitCode, stderr).to.equal(0);
      expect(JSON.parse(stdout).verdict).to.equal('passed');
      expectNothingLeft(NAME);
    });
  }

  it('passes three times on one lab, whatever the time before left there', async () => {
    const env = { HALAB_REPORTS_DIR: join(folder, 'kept') };
    const words = ['run', 'scenarios/walkthrough', '--json', '--name', NAME, '--keep', 'always', '--repeat', '3'];
    const { exitCode, stdout, stderr } = await halab(words, { env, timeoutMs: 9 * MINUTE });
    const { runs } = JSON.parse(stdout);
    expect(exitCode, stderr).to.equal(0);
    expect(runs).to.have.length(3);
    for (const run of runs) {
      expect(scenarioOf(run, 'form-cluster').verdict).to.equal('passed');
      expect(stepOf(run, 'interface-down', 'cut').probes[0].windows).to.not.have.length(0);
    }
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });
});
