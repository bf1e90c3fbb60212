import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { TOP } from '../support/real-lab/halab.js';
import { stepOf } from '../support/real-lab/runs.js';
import { until } from '../support/real-lab/until.js';
import { buildOfflineBox, type OfflineBox } from './support/box.js';
import { createMachineRoom, type MachineRoom, MINUTE } from './support/machine-room.js';

const NAME = 'fenced';

/** fence_virsh in the nodes, an OpenSSH server underneath, and the gate between them. The tests stand in order; the scenario is what switches fencing on. */
describe('fencing through the machine underneath', function () {
  this.timeout(10 * MINUTE);
  let room: MachineRoom;
  let box: OfflineBox;
  let lab: string;

  before(async function () {
    this.timeout(45 * MINUTE);
    box = await buildOfflineBox();
    room = await createMachineRoom(box);
    lab = join(room.folder, 'two-node.yaml');
    const plain = readFileSync(join(TOP, 'labs/two-node.yaml'), 'utf8');
    writeFileSync(lab, `${plain}machines: { box: ${box.name}, fencing: host }\n`);
    const words = ['run', 'form-cluster', '--lab', lab, '--name', NAME, '--keep', 'always', '--provider', 'libvirt'];
    const answer = await room.halab([...words, '--packages', box.packages], 40 * MINUTE);
    expect(answer.exitCode, `${answer.stdout}${answer.stderr}`).to.equal(0);
  });

  after(async function () {
    this.timeout(5 * MINUTE);
    await room?.close();
  });

  const on = (node: string, ...argv: readonly string[]) => room.saidOn(NAME, node, argv);
  const bootOf = async (node: string) => (await on(node, 'cat', '/proc/sys/kernel/random/boot_id')).trim();
  const throughTheGate = async (...argv: readonly string[]) =>
    (await room.onNode(NAME, 'ha-host1', ['sh', '-c', [...argv, '2>&1; true'].join(' ')])).stdout;

  it('opens nothing but the gate to the key of the lab', async () => {
    const { devices } = await room.json(['fencing', '--name', NAME]);
    const { ip: host, username: user } = devices[0].options;
    const ssh = ['ssh', '-i', '/root/.ssh/fencing_ed25519', '-o', 'BatchMode=yes'];
    const lines = 'id; virsh list --all; virsh undefine halab-fenced.ha-host2; virsh destroy other';
    const asked = lines.split('; ').map((line) => `echo ${line};`);
    const said = await throughTheGate('(', ...asked, ')', '|', ...ssh, `${user}@${host}`, 'id');
    expect(said).to.contain('halab-fenced.ha-host2').and.contain('running');
    expect(said.match(/refused by halab/g)).to.have.length(3);
    expect(said).to.not.contain('uid=');
    expect(await throughTheGate('timeout', '20', ...ssh, '-W', '127.0.0.1:22', `${user}@${host}`)).to.match(
      /prohibited|refused|failed/i,
    );
  });

  it('is not called open where a startup file holds up whoever comes', async () => {
    room.setStartupFile('sleep 50\n');
    const words = ['up', lab, '--name', NAME, '--provider', 'libvirt', '--packages', box.packages];
    const refused = await room.halab(words, 5 * MINUTE);
    room.setStartupFile('');
    expect(refused.stderr).to.contain('not the fence gate behind it: no prompt within 30 s').and.contain('~/.bashrc');
    expect(refused.exitCode).to.equal(3);
    const opened = await room.halab(words, 5 * MINUTE);
    expect(opened.exitCode, opened.stderr).to.equal(0);
  });

  it('fences a holder that has lost its power, by the scenario of the library', async function () {
    this.timeout(30 * MINUTE);
    const scenario = join(TOP, 'scenarios/fencing/power-cut-fenced.yaml');
    const words = [
      'run',
      scenario,
      '--lab',
      lab,
      '--name',
      NAME,
      '--keep',
      'always',
      '--provider',
      'libvirt',
      '--json',
    ];
    const answer = await room.halab([...words, '--packages', box.packages], 25 * MINUTE);
    expect(answer.stdout, answer.stderr).to.match(/^\{/);
    const run = JSON.parse(answer.stdout);
    expect(run.verdict, answer.stderr).to.equal('passed');
    expect(stepOf(run, 'power-cut-fenced', 'cut').probes[0].windows).to.not.have.length(0);
    expect(await on('ha-host1', 'pcs', 'stonith', 'config')).to.contain('fence_virsh');
  });

  it('lets the cluster cut the power of a node, which boots again and comes back', async () => {
    const boot = await bootOf('ha-host2');
    const fenced = await room.onNode(NAME, 'ha-host1', ['pcs', 'stonith', 'fence', 'ha-host2']);
    expect(fenced.exitCode, fenced.stdout + fenced.stderr).to.equal(0);
    await until('ha-host2 to have booted', async () => (await bootOf('ha-host2')) !== boot, { withinMs: 5 * MINUTE });
    const online = async () =>
      (await on('ha-host1', 'crm_mon', '--one-shot')).includes('Online: [ ha-host1 ha-host2 ]');
    await until('both nodes online', online, { withinMs: 5 * MINUTE });
    expect(await on('ha-host1', 'pcs', 'stonith', 'history', 'show', 'ha-host2')).to.match(/reboot.*ha-host2/);
  });

  it('is taken away together with the lab', async () => {
    expect(await room.authorizedKeys()).to.contain(`halab-${NAME}-fencing`);
    await room.json(['down', '--name', NAME], 5 * MINUTE);
    expect(await room.authorizedKeys()).to.not.contain('halab');
    expect(await room.leftOf(NAME)).to.deep.equal([]);
  });
});
