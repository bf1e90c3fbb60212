import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { linkFlags, onFreshLab, statusOf } from '../../support/real-lab/labs.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';
import { takeDown } from '../../support/real-lab/machine.js';
import { saidOn } from '../../support/real-lab/on-node.js';
import { inTmux, signal } from '../../support/real-lab/tmux.js';

const LAB = 'e2e-coach';
const ON = ['--name', LAB];

/** halab does the second step until the test lets it end. */
const EXERCISE = `
id: two-steps
title: { en: Two steps, zh: 两步 }
needs: { lab: linuxha, abilities: [links] }
exercise: { goal: { en: You know the screen., zh: 你了解这个画面。 }, minutes: 1, level: 1, teaches: [screen] }
steps:
  - id: pcsd
    title: { en: Stop pcsd, zh: 停止 pcsd }
    ask: { en: Stop pcsd on every host., zh: 在每台主机上停止 pcsd。 }
    solve: [{ on: all, line: systemctl stop pcsd }]
    expect: [{ prints: "^inactive$", shell: systemctl is-active pcsd, on: all }]
    hold: 1s
    hints:
      - id: somewhere
        when: [{ prints: "^inactive$", shell: systemctl is-active pcsd, on: ha-host1 }]
        look: { en: On ha-host1 it is stopped., zh: ha-host1 上已停止。 }
        rule: { en: Each host has its own., zh: 每台主机各有一个。 }
  - id: cut
    title: { en: A link is cut, zh: 链路断开 }
    fault: { kind: link-down, node: ha-host2, link: eth1, by: admin }
    expect: [{ prints: yes, shell: cat /tmp/go-on, on: ha-host1 }]
    within: 60s
`;

describe('the screen of an exercise', function () {
  // Longer than any one wait, which says what it last saw.
  this.timeout(300_000);
  const { folder, network } = onFreshLab(LAB);
  const start = inTmux();

  it('ticks with the cluster, survives SIGKILL in the middle of a fault, and goes on there', async () => {
    const file = join(folder, 'two-steps.yaml');
    writeFileSync(file, EXERCISE);
    const open = (...words: readonly string[]) => start(['learn', 'start', file, ...ON, ...words], { rows: 30 });
    let screen = open();
    const begun = await screen.untilVisible(/✖ on all, "systemctl is-active pcsd".*seen: .*looked at/, 90_000);
    expect(begun)
      .to.contain('Two steps · step 1 of 2: Stop pcsd')
      .and.match(/ha-host1 {2}runs no cluster/);

    await saidOn(LAB, 'ha-host1', ['systemctl', 'stop', 'pcsd']);
    await screen.untilVisible(/There is a hint for this: h shows it/);
    expect((await halab(['learn', 'hint', ...ON])).exitCode).to.equal(0);
    expect(await screen.untilVisible(/Hint, grade 1 of 4/), 'given in another terminal').to.contain(
      'On ha-host1 it is stopped.',
    );
    screen.press('n');
    await screen.untilVisible(/Not done yet/);
    for (const host of ['ha-host2', 'ha-host3']) await saidOn(LAB, host, ['systemctl', 'stop', 'pcsd']);
    await screen.untilVisible(/Done: it holds\. n goes on\./);
    await saidOn(LAB, 'ha-host3', ['systemctl', 'start', 'pcsd']);
    expect(await screen.untilVisible(/○ it held, and no longer does/), 'grey again').to.contain('[····');
    await saidOn(LAB, 'ha-host3', ['systemctl', 'stop', 'pcsd']);
    await screen.untilVisible(/n goes on\./);
    screen.press('n');

    await screen.untilVisible(/step 2 of 2: A link is cut .* n has halab do it/);
    screen.press('n');
    await screen.untilVisible(/ha-host2 .*eth1 down.*\(\d+s\) n next/);
    expect((await statusOf(LAB)).faults).to.have.length(1);
    signal(screen, 'SIGKILL');
    await screen.untilShows(/halab ended with 137/);

    screen = open('--lang', 'zh');
    await screen.untilVisible(/halab 在执行这一步时被中止/);
    screen.press('n');
    await screen.untilVisible(/halab 正在执行这一步。/);
    await saidOn(LAB, 'ha-host1', ['sh', '-c', 'echo yes > /tmp/go-on']);
    await screen.untilVisible(/已由 halab 完成。 ?按 n 继续。/);
    screen.press('n');
    await screen.untilVisible(/所有步骤都已完成。/);
    screen.press('n');
    await screen.untilVisible(/本次练习已结束。/);
    signal(screen, 'SIGTERM');
    expect(await screen.ended()).to.equal(130);
    const terminal = execFileSync('stty', ['-F', screen.device(), '-a'], { encoding: 'utf8' });
    expect(terminal, 'in order')
      .to.match(/(?<!-)icanon/)
      .and.match(/(?<!-)echo\b/);

    const shown = await halabJson(['learn', 'show', ...ON]);
    expect(shown).to.deep.include({ exercise: 'two-steps', through: true });
    expect(shown.points).to.deep.equal({ got: 1, of: 1 });
    await halabJson(['heal', ...ON]);
    expect(await linkFlags(LAB, 'ha-host2', 'eth1')).to.include('UP');
    await takeDown(LAB);
    expectNothingLeft(LAB);
    expect(hostNetwork()).to.deep.equal(network());
  });

  it('wants a terminal', async () => {
    const { exitCode, stderr } = await halab(['learn', 'start', 'form-the-cluster', '--shells', ...ON]);
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('stdin and stdout are not a terminal');
  });
});
