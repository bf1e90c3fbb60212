import { expect } from 'chai';
import { formedLab } from '../../support/real-lab/formed.js';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { laneLab, linkFlags, onFormedCluster, statusOf } from '../../support/real-lab/labs.js';
import { flat, inTmux } from '../../support/real-lab/tmux.js';

const LAB = laneLab(import.meta.dirname);

describe('a failover shown step by step', function () {
  this.timeout(240_000);
  const { env } = onFormedCluster(LAB);
  const start = inTmux();
  const show = (...words: readonly string[]) =>
    start(['run', 'interface-down', '--step', '--name', LAB, ...words], { env });

  it('tells the story, asks for a prediction, waits for keys, and sets the measured outage against it', async () => {
    const { type, press, untilShows, ended } = show();
    const intro = flat(await untilShows(/Prediction/));
    expect(intro).to.contain('interface-down · step 1 of 3');
    expect(intro).to.contain('Set eth1 down on the holder');
    expect(intro, 'the story to its last word').to.contain('in production, give them networks of their own.');
    expect(intro).to.contain('Now: fault link-down eth1 (admin) on {holder of vip}');
    expect(intro).to.contain('measure with ping of 192.168.56.24 from {client} every 20 ms');
    expect((await statusOf(LAB)).faults, 'nothing is broken before the key').to.deep.equal([]);

    type('vip moves, away for 5 s');
    press('Enter');
    expect(await untilShows(/n act .* q quit/)).to.contain('vip moves, away for 5 s');
    press('r');
    const look = await untilShows(/n act .* q quit/);
    expect(look).to.match(/Running: vip on ha-host\d/);
    type('n');
    const outcome = flat(await untilShows(/n next .* q quit/, 90_000));
    expect(outcome).to.match(/holder of vip → ha-host\d/);
    expect(outcome).to.match(/Outage \d+\.\d\ds \(/);
    expect(outcome).to.match(/detect \S+s → membership \S+s → start/);
    expect(outcome).to.match(/Predicted vip moves, away for 5 s To expect /);
    expect((await statusOf(LAB)).faults, 'the fault stays in force while the class talks').to.have.length(1);

    type(' ');
    expect(flat(await untilShows(/n act .* q quit/)))
      .to.contain('step 2 of 3')
      .and.contain('Now: heal cut');
    type('n');
    await untilShows(/n next .* q quit/, 60_000);
    type('n');
    expect(flat(await untilShows(/n act .* q quit/))).to.contain('step 3 of 3');
    type('n');
    await untilShows(/n next .* q quit/, 60_000);
    type('n');
    await untilShows(/PASSED/, 60_000);
    expect(await ended()).to.equal(0);
  });

  it('goes back to the step before, in a lab that is whole, and shows a step again', async () => {
    const { type, press, untilShows, ended } = show();
    const act = async () => {
      await untilShows(/Prediction/);
      press('Enter');
      await untilShows(/n act .* q quit/);
      type('n');
      return flat(await untilShows(/n next · b this step again .* q quit/, 90_000));
    };
    const holderIn = (outcome: string) => /holder of vip → (ha-host\d)/.exec(outcome)?.[1] ?? '';
    const first = holderIn(await act());
    expect(await linkFlags(LAB, first, 'eth1')).to.not.include('UP');
    type('n');
    await untilShows(/n act · b step before .* q quit/);
    type('b');
    expect(flat(await untilShows(/Prediction/, 120_000)))
      .to.contain('back to where the scenario began')
      .and.contain('step 1 of 3');
    expect((await statusOf(LAB)).faults, 'the fault is undone').to.deep.equal([]);
    expect(await linkFlags(LAB, first, 'eth1')).to.include('UP');
    expect(await act()).to.match(/Outage \d+\.\d\ds \(/);
    type('b');
    await untilShows(/Prediction/, 120_000);
    expect((await statusOf(LAB)).faults).to.deep.equal([]);
    expect(await act()).to.match(/Outage \d+\.\d\ds \(/);
    for (let step = 2; step <= 3; step += 1) {
      type('n');
      await untilShows(/n act .* q quit/);
      type('n');
      await untilShows(/n next .* q quit/, 60_000);
    }
    type('n');
    await untilShows(/PASSED/, 60_000);
    expect(await ended()).to.equal(0);
  });

  it('undoes the faults where somebody leaves by q, and by Ctrl-C, in Chinese as well', async () => {
    for (const key of ['q', 'C-c']) {
      const { press, type, untilShows, ended } = show('--lang', 'zh');
      const intro = (await untilShows(/预测（/)).replace(/\s+/g, '');
      for (const words of [
        '第1步，共3步',
        '在持有者上停掉eth1',
        '各自独立的网络。',
        '接下来：在{holderofvip}上注入故障',
      ])
        expect(intro).to.contain(words);
      press('Enter');
      await untilShows(/n 执行/);
      type('n');
      const outcome = await untilShows(/n 下一步/, 90_000);
      expect(outcome)
        .to.match(/中断\s+\d+\.\d\ds/)
        .and.contain('没有作出预测');
      expect((await statusOf(LAB)).faults).to.have.length(1);
      press(key);
      expect(await ended(90_000)).to.equal(130);
      const { faults } = await statusOf(LAB);
      expect(faults).to.deep.equal([]);
      for (const host of ['ha-host1', 'ha-host2', 'ha-host3'])
        expect(await linkFlags(LAB, host, 'eth1')).to.include('UP');
      // Somebody who leaves before the last step has not swept up the address that IPaddr2 left on the interface that was down.
      await formedLab(LAB).sweepAddress(key);
      await halabJson(['run', 'virtual-ip', '--keep', 'always', '--name', LAB], { env });
    }
  });

  it('refuses what has no keys', async () => {
    const { exitCode, stderr } = await halab(['run', 'interface-down', '--step', '--name', LAB], { env });
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/--step waits for keys, and stdin and stderr are not a terminal/);
  });
});
