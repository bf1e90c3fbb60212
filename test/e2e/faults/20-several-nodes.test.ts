import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { halab, halabJson, startHalab } from '../../support/real-lab/halab.js';
import { formCluster, laneLab, statusOf } from '../../support/real-lab/labs.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { onNode, saidOn } from '../../support/real-lab/on-node.js';
import { scenarioOf, untilEvent } from '../../support/real-lab/runs.js';
import { until } from '../../support/real-lab/until.js';

const NAME = laneLab(import.meta.dirname);
const ON = ['--name', NAME];
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const VIP = '192.168.56.24';
const TABLES = /table inet halab-partition-[0-9a-f]{8}/;

/** Each fault is seen to take hold and to be gone by the cluster itself, and every audit holds after each step. */
const SCENARIO = `id: several
title: Faults of several nodes, and of the node itself
given: [virtual-ip]
steps:
  - id: two
    fault: { kind: partition, groups: [["{dc}"], rest] }
    expect:
      - { node: "{was dc}", is: offline }
      - { quorum: true }
      - { quorum: false, seen-from: "{was dc}" }
      - { resource: vip, is: started, not-on: "{was dc}" }
      - { address: "{address vip}", on-exactly: 1, not-on: "{was dc}" }
    within: token + consensus + 20s
  - id: two-over
    heal: two
    expect: [{ nodes: all, are: online, seen-from: all }]
    within: token + consensus + 30s
  - id: alone
    fault: { kind: isolate, node: "{holder of vip}" }
    expect:
      - { node: "{was holder of vip}", is: offline }
      - { resource: vip, is: started, not-on: "{was holder of vip}" }
      - { quorum: false, seen-from: "{was holder of vip}" }
    within: token + consensus + 20s
  - id: alone-over
    heal: alone
    expect: [{ nodes: all, are: online, seen-from: all }]
    within: token + consensus + 30s
  - id: round
    fault: { kind: ring }
    expect: [{ quorum: false, seen-from: all }, { address: "{address vip}", on-exactly: 0 }]
    within: 2 * token + 2 * consensus + 20s
  - id: round-over
    heal: round
    expect: [{ nodes: all, are: online, seen-from: all }, { resource: vip, is: started }]
    within: token + consensus + 30s
  - id: anew
    fault: { kind: reboot, node: "{holder of vip}" }
    expect: [{ resource: vip, is: started, not-on: "{was holder of vip}" }]
    within: 60s
    excuse: [{ audit: any, of: ["{holder of vip}"], may-hold: true, because: A node that is booting answers nobody }]
  - id: anew-over
    heal: anew
    expect: [{ nodes: all, are: online, seen-from: all }]
    within: 60s
  - id: again
    fault: { kind: daemon-kill, node: "{any other than holder of vip}", daemon: controld, times: 4, every: 1s }
    expect: [{ nodes: all, are: online, seen-from: all }]
    within: 30s
  - id: again-over
    heal: again
    expect: [{ nodes: all, are: online, seen-from: all }]
`;

/** Into three, and then it waits for what does not come. */
const ENDLESS = `id: endless
title: Nobody has a majority
steps:
  - id: three
    fault: { kind: partition, groups: [[ha-host1], [ha-host2], [ha-host3]] }
    expect: [{ quorum: true }]
    within: 5min
`;

const SLOW = `id: slow
title: What netem alone can do
steps:
  - id: slow
    fault: { kind: shape, node: ha-host1, link: eth1, delay: 100ms }
`;

