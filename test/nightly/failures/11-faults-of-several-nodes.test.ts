import { expect } from 'chai';
import { formedLab } from '../../support/real-lab/formed.js';
import { halabJson } from '../../support/real-lab/halab.js';
import { laneLab, onFormedCluster, statusOf } from '../../support/real-lab/labs.js';
import { scenarioOf } from '../../support/real-lab/runs.js';
import { until } from '../../support/real-lab/until.js';

const NAME = laneLab(import.meta.dirname);
const ON = ['--name', NAME];
const { on, untilWhole } = formedLab(NAME);

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
    expected-violations: [{ audit: any, of: ["{holder of vip}"], optional: true, because: A node that is booting answers nobody }]
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

describe('every fault of several nodes, of a real cluster', function () {
  this.timeout(120_000);
  const { env, written } = onFormedCluster(NAME);

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

  it('kill a daemon again and again without halab, until it is healed', async () => {
    const words = ['daemon-kill', 'ha-host3', '--daemon', 'controld', '--times', '50', '--every', '500ms'];
    const { fault } = await halabJson(['fault', 'inject', ...words, ...ON]);
    expect(fault).to.include({ times: 50, everyMs: 500 });
    const killed = async () =>
      Number(await on('ha-host3', 'journalctl -u pacemaker --since -30s | grep -c "controld.*signal 9" || :'));
    const before = await killed();
    await until('more of them', async () => (await killed()) >= before + 4, { withinMs: 20_000 });
    await halabJson(['heal', ...ON]);
    expect((await on('ha-host3', 'systemctl is-active halab-kill-controld || :')).trim()).to.equal('inactive');
    const pid = await on('ha-host3', 'pidof pacemaker-controld');
    await untilWhole();
    expect(await on('ha-host3', 'pidof pacemaker-controld')).to.equal(pid);
  });
});
