import { join } from 'node:path';
import { expect } from 'chai';
import { halabJson } from '../../support/real-lab/halab.js';
import { nodeOf } from '../../support/real-lab/labs.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { onNode, saidOn } from '../../support/real-lab/on-node.js';
import { stepOf } from '../../support/real-lab/runs.js';
import { until } from '../../support/real-lab/until.js';

const NAME = 'e2e-fencing';
const ON = ['--name', NAME];

/** Beside test/e2e/labs/50-fencing: manual fencing, and a controller that cannot be reached. */
describe('more fencing by power controllers', function () {
  this.timeout(60_000);
  const env = { HALAB_REPORTS_DIR: join(temporaryFolder(), 'runs') };

  before(async function () {
    this.timeout(420_000);
    needsMachine(this);
    await takeDown(NAME);
    await halabJson(['run', 'virtual-ip-fenced', '--keep', 'always', ...ON], { env, timeoutMs: 400_000 });
  });

  after(() => takeDown(NAME));

  it('fences manually: the node boots again and joins', async function () {
    this.timeout(240_000);
    const bootOf = async () => (await onNode(NAME, 'ha-host2', ['cat', '/proc/sys/kernel/random/boot_id'])).stdout;
    const before = await bootOf();
    const owner = (await nodeOf(NAME, 'ha-host2'))?.owner?.pid;
    await saidOn(NAME, 'ha-host1', ['pcs', 'stonith', 'fence', 'ha-host2']);
    await until('another boot', async () => !['', before].includes(await bootOf()), { withinMs: 90_000 });
    expect((await nodeOf(NAME, 'ha-host2'))?.owner?.pid).to.not.equal(owner);
    const online = async () =>
      (await saidOn(NAME, 'ha-host1', ['crm_mon', '-1'])).includes('Online: [ ha-host1 ha-host2 ha-host3 ]');
    await until('all nodes online', online, { withinMs: 120_000 });
  });

  it('moves nothing while the controller of a frozen holder is unreachable', async function () {
    this.timeout(420_000);
    const words = ['run', 'fence-unreachable-controller', '--keep', 'always', ...ON];
    const run = await halabJson(words, { env, timeoutMs: 400_000 });
    expect(run.verdict).to.equal('passed');
    const seen = stepOf(run, 'fence-unreachable-controller', 'freeze').checks.map(
      (each: { seen: string }) => each.seen,
    );
    expect(seen.join('\n'))
      .to.match(/could not be fenced/)
      .and.match(/vip Started on ha-host\d \(unclean\)/);
  });
});
