import { expect } from 'chai';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { laneLab } from '../../support/real-lab/labs.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { saidOn } from '../../support/real-lab/on-node.js';
import { stepOf } from '../../support/real-lab/runs.js';

const LAB = laneLab(import.meta.dirname);

/** The lab of the lane before its cluster is formed. */
describe('a host whose pcsd does not answer', function () {
  this.timeout(200_000);
  const folder = temporaryFolder();

  before(async function () {
    needsMachine(this);
    await halabJson(['up', '--name', LAB]);
    await saidOn(LAB, 'ha-host2', ['systemctl', 'mask', '--now', 'pcsd']);
  });

  after(async () => {
    await saidOn(LAB, 'ha-host2', ['systemctl', 'unmask', 'pcsd']);
  });

  it('keeps the cluster from being formed: unknown, exit code 3, the host and the likely cause', async () => {
    const words = ['run', 'form-cluster', '--name', LAB, '--json'];
    const answer = await halab(words, { env: { HALAB_REPORTS_DIR: folder }, timeoutMs: 180_000 });
    const run = JSON.parse(answer.stdout);
    expect(answer.exitCode, answer.stderr).to.equal(3);
    const step = stepOf(run, 'form-cluster', 'pcsd');
    expect(step.verdict).to.equal('unknown');
    expect(step.reason).to.include('ha-host2').and.to.include('masked');
    // systemd calls it failed where the mask came while it was still starting.
    expect(step.reason, 'the likely cause').to.match(/pcsd is (inactive|failed) on ha-host2/);
    expect(step.reason, 'what undoes it').to.include('systemctl unmask pcsd');
    expect(stepOf(run, 'form-cluster', 'auth').verdict).to.equal('skipped');
  });
});
