import { join } from 'node:path';
import { expect } from 'chai';
import { formedLab, HOSTS, VIP } from '../../support/real-lab/formed.js';
import { halab, halabJson, startHalab } from '../../support/real-lab/halab.js';
import { laneLab, onFormedCluster, statusOf } from '../../support/real-lab/labs.js';
import { scenarioOf, untilEvent } from '../../support/real-lab/runs.js';
import { until } from '../../support/real-lab/until.js';

const NAME = laneLab(import.meta.dirname);
const ON = ['--name', NAME];
const { on, everywhere, untilWhole } = formedLab(NAME);
const TABLES = /table inet halab-partition-[0-9a-f]{8}/;

/** Into three, and then it waits for what does not come. */
const ENDLESS = `id: endless
title: No partition has a majority
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
  const { env, folder, written } = onFormedCluster(NAME);

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
    await until('no node with quorum', isLost, { withinMs: 40_000, seen: () => seen.join() });
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

  it('limit the rate of what a node sends, and skip what needs netem, with the reason', async () => {
    await halabJson(['fault', 'inject', 'shape', 'ha-host1', '--rate', '1mbit', '--no-probe', ...ON]);
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