describe('faults of several nodes, of a real cluster', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const env = { HALAB_REPORTS_DIR: join(folder, 'runs') };

  function written(name: string, yaml: string): string {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, yaml);
    return file;
  }

  before(async function () {
    this.timeout(360_000);
    needsMachine(this);
    await formCluster(NAME, env);
  });

  afterEach(async () => {
    await halab(['heal', ...ON]);
  });

  it('take hold and are gone again, one after the other, and every audit holds after each step', async function () {
    this.timeout(480_000);
    const run = await halabJson(['run', written('several', SCENARIO), '--keep', 'always', ...ON], {
      env,
      timeoutMs: 480_000,
    });
    const { verdict, steps } = scenarioOf(run, 'several');
    expect(verdict).to.equal('passed');
    expect(steps).to.have.length(10);
    expect((await statusOf(NAME)).faults).to.deep.equal([]);
  });

  it('outlive a runner that was killed: three groups, none with quorum, until halab heal', async function () {
    this.timeout(180_000);
    const killed = join(folder, 'killed');
    const running = startHalab(['run', written('endless', ENDLESS), '--keep', 'always', ...ON], {
      env: { HALAB_REPORTS_DIR: killed },
    });
    try {
      await untilEvent(killed, (events) => events.some(({ kind }) => kind === 'fault-injected'), 60_000);
    } finally {
      running.kill('SIGKILL');
    }
    expect((await running.ended).signal).to.equal('SIGKILL');
    const quorate = () => everywhere('corosync-quorumtool -s | sed -n "s/^Quorate: *//p"');
    let seen: readonly string[] = [];
    const isLost = async () => {
      seen = await quorate();
      return seen.every((word) => word === 'No');
    };
    await until('nobody with quorum', isLost, { withinMs: 40_000, seen: () => seen.join() });
    const addresses = async () => (await everywhere('ip -o -4 addr show')).filter((shown) => shown.includes(`${VIP}/`));
    await until('the address to be nowhere', async () => (await addresses()).length === 0, { withinMs: 20_000 });
    for (const tables of await everywhere('nft list tables')) expect(tables).to.match(TABLES);
    const [fault] = (await statusOf(NAME)).faults;
    expect(fault?.fault).to.deep.equal({ kind: 'partition', groups: HOSTS.map((host) => [host]) });
    const { stdout, exitCode } = await halab(['heal', ...ON]);
    expect(stdout).to.equal('undone: partition on ha-host1 | ha-host2 | ha-host3\n');
    expect(exitCode).to.equal(0);
    expect(await everywhere('nft list tables')).to.deep.equal(['', '', '']);
    await untilWhole();
  });

  it('kill a daemon again and again without halab, until it is healed', async () => {
    const words = ['daemon-kill', 'ha-host3', '--daemon', 'controld', '--times', '50', '--every', '500ms'];
    const { fault } = await halabJson(['fault', 'inject', ...words, ...ON]);
    expect(fault).to.include({ times: 50, everyMs: 500 });
    const killed = async () =>
      Number(await on('ha-host3', 'journalctl -u pacemaker --since -30s | grep -c "controld.*signal 9" || :'));
    const before = await killed();
    await until('more of them', async () => (await killed()) >= before + 4, { withinMs: 20_000 });
    await halabJson(['heal', ...ON]);
    expect(await on('ha-host3', 'systemctl is-active halab-kill-controld || :')).to.equal('inactive');
    const pid = await on('ha-host3', 'pidof pacemaker-controld');
    await untilWhole();
    expect(await on('ha-host3', 'pidof pacemaker-controld')).to.equal(pid);
  });

  it('limit the rate of what a node sends, and skip what needs netem, with the reason', async () => {
    await halabJson(['fault', 'inject', 'shape', 'ha-host1', '--rate', '1mbit', ...ON]);
    expect(await on('ha-host1', 'tc qdisc show dev eth1')).to.match(/^qdisc tbf [4-7][0-9a-f]{3}: root .*rate 1Mbit/);
    const tookMs = async () => {
      const ping = 'ping -n -q -c 3 -s 60000 -W 5 192.168.56.20';
      return Number(/rtt [^=]*= ([\d.]+)\//.exec(await on('ha-host1', ping))?.[1]);
    };
    expect(await tookMs(), '60 kB at 1 Mbit/s, but for the 16 kB that may go at once').to.be.above(300);
    await halabJson(['heal', ...ON]);
    expect(await on('ha-host1', 'tc qdisc show dev eth1')).to.not.match(/tbf/);
    expect(await tookMs(), 'the quickest of three').to.be.below(300);
    const { stdout } = await halab(['run', written('slow', SLOW), '--keep', 'always', '--json', ...ON], { env });
    expect(scenarioOf(JSON.parse(stdout), 'slow')).to.include({
      verdict: 'skipped',
      reason: 'the embedded backend cannot do: netem',
    });
  });
});

async function on(node: string, script: string): Promise<string> {
  return (await saidOn(NAME, node, ['sh', '-c', script])).trim();
}

/** On every host at once, those that end badly as well. */
async function everywhere(script: string): Promise<readonly string[]> {
  const answers = await Promise.all(HOSTS.map((host) => onNode(NAME, host, ['sh', '-c', script])));
  return answers.map(({ stdout }) => stdout.trim());
}

async function untilWhole(): Promise<void> {
  let views: readonly string[] = [];
  const isWhole = async () => {
    views = await everywhere('crm_mon -1');
    return views.every((view) => HOSTS.every((host) => new RegExp(`Online: \\[[^\\]]*${host}`).test(view)));
  };
  await until('everybody online', isWhole, { withinMs: 60_000, seen: () => views.join('\n') });
}
