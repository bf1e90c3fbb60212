import { expect } from 'chai';
import { expectBroken } from '../../support/real-lab/audits.js';
import { formedLab, VIP } from '../../support/real-lab/formed.js';
import { laneLab, linkFlags, onFormedCluster, refusalOf, statusOf, untilPing } from '../../support/real-lab/labs.js';
import { onNode, probeAgain } from '../../support/real-lab/on-node.js';
import { isReached } from '../../support/real-lab/packets.js';
import { until } from '../../support/real-lab/until.js';

const NAME = laneLab(import.meta.dirname);
const ON = ['--name', NAME];
const { on, inject, heal, holderOf, untilWhole } = formedLab(NAME);
const HOST = 'ha-host3';
const HOST_ADDRESS = '192.168.56.33';
const OTHER = 'ha-host2';
const OTHER_ADDRESS = '192.168.56.32';

/** The last of its lane: daemons that are killed fill the logs that audits read. */
describe('faults in the node, of a real cluster', function () {
  this.timeout(120_000);
  onFormedCluster(NAME);

  it('hold against audits before any', async () => {
    await expectBroken(NAME, []);
  });

  it('drop what comes in, while the link is up and the management connection open', async () => {
    await untilPing(NAME, OTHER, HOST_ADDRESS, true);
    await inject('link-down', HOST, '--by', 'drop-in');
    expect(await linkFlags(NAME, HOST, 'eth1')).to.include.members(['UP', 'LOWER_UP']);
    expect(await isReached(NAME, HOST, OTHER_ADDRESS, HOST_ADDRESS), 'what comes in').to.equal(false);
    expect(await isReached(NAME, OTHER, HOST_ADDRESS, OTHER_ADDRESS), 'what goes out').to.equal(true);
    await heal(1);
    expect((await on(HOST, 'nft list tables')).trim()).to.equal('');
    await untilPing(NAME, OTHER, HOST_ADDRESS, true);
    await untilWhole();
  });

  it('drop by two faults at once, and heal undoes both', async () => {
    await inject('link-down', HOST, '--by', 'drop-in');
    await inject('link-down', HOST, '--by', 'drop-out');
    expect((await on(HOST, 'nft list tables')).trim().split('\n')).to.have.length(2);
    await heal(2);
    expect((await on(HOST, 'nft list tables')).trim()).to.equal('');
    await untilWhole();
  });

  it('set a node aside: standby and maintenance, which are the cluster’s own', async () => {
    for (const kind of ['standby', 'maintenance']) {
      await inject(kind, HOST);
      expect(await nodeAsShown(HOST)).to.include(`${kind}="true"`);
      await expectBroken(NAME, [], { about: kind });
      await heal(1);
      await until('the node is back', async () => (await nodeAsShown(HOST)).includes(`${kind}="false"`), {
        withinMs: 10_000,
      });
      await expectBroken(NAME, [], { about: kind });
    }
  });

  it('take a node out of standby through another node, when it does not run the cluster', async () => {
    await inject('standby', HOST);
    await on(HOST, 'pcs cluster stop');
    await heal(1);
    await on(HOST, 'pcs cluster start');
    await untilWhole();
    expect(await nodeAsShown(HOST)).to.include('standby="false"');
  });

  it('count failures that never were, and leave those that were', async () => {
    await inject('failcount', HOST, '--resource', 'vip', '--value', '1000000');
    expect(await on('ha-host1', 'crm_mon -1f')).to.match(/vip: .*fail-count=(1000000|INFINITY)/);
    await expectBroken(NAME, []);
    const own = `crm_attribute --node ${HOST} --lifetime reboot --name 'fail-count-vip#monitor_30000'`;
    await on(HOST, `${own} --update 1`);
    await heal(1);
    expect((await on(HOST, `${own} --query --quiet`)).trim()).to.equal('1');
    await on(HOST, `${own} --delete`);
    const clear = async () => !/fail-count/.test(await on('ha-host1', 'crm_mon -1f'));
    await until('no failures', clear, { withinMs: 10_000 });
    await expectBroken(NAME, []);
  });

  it('refuse a resource that is not there, and leave nothing to heal that cannot be healed', async () => {
    const refusal = await refusalOf(['fault', 'inject', 'failcount', HOST, '--resource', 'vpi', ...ON]);
    expect(refusal).to.include({ exitCode: 3, code: 'command-failed' });
    await heal(1);
  });

  it('stop the cluster in order, and start it again', async () => {
    await inject('cluster-stop', HOST);
    expect(await states(HOST)).to.deep.equal(['inactive', 'inactive']);
    await expectBroken(NAME, []);
    await heal(1);
    expect(await states(HOST)).to.deep.equal(['active', 'active']);
    await untilWhole();
    await expectBroken(NAME, []);
  });

  it('take an address: the cluster brings it back, healed or not', async () => {
    const holder = await holderOf('vip');
    await inject('address-gone', holder, '--address', 'vip');
    expect(await on(holder, 'ip -o addr show')).to.not.include(`${VIP}/`);
    await expectBroken(NAME, [], { among: ['single-active', 'one-mac'] });
    await heal(1);
    expect((await statusOf(NAME)).faults).to.deep.equal([]);
    const back = async () => (await on(await holderOf('vip'), 'ip -o addr show')).includes(`${VIP}/`);
    await until('the address', back, { withinMs: 60_000 });
    await probeAgain(NAME, 'vip', 'cleanup');
  });

  it('kill a daemon below pacemakerd, which starts another; healed, the unit runs', async () => {
    const pid = async () => (await on(HOST, 'pidof pacemaker-attrd')).trim();
    const before = await pid();
    await inject('daemon-kill', HOST, '--daemon', 'attrd');
    expect((await statusOf(NAME)).faults.map(({ fault }) => fault.kind)).to.deep.equal(['daemon-kill']);
    await until('another', async () => ![before, ''].includes(await pid()), { withinMs: 20_000 });
    await expectBroken(NAME, []);
    await heal(1);
    await untilWhole();
    await expectBroken(NAME, []);
  });

  it('refuse a daemon that does not run, and start nothing by the undo', async () => {
    await on(HOST, 'pcs cluster stop');
    try {
      for (const kind of ['daemon-kill', 'daemon-stop']) {
        const refusal = await refusalOf(['fault', 'inject', kind, HOST, '--daemon', 'corosync', ...ON]);
        expect(refusal).to.include({ exitCode: 3, code: 'fault-failed' });
      }
      const refusal = await refusalOf(['fault', 'inject', 'cluster-stop', HOST, ...ON]);
      expect(refusal).to.include({ exitCode: 3, code: 'fault-failed' });
      await heal(3);
      expect(await states(HOST)).to.deep.equal(['inactive', 'inactive']);
    } finally {
      await on(HOST, 'pcs cluster start');
      await untilWhole();
    }
  });
});

async function states(node: string): Promise<readonly string[]> {
  return (await onNode(NAME, node, ['systemctl', 'is-active', 'corosync', 'pacemaker'])).stdout.trim().split('\n');
}

async function nodeAsShown(node: string): Promise<string> {
  const xml = await on('ha-host1', 'crm_mon --output-as=xml');
  return new RegExp(`<node name="${node}"[^>]*type="member"[^>]*>`).exec(xml)?.[0] ?? '';
}
