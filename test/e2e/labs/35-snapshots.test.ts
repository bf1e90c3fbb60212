import { expect } from 'chai';
import { formedLab, HOSTS } from '../../support/real-lab/formed.js';
import { halabJson } from '../../support/real-lab/halab.js';
import { laneLab, nodeOf, onFormedCluster, refusalOf } from '../../support/real-lab/labs.js';
import { onNode } from '../../support/real-lab/on-node.js';
import { until } from '../../support/real-lab/until.js';

const LAB = laneLab(import.meta.dirname);
const ON = ['--name', LAB];
const CONFIGURATION = 'cibadmin --query --scope configuration';
const UNITS = 'systemctl is-active corosync pacemaker pcsd; systemctl is-enabled corosync pacemaker pcsd';

describe('a snapshot of a formed cluster', function () {
  this.timeout(180_000);
  onFormedCluster(LAB, 'at the end');
  const { on, everywhere, holderOf } = formedLab(LAB);
  let configuration: string;
  let units: readonly string[];

  before(async () => {
    configuration = await on('ha-host1', CONFIGURATION);
    units = await everywhere(UNITS);
    await on(
      'iscsi-disks',
      'echo before > /var/lib/lab-disks/shared.img.note; printf DATA | dd of=/var/lib/lab-disks/shared.img bs=4 seek=1024 conv=notrunc status=none',
    );
    await halabJson(['snapshot', 'take', 'formed', ...ON]);
  });

  it('leaves the cluster as it was, dc-deadtime included', () => expectAsBefore());

  it('brings everything back that was destroyed', async () => {
    await on('ha-host1', 'rm /etc/hosts; systemctl disable --now pcsd; pcs cluster destroy');
    await on('ha-host2', 'systemctl kill --signal=SIGKILL corosync pacemaker; rm -r /etc/corosync /var/lib/pacemaker');
    await on(
      'iscsi-disks',
      'rm /var/lib/lab-disks/shared.img.note; dd if=/dev/zero of=/var/lib/lab-disks/shared.img bs=1M count=1 conv=notrunc status=none',
    );
    const { snapshots } = await halabJson(['snapshot', 'restore', 'formed', ...ON]);
    expect(snapshots.map(({ name }: { name: string }) => name)).to.deep.equal(['formed']);
    await expectAsBefore();
    expect(await on('ha-host1', 'getent hosts ha-host3')).to.include('192.168.56.33');
    const disk =
      'cat /var/lib/lab-disks/shared.img.note; dd if=/var/lib/lab-disks/shared.img bs=4 skip=1024 count=1 status=none';
    expect(await on('iscsi-disks', disk)).to.equal('before\nDATA');
  });

  it('leaves nothing of its own in the nodes', async () => {
    const files = await everywhere(
      'find /etc/systemd /run/systemd/system -name "halab-continue*" -o -name "halab-await*"',
    );
    expect(files).to.deep.equal(HOSTS.map(() => ''));
    expect(await everywhere('systemctl show --property=NeedDaemonReload --value pacemaker')).to.deep.equal(
      HOSTS.map(() => 'no'),
    );
  });

  it('is refused while a fault is active', async () => {
    await formedLab(LAB).inject('link-down', 'ha-host3', '--link', 'eth1');
    expect(await refusalOf(['snapshot', 'take', 'broken', ...ON])).to.include({ exitCode: 2, code: 'usage' });
    await formedLab(LAB).heal(1);
  });

  it('keeps a stopped cluster stopped though it is enabled, and a node off that was off', async () => {
    await on('ha-host1', 'pcs cluster stop ha-host3');
    await onNode(LAB, 'ha-host2', ['systemctl', 'poweroff', '--no-block']);
    const isOff = async () => (await nodeOf(LAB, 'ha-host2'))?.state === 'stopped';
    await until('ha-host2 being off', isOff, { withinMs: 30_000 });
    await halabJson(['snapshot', 'take', 'partly', ...ON]);
    await on('ha-host3', 'pcs cluster start');
    await halabJson(['snapshot', 'restore', 'partly', ...ON]);
    expect(
      (await onNode(LAB, 'ha-host3', ['systemctl', 'is-active', 'corosync', 'pacemaker', 'pcsd'])).stdout,
    ).to.equal('inactive\ninactive\nactive\n');
    expect((await nodeOf(LAB, 'ha-host2'))?.state).to.equal('stopped');
    for (const name of ['formed', 'partly']) await halabJson(['snapshot', 'remove', name, ...ON]);
  });

  async function expectAsBefore(): Promise<void> {
    expect(await everywhere(UNITS)).to.deep.equal(units);
    expect(await on('ha-host1', CONFIGURATION)).to.equal(configuration);
    expect(HOSTS).to.include(await holderOf('vip'));
    const { verdict } = await halabJson(['audit', ...ON]);
    expect(verdict).to.equal('passed');
  }
});
