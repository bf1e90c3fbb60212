import { expect } from 'chai';
import { halabJson } from '../../support/real-lab/halab.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { flat, inTmux, type Screen } from '../../support/real-lab/tmux.js';

const LAB = 'nightly-coach';
const SIZE = { columns: 170, rows: 50 };

/** A student: the screen of the exercise, and a shell on each host, all in one tmux. */
interface Desk {
  readonly screen: Screen;
  /** Types a line into the shell of a host, and returns what that shell shows once it has printed the words. */
  onHost(host: number, line: string, shows?: RegExp): Promise<string>;
  /** Presses a key, and waits for what the screen then shows. */
  key(key: string, shows: RegExp, withinMs?: number): Promise<string>;
  finish(): Promise<void>;
}

describe('exercises at their screen, by what a student types', function () {
  this.timeout(900_000);
  const env = { HALAB_REPORTS_DIR: temporaryFolder() };
  const start = inTmux();

  before(async function () {
    needsMachine(this);
    await takeDown(LAB);
  });
  after(async () => {
    await takeDown(LAB);
    expectNothingLeft(LAB);
  });

  async function sitDown(exercise: string, language: 'en' | 'zh', first: RegExp): Promise<Desk> {
    const words = ['learn', 'start', exercise, '--shells', '--name', LAB, '--lang', language];
    const screen = start(words, { ...SIZE, env });
    await screen.untilVisible(first, 400_000);
    const shells = screen.others();
    expect(shells, 'a shell for each host').to.have.length(3);
    let lines = 0;
    const key: Desk['key'] = (pressed, shows, withinMs) => {
      screen.type(pressed);
      return screen.untilVisible(shows, withinMs);
    };
    return {
      screen,
      key,
      async onHost(host, line, shows) {
        const shell = shells[host - 1];
        if (shell === undefined) throw new Error(`no shell on host ${host}`);
        await shell.untilVisible(new RegExp(`ha-host${host}:?.*[#$]`));
        lines += 1;
        // The word is put together by the shell, so that it shows only once the line has run.
        shell.type(`clear; ${line}; echo ran-''${lines}`);
        shell.press('Enter');
        const seen = await shell.untilVisible(new RegExp(`ran-${lines}`), 120_000);
        if (shows !== undefined) expect(flat(seen)).to.match(shows);
        return seen;
      },
      async finish() {
        const isEnglish = language === 'en';
        await key('n', isEnglish ? /All steps are done\./ : /所有步骤都已完成。/);
        await key('n', isEnglish ? /This session is finished\./ : /本次练习已结束。/);
        screen.type('q');
        expect(await screen.ended()).to.equal(0);
        const { points, finishedAt } = await halabJson(['learn', 'show', '--name', LAB]);
        expect(points.got).to.equal(points.of);
        expect(finishedAt).to.be.a('string');
      },
    };
  }

  it('reads a healthy cluster: two wrong turns, hints, and what a colleague has done', async () => {
    const desk = await sitDown(
      'read-a-healthy-cluster',
      'en',
      /step 1 of 7: Who gives the orders .*Press 1 to 3 to answer/,
    );
    const { key, onHost, screen } = desk;
    const dc = /Current DC: ha-host(\d)/.exec(flat(await onHost(1, "pcs status | grep 'Current DC'")))?.[1] ?? '';
    const other = dc === '1' ? '2' : '1';
    expect(await key(other, new RegExp(`Your answer is not right: ha-host${other}`))).to.contain(
      `▸${other} ha-host${other}`,
    );
    await key('h', /Hint, grade 1 of 4: One of the first lines of pcs status begins with "Current DC"\./);
    expect(flat(await key(dc, /n goes on\./))).to.contain(`✔ Your answer is right: ha-host${dc}`);
    await key('n', /step 2 of 7/);
    await key('2', /n goes on\./);
    await key('n', /step 3 of 7/);
    await key('2', /n goes on\./);
    await key('n', /step 4 of 7/);
    const holder = /vip.*?Started ha-host(\d)/.exec(flat(await onHost(2, 'pcs status resources')))?.[1] ?? '';
    expect(await key(holder, /n goes on\./)).to.match(new RegExp(`✔ ha-host${holder} {2}online .*▪vip`));
    await key('n', /step 5 of 7: Something has happened .*n has halab do it/);
    await key('n', /Done by halab\. n goes on\./);
    expect(await screen.untilVisible(/not running: vip/)).to.contain(`↻ vip is no longer on ha-host${holder}`);
    await key('n', /step 6 of 7/);
    await key('2', /n goes on\./);
    await key('n', /step 7 of 7: Bring it back/);
    await screen.untilVisible(/✖ vip is started \(seen: .*Stopped \(disabled\)/);
    await onHost(3, 'pcs resource cleanup vip');
    expect(flat(await key('h', /Hint, grade 1 of 4/)))
      .to.contain('Which of its meta attributes')
      .and.contain('✖ vip is');
    await onHost(3, 'pcs resource enable vip');
    const ticked = await screen.untilVisible(/✔ vip is started .*n goes on\./);
    expect(flat(ticked)).to.match(/↻ vip is back on ha-host\d/);
    await desk.finish();
  });

  it('forms the cluster, in Chinese: an old dialect, a wrong prediction, two reboots', async () => {
    const desk = await sitDown('form-the-cluster', 'zh', /第 1 步，共 \d+ 步：在所有主机上启动 pcsd/);
    const { key, onHost, screen } = desk;
    const everywhere = async (line: string) => {
      for (const host of [1, 2, 3]) await onHost(host, line);
    };
    await everywhere('systemctl enable --now pcsd');
    await screen.untilVisible(/完成：条件成立。 按 n 继续。/);
    await key('n', /统一 hacluster 的密码/);
    await onHost(1, 'echo hacluster:exercise | chpasswd');
    expect(flat(await key('h', /提示，第 1 级，共 4 级：/))).to.contain('passwd -S hacluster');
    for (const host of [2, 3]) await onHost(host, 'echo hacluster:exercise | chpasswd');
    await screen.untilVisible(/按 n 继续。/);
    await key('n', /让主机互相信任/);
    await onHost(1, 'pcs cluster auth ha-host1 ha-host2 ha-host3 -u hacluster -p exercise');
    expect(flat(await key('h', /提示，第 1 级，共 4 级：/))).to.contain('pcs host --help');
    await onHost(1, 'pcs host auth ha-host1 ha-host2 ha-host3 -u hacluster -p exercise');
    await screen.untilVisible(/按 n 继续。/);
    await key('n', /写下集群的成员/);
    await onHost(1, 'pcs cluster setup linuxha ha-host1 ha-host2 ha-host3');
    await screen.untilVisible(/按 n 继续。/);
    await key('n', /启动集群/);
    expect(await screen.untilVisible(/没有 DC/)).to.match(/✖ ha-host1 {2}未运行集群/);
    await onHost(1, 'pcs cluster start --all');
    expect(await screen.untilVisible(/按 n 继续。/, 120_000)).to.match(/✔ ha-host1 {2}在线/);
    const asked = await key('n', /先预测：按 1 至 2/);
    const victim = /(ha-host\d) ?重启。/.exec(flat(asked))?.[1] ?? '';
    await key('1', /你的理由（直接回车：不写）：/);
    screen.type('集群会启动它');
    screen.press('Enter');
    await screen.untilVisible(/你的理由：集群会启动它/);
    const settled = flat(await key('n', /✖ 你预测的是/, 180_000));
    expect(settled)
      .to.match(/实际结果是 ?不会，没有谁在那里启动集群/)
      .and.match(/（\d+秒前揭晓）/);
    await screen.untilVisible(new RegExp(`✖ ${victim} 未运行集群`));
    await key('n', /让它经得起重启/);
    await onHost(1, `pcs cluster start ${victim}`);
    await onHost(1, 'pcs cluster enable --all');
    await screen.untilVisible(/按 n 继续。/, 120_000);
    await key('n', /再重启一次.*按 n 由 halab 执行/);
    await key('n', /已由 halab 完成。/, 180_000);
    await key('n', /它又是成员了.*按 n 由 halab 执行/);
    await key('n', /已由 halab 完成。/, 180_000);
    await key('n', /关于 stonith 的警告/);
    await key('2', /你的理由（直接回车：不写）：/);
    screen.press('Enter');
    await screen.untilVisible(/按 n 由 halab 执行/);
    await key('n', /✔ 你预测的是/, 120_000);
    await key('n', /设为 false 意味着什么/);
    await key('n', /已由 halab 完成。/, 120_000);
    await desk.finish();
  });

  it('makes a virtual IP address: a wrong netmask, and an outage against the prediction', async () => {
    const desk = await sitDown('virtual-ip-by-hand', 'en', /step 1 of 5/);
    const { key, onHost, screen } = desk;
    await onHost(1, 'pcs resource describe ocf:heartbeat:IPaddr2 | head -60');
    await key('2', /n goes on\./);
    const task = flat(await key('n', /step 2 of 5: Create the address .*Task: Create a resource named vip/));
    const address = /holds (\d+\.\d+\.\d+\.\d+)\/24/.exec(task)?.[1] ?? '';
    const create = `pcs resource create vip ocf:heartbeat:IPaddr2 ip=${address} op monitor interval=10s`;
    await onHost(2, `${create.replace(' op ', ' cidr_netmask=32 op ')}`);
    await screen.untilVisible(/✔ vip is started .*✖ on ha-host\d .*prints/);
    expect(flat(await key('h', /Hint, grade 1 of 4/))).to.contain('Compare what ip address shows behind its slash');
    await onHost(2, 'pcs resource update vip cidr_netmask=24');
    await screen.untilVisible(/It holds; it has to hold for 10\.00s/);
    const created = flat(await screen.untilVisible(/Done: it holds\. n goes on\./, 120_000));
    const holder = /✔ ha-host(\d) online[^✔]*▪vip/.exec(created)?.[1] ?? '';
    expect(holder).to.match(/[123]/);
    await key('n', /step 3 of 5/);
    await key(holder, /n goes on\./);
    await key('n', /step 4 of 5: The host loses its network .*Predict first: press 1 to 4/);
    await key('2', /Your reason \(Enter: none\)/);
    screen.type('corosync is quick');
    screen.press('Enter');
    await screen.untilVisible(/Your reason: corosync is quick .*n has halab do it/);
    await key('n', /vip (moved|started|is no longer).* ha-host/, 180_000);
    const settled = flat(await screen.untilVisible(/✖ You predicted 1 to 5 s; what happened is/, 240_000));
    const [, option, ms] = /what happened is (5 to 20 s|longer): outage of (\d+) ms/.exec(settled) ?? [];
    expect(option, 'by the measured outage; token and consensus alone are 8 s').to.equal(
      Number(ms) < 20_000 ? '5 to 20 s' : 'longer',
    );
    expect(settled)
      .to.match(/\(settled \d+s ago\)/)
      .and.contain('Your reason: corosync is quick');
    expect(settled, 'the move is in the picture').to.match(/vip moved ha-host\d → ha-host\d/);
    await key('n', /step 5 of 5/);
    await key('n', /Done by halab\./, 240_000);
    await desk.finish();
  });
});
