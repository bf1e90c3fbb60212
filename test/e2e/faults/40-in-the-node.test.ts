import { join } from 'node:path';
import { expect } from 'chai';
import { STACK_DAEMONS } from '../../../src/model/scenario.js';
import { expectBroken } from '../../support/real-lab/audits.js';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { formCluster, laneLab, linkFlags, refusalOf, statusOf, untilPing } from '../../support/real-lab/labs.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { onNode, saidOn } from '../../support/real-lab/on-node.js';
import { until } from '../../support/real-lab/until.js';

const NAME = laneLab(import.meta.dirname);
const ON = ['--name', NAME];
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const HOST = 'ha-host3';
const HOST_ADDRESS = '192.168.56.33';
const OTHER = 'ha-host2';
const OTHER_ADDRESS = '192.168.56.32';
const VIP = '192.168.56.24';

/** The last of its lane: daemons that are killed fill the logs that audits read. */
describe('faults in the node, of a real cluster', function () {
  this.timeout(120_000);
  const env = { HALAB_REPORTS_DIR: join(temporaryFolder(), 'runs') };

  before(async function () {
    this.timeout(360_000);
    needsMachine(this);
    await formCluster(NAME, env);
  });

  afterEach(async () => {
    await halab(['heal', ...ON]);
  });

  it('hold against audits before any', async () => {
    await expectBroken(NAME, []);
  });

  it('drop what comes in, what goes out, or both, while the link is up and the way in open', async () => {
    await untilPing(NAME, OTHER, HOST_ADDRESS, true);
    for (const [by, hears, isHeard] of [
      ['drop-in', false, true],
      ['drop-out', true, false],
      ['drop', false, false],
    ] as const) {
      await inject('link-down', HOST, '--by', by);
      expect(await linkFlags(NAME, HOST, 'eth1')).to.include.members(['UP', 'LOWER_UP']);
      expect(await received(HOST, OTHER_ADDRESS, HOST_ADDRESS), `${by}: what comes in`).to.equal(hears);
      expect(await received(OTHER, HOST_ADDRESS, OTHER_ADDRESS), `${by}: what goes out`).to.equal(isHeard);
      await heal(1);
      expect((await on(HOST, 'nft list tables')).trim(), by).to.equal('');
      await untilPing(NAME, OTHER, HOST_ADDRESS, true);
    }
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

  it('lose one direction: the other still hears, and audits are not surprised that the two part', async () => {
    await inject('one-way-loss', HOST, '--from', OTHER);
    expect(await received(HOST, OTHER_ADDRESS, HOST_ADDRESS), 'from the one').to.equal(false);
    expect(await received(OTHER, HOST_ADDRESS, OTHER_ADDRESS), 'to the one').to.equal(true);
    expect(await received(HOST, '192.168.56.31', HOST_ADDRESS), 'from a third').to.equal(true);
    const alone = async () => /OFFLINE|WITHOUT quorum/i.test(await on(HOST, 'crm_mon -1'));
    await until('somebody out of the membership', alone, { withinMs: 40_000 });
    await expectBroken(NAME, [], { among: ['as-left', 'one-dc'] });
    await heal(1);
    await untilPing(NAME, HOST, OTHER_ADDRESS, true);
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

  it('take a node out of standby by another one’s word, when it does not run the cluster', async () => {
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
    const holder = await holderOf();
    await inject('address-gone', holder, '--address', 'vip');
    expect(await on(holder, 'ip -o addr show')).to.not.include(`${VIP}/`);
    await expectBroken(NAME, [], { among: ['single-active', 'one-mac'] });
    await heal(1);
    expect((await statusOf(NAME)).faults).to.deep.equal([]);
    const back = async () => (await on(await holderOf(), 'ip -o addr show')).includes(`${VIP}/`);
    await until('the address', back, { withinMs: 60_000 });
    await on('ha-host1', 'pcs resource cleanup vip');
  });

  it('halt each daemon and let it go on', async function () {
    this.timeout(240_000);
    for (const daemon of STACK_DAEMONS) {
      await inject('daemon-stop', HOST, '--daemon', daemon);
      expect(await halted(HOST), daemon).to.have.length(1);
      await heal(1);
      expect(await halted(HOST), daemon).to.deep.equal([]);
    }
    await untilWhole();
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

  it('kill every daemon of the stack, and bring the node back', async function () {
    this.timeout(480_000);
    for (const daemon of STACK_DAEMONS) {
      await inject('daemon-kill', HOST, '--daemon', daemon);
      await heal(1);
      await untilWhole(daemon);
      expect(await on(HOST, 'systemctl is-active corosync pacemaker pcsd'), daemon).to.equal('active\n'.repeat(3));
    }
    await expectBroken(NAME, ['no-crash'], { about: 'the log of the last ten minutes tells of it' });
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

  it('as chance draws them, the cluster whole again after each', async function () {
    this.timeout(230_000);
    const words = ['run', '--random', '3', '--seed', '7', '--shorten', '0', '--keep', 'always', ...ON];
    const run = await halabJson(words, { env, timeoutMs: 220_000 });
    expect(run.verdict, run.reason).to.equal('passed');
    expect(run.walk).to.include({ seed: 7, faults: 3 });
    expect(run.faults.map(({ state }: { state: string }) => state)).to.deep.equal(['healed', 'healed', 'healed']);
  });

  async function inject(kind: string, node: string, ...words: readonly string[]): Promise<void> {
    const entry = await halabJson(['fault', 'inject', kind, node, ...words, ...ON]);
    expect(entry.fault).to.include({ kind, node });
  }

  async function heal(count: number): Promise<void> {
    const { healed, failed } = await halabJson(['heal', ...ON]);
    expect(failed).to.deep.equal([]);
    expect(healed).to.have.length(count);
  }
});

const on = (node: string, script: string) => saidOn(NAME, node, ['sh', '-c', script]);

/**
 * Whether packets reach the node: its own counters tell, for an answer would have to come back the other way. UDP to a
 * port where nobody listens is counted as such.
 */
async function received(node: string, from: string, address: string): Promise<boolean> {
  const sender = from === '192.168.56.31' ? 'ha-host1' : from === OTHER_ADDRESS ? OTHER : HOST;
  const counter = async () => Number((await on(node, `awk '/^Udp: [0-9]/ {print $3}' /proc/net/snmp`)).trim());
  const before = await counter();
  await onNode(NAME, sender, ['bash', '-c', `for i in 1 2 3 4 5; do echo x > /dev/udp/${address}/9; done`]);
  return (await counter()) >= before + 5;
}

async function states(node: string): Promise<readonly string[]> {
  return (await onNode(NAME, node, ['systemctl', 'is-active', 'corosync', 'pacemaker'])).stdout.trim().split('\n');
}

async function halted(node: string): Promise<readonly string[]> {
  return (await on(node, 'ps -eo stat=,args=')).split('\n').filter((line) => line.startsWith('T'));
}

async function nodeAsShown(node: string): Promise<string> {
  const xml = await on('ha-host1', 'crm_mon --output-as=xml');
  return new RegExp(`<node name="${node}"[^>]*type="member"[^>]*>`).exec(xml)?.[0] ?? '';
}

async function holderOf(): Promise<string> {
  return /is running on: (\S+)/.exec(await on('ha-host1', 'crm_resource --locate --resource vip'))?.[1] ?? '';
}

async function untilWhole(after = 'healing'): Promise<void> {
  let views: readonly string[] = [];
  const isWhole = async () => {
    views = (await Promise.all(HOSTS.map((host) => onNode(NAME, host, ['crm_mon', '-1'])))).map((view) => view.stdout);
    return views.every((view) => HOSTS.every((host) => new RegExp(`Online: \\[[^\\]]*${host}`).test(view)));
  };
  await until(`everybody online after ${after}`, isWhole, { withinMs: 60_000, seen: () => views.join('\n') });
}
