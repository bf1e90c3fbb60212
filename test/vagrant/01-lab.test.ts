import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { TOP } from '../support/real-lab/halab.js';
import { hostNetwork } from '../support/real-lab/leaks.js';
import { scenarioOf, stepOf } from '../support/real-lab/runs.js';
import { until } from '../support/real-lab/until.js';
import { buildOfflineBox, type OfflineBox, packagesInside } from './support/box.js';
import { createMachineRoom, type MachineRoom, MINUTE } from './support/machine-room.js';

const NAME = 'machines';
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const NODES = ['iscsi-disks', ...HOSTS];
/** The walk-through, and what only machines with a kernel of their own can do. */
const SCENARIOS = ['walkthrough', 'storage/iscsi-login.yaml', 'networks/slow-link.yaml', 'failover/clock-ahead.yaml'];

/** The seed lab in virtual machines; the tests share it, stand in order, and each leaves it whole. */
describe('the seed lab under real Vagrant, libvirt and QEMU', function () {
  this.timeout(10 * MINUTE);
  let room: MachineRoom;
  let box: OfflineBox;
  let network: ReturnType<typeof hostNetwork>;
  // biome-ignore lint/suspicious/noExplicitAny: as schemas/run.schema.json has it
  let run: any;
  // biome-ignore lint/suspicious/noExplicitAny: as run.json has it
  let info: any;

  before(async function () {
    this.timeout(45 * MINUTE);
    network = hostNetwork();
    box = await buildOfflineBox();
    room = await createMachineRoom(box);
    const lab = join(room.folder, 'linuxha.yaml');
    const plain = readFileSync(join(TOP, 'labs/linuxha.yaml'), 'utf8');
    writeFileSync(lab, `${plain}machines: { box: ${box.name} }\n`);
    const scenarios = SCENARIOS.map((each) => join(TOP, 'scenarios', each));
    const words = ['run', ...scenarios, '--lab', lab, '--name', NAME, '--keep', 'always', '--json'];
    const answer = await room.halab([...words, '--provider', 'libvirt', '--packages', box.packages], 40 * MINUTE);
    expect(answer.stdout, answer.stderr).to.match(/^\{/);
    run = JSON.parse(answer.stdout);
    expect(run.verdict, answer.stderr).to.equal('passed');
    expect(answer.exitCode, answer.stderr).to.equal(0);
    info = JSON.parse(readFileSync(join(run.folder, 'run.json'), 'utf8'));
    keepForDocs(run.folder);
  });

  after(async function () {
    this.timeout(5 * MINUTE);
    await room?.close();
    if (network) expect(hostNetwork(), 'the machine’s own network').to.deep.equal(network);
  });

  const faultOf = (kind: string) => run.faults.find(({ fault }: { fault: { kind: string } }) => fault.kind === kind);
  const shown = async () => (await room.json(['status', '--name', NAME])).labs[0];
  const on = (node: string, ...argv: readonly string[]) => room.saidOn(NAME, node, argv);
  const virsh = (...argv: readonly string[]) => room.said(['virsh', '--connect', 'qemu:///system', ...argv]);
  const bootOf = async (node: string) => (await on(node, 'cat', '/proc/sys/kernel/random/boot_id')).trim();
  const untilOnline = (count: number) =>
    until(
      `${count} hosts online`,
      async () =>
        (await on('ha-host1', 'crm_mon', '--one-shot')).includes(`Online: [ ${HOSTS.slice(0, count).join(' ')} ]`),
      { withinMs: 5 * MINUTE },
    );

  it('passes every scenario of the walk-through, as on the embedded backend', () => {
    const walk = ['form-cluster', 'cluster-status', 'virtual-ip', 'interface-down', 'resource-agents'];
    expect(
      run.scenarios
        .filter((each: { asGiven: boolean }) => !each.asGiven)
        .map((each: { scenario: string }) => each.scenario),
    ).to.have.members([...walk, 'iscsi-login', 'slow-link', 'clock-ahead']);
    for (const { scenario, verdict } of run.scenarios) expect(verdict, scenario).to.equal('passed');
  });

  it('installs the packages from the archive, on a box that has none of them', async () => {
    const wanted = ['corosync', 'pacemaker', 'pcs', 'resource-agents', 'fence-agents', 'open-iscsi', 'tgt'];
    expect(await packagesInside(box, wanted)).to.deep.equal([]);
    for (const host of HOSTS)
      expect(info.packages[host], host).to.include.keys('corosync', 'pacemaker', 'pcs', 'linux');
    expect(info.packages['iscsi-disks']).to.include.keys('tgt');
  });

  it('moves the address when its holder loses the link, and measures how long it was away', () => {
    const cut = stepOf(run, 'interface-down', 'cut');
    expect(cut.verdict).to.equal('passed');
    expect(run.outage).to.include({ scenario: 'interface-down', step: 'cut', ended: true });
    expect(run.outage.durationMs).to.be.greaterThan(cut.constants.token);
    expect(HOSTS).to.include(cut.targets['holder of vip']);
  });

  it('logs in to the shared storage with the kernel of every host', () => {
    const disk = stepOf(run, 'iscsi-login', 'disk');
    expect(disk.verdict).to.equal('passed');
    expect(scenarioOf(run, 'iscsi-login').verdict).to.equal('passed');
  });

  it('delays and loses what a host sends, by netem of its own kernel, and the cluster moves nothing', () => {
    expect(stepOf(run, 'slow-link', 'slow').verdict).to.equal('passed');
    expect(stepOf(run, 'slow-link', 'felt').verdict).to.equal('passed');
    expect(faultOf('shape').state).to.equal('healed');
  });

  it('sets the clock of one host ahead and right again, and the others stay where they are', async () => {
    expect(stepOf(run, 'clock-ahead', 'ahead').verdict).to.equal('passed');
    expect(faultOf('clock-skew').state).to.equal('healed');
    const clocks = await Promise.all(HOSTS.map(async (host) => Number(await on(host, 'date', '+%s'))));
    expect(Math.max(...clocks) - Math.min(...clocks), 'seconds, asked one after another').to.be.below(120);
  });

  it('writes down how slow the machines are, and which timings were changed for it', () => {
    expect(info).to.include({ backend: 'vagrant', image: 'debian-12' });
    expect(info.options).to.include({ provider: 'libvirt' });
    expect(info.slowness.factor).to.be.greaterThan(2);
    expect(info.slowness.tokenMs).to.equal(stepOf(run, 'interface-down', 'cut').constants.token - 650);
    expect(info.slowness.pcsRequestS).to.be.greaterThan(60);
  });

  it('finds the links by their MAC addresses, and names them as the lab does', async () => {
    for (const node of NODES) {
      const address = await on(node, 'ip', '-4', '-o', 'addr', 'show', 'eth1');
      expect(address, node).to.match(/192\.168\.56\.\d+\/24/);
    }
  });

  it('pulls a cable, which the host sees and the cluster notices, and puts it in again', async () => {
    await room.json(['fault', 'inject', 'link-down', 'ha-host3', '--link', 'eth1', '--by', 'carrier', '--name', NAME]);
    expect(await on('ha-host3', 'cat', '/sys/class/net/eth1/carrier')).to.equal('0\n');
    await untilOnline(2);
    await room.json(['heal', '--name', NAME]);
    expect(await on('ha-host3', 'cat', '/sys/class/net/eth1/carrier')).to.equal('1\n');
    await untilOnline(3);
  });

  it('cuts the power of a host, which boots afterwards and joins again', async () => {
    const boot = await bootOf('ha-host3');
    await room.json(['fault', 'inject', 'power-off', 'ha-host3', '--name', NAME]);
    expect((await virsh('domstate', `halab-${NAME}.ha-host3`)).trim()).to.equal('shut off');
    await untilOnline(2);
    await room.json(['heal', '--name', NAME]);
    expect(await bootOf('ha-host3')).to.not.equal(boot);
    await untilOnline(3);
  });

  it('freezes a host, and lets it go on', async () => {
    await room.json(['fault', 'inject', 'freeze', 'ha-host3', '--name', NAME]);
    expect((await virsh('domstate', `halab-${NAME}.ha-host3`)).trim()).to.equal('paused');
    expect((await shown()).nodes.find((each: { node: string }) => each.node === 'ha-host3').state).to.equal('frozen');
    await room.json(['heal', '--name', NAME]);
    expect((await virsh('domstate', `halab-${NAME}.ha-host3`)).trim()).to.equal('running');
    await untilOnline(3);
  });

  it('goes back to a snapshot of the whole lab, memory and all', async () => {
    const boots = await Promise.all(NODES.map(bootOf));
    await room.json(['snapshot', 'take', 'formed', '--name', NAME]);
    await on('ha-host1', 'sh', '-c', 'echo later > /root/after-the-snapshot; pcs property set maintenance-mode=true');
    const { snapshots } = await room.json(['snapshot', 'restore', 'formed', '--name', NAME]);
    expect(snapshots.map((each: { name: string }) => each.name)).to.deep.equal(['formed']);
    expect(await on('ha-host1', 'sh', '-c', 'ls /root/after-the-snapshot 2>/dev/null | wc -l')).to.equal('0\n');
    expect(await Promise.all(NODES.map(bootOf)), 'no node has booted').to.deep.equal(boots);
    await untilOnline(3);
    expect(await on('ha-host1', 'pcs', 'property')).to.not.contain('maintenance-mode');
    expect((await room.json(['snapshot', 'remove', 'formed', '--name', NAME])).snapshots).to.deep.equal([]);
  });

  it('is taken down and leaves nothing: no machine, volume or network', async () => {
    await room.json(['down', '--name', NAME], 5 * MINUTE);
    expect(await room.leftOf(NAME)).to.deep.equal([]);
  });

  it('finds what an interrupted up left by its name, and removes it', async function () {
    this.timeout(15 * MINUTE);
    const lab = join(room.folder, 'cut-off.yaml');
    const plain = readFileSync(join(TOP, 'labs/two-node.yaml'), 'utf8');
    writeFileSync(lab, `${plain}machines: { box: ${box.name} }\n`);
    const up = room.start([
      'up',
      '--lab',
      lab,
      '--name',
      'cut-off',
      '--provider',
      'libvirt',
      '--packages',
      box.packages,
    ]);
    await until('a first machine', async () => (await virsh('list', '--name')).includes('halab-cut-off.'), {
      withinMs: 5 * MINUTE,
      seen: () => up.said.stderr,
    });
    await room.killTree(up.pid);
    expect((await room.leftOf('cut-off')).join('\n'))
      .to.contain('domain')
      .and.contain('volume')
      .and.contain('network');
    await room.forget('cut-off');
    await room.json(['down', '--name', 'cut-off'], 5 * MINUTE);
    expect(await room.leftOf('cut-off')).to.deep.equal([]);
  });

  /** With HALAB_KEEP_SUMMARY=FOLDER the run's closing and facts stay for whoever writes them up. */
  function keepForDocs(folder: string): void {
    const kept = process.env.HALAB_KEEP_SUMMARY;
    if (kept === undefined) return;
    mkdirSync(kept, { recursive: true });
    for (const file of ['summary.json', 'run.json', 'junit.xml', 'report.html', 'closing.txt', 'events.jsonl'])
      if (existsSync(join(folder, file))) copyFileSync(join(folder, file), join(kept, file));
  }
});
