import { join } from 'node:path';
import { expect } from 'chai';
import { formedLab } from '../support/real-lab/formed.js';
import { halab, halabJson } from '../support/real-lab/halab.js';
import { nodeOf, ownersOf, statusOf } from '../support/real-lab/labs.js';
import { needsMachine, takeDown, temporaryFolder } from '../support/real-lab/machine.js';
import { onNode } from '../support/real-lab/on-node.js';
import { until } from '../support/real-lab/until.js';

const LABS = [1, 2, 3, 4].map((number) => `class-${number}`);
const [, BROKEN = '', GREEDY = ''] = LABS;
const OTHERS = LABS.filter((name) => name !== BROKEN);
/** Against making the lab from nothing. */
const MOST_OF_MAKING = 0.5;

/** Alone on the machine: four labs take nearly all inotify instances that Debian allows. */
describe('a class of four labs', function () {
  this.timeout(180_000);
  const env = { HALAB_REPORTS_DIR: join(temporaryFolder(), 'runs') };
  let making = Number.NaN;

  before(async function () {
    this.timeout(600_000);
    needsMachine(this);
    for (const name of LABS) await takeDown(name);
    const { baselines } = await halabJson(['list']);
    for (const { key, setUps } of baselines)
      if (setUps.at(-1) === 'virtual-ip') await halabJson(['snapshot', 'forget', key]);
    const up = ['up', '--count', '4', '--name', 'class', '--set-up', 'virtual-ip'];
    const { exitCode, stderr } = await halab(up, { env, timeoutMs: 540_000 });
    expect(exitCode, stderr).to.equal(0);
    making = Number(/\[([\d.]+)s\] class-1 +set-up: save this state/.exec(stderr)?.[1]);
  });

  after(async function () {
    this.timeout(180_000);
    for (const name of LABS) await takeDown(name);
  });

  async function expectWhole(names: readonly string[]): Promise<void> {
    for (const name of names)
      expect((await halabJson(['audit', '--name', name], { env })).verdict, name).to.equal('passed');
  }

  it('has a cluster in each lab, formed once and restored three times', async () => {
    expect(making).to.be.greaterThan(0);
    await expectWhole(LABS);
  });

  it('has one that was destroyed back in half of the time that making it takes, the others untouched', async () => {
    const before = await Promise.all(OTHERS.map(async (name) => ownersOf(await statusOf(name))));
    const { on } = formedLab(BROKEN);
    await on('ha-host1', 'pcs cluster destroy --all; rm /etc/hosts; systemctl disable --now pcsd');
    await on('ha-host2', 'rm -r /etc/corosync /var/lib/pcsd; ip link set eth1 down');
    await onNode(BROKEN, 'ha-host3', ['systemctl', 'poweroff', '--no-block']);
    const { labs } = await halabJson(['reset', BROKEN], { env });
    expect(labs[0]).to.deep.include({ instance: BROKEN, setUps: ['form-cluster', 'fencing-off', 'virtual-ip'] });
    expect(labs[0].durationMs / 1000 / making, 'of making it').to.be.at.most(MOST_OF_MAKING);
    await expectWhole([BROKEN]);
    expect(await on('ha-host1', 'getent hosts ha-host3')).to.include('192.168.56.33');
    expect(await Promise.all(OTHERS.map(async (name) => ownersOf(await statusOf(name))))).to.deep.equal(before);
    await expectWhole(OTHERS);
  });

  it('goes on while root in one node starts processes, takes memory and fills its disk', async () => {
    const { on } = formedLab(GREEDY);
    const processes =
      'bash -c "for i in {1..4000}; do sleep 15 & done" 2>&1 | grep -c "Resource temporarily unavailable"';
    expect(Number((await onNode(GREEDY, 'ha-host1', ['sh', '-c', processes])).stdout)).to.be.greaterThan(0);
    const memory = await onNode(GREEDY, 'iscsi-disks', ['sh', '-c', 'timeout 20 tail -c 4G /dev/zero']);
    expect(memory.exitCode).to.not.equal(0);
    expect(await on('iscsi-disks', 'echo here')).to.equal('here\n');
    const disk = ['sh', '-c', 'timeout 20 dd if=/dev/zero of=/fill bs=1M count=20000'];
    await Promise.all([onNode(GREEDY, 'ha-host2', disk), expectWhole(LABS.filter((name) => name !== GREEDY))]);
    const isOff = async () => (await nodeOf(GREEDY, 'ha-host2'))?.state === 'stopped';
    await until('the node being off whose disk is full', isOff, { withinMs: 20_000 });
    await halabJson(['reset', GREEDY], { env });
    await expectWhole(LABS);
  });
});
