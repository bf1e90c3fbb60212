import { existsSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { LogIn } from '../../../../../src/backends/vagrant/connect.js';
import {
  authorizedLine,
  closeGate,
  type GateDeps,
  openGate,
  withLine,
  writeAuthorizedKeys,
} from '../../../../../src/backends/vagrant/fencing/prepare.js';
import { createFencing, hostAddressOf } from '../../../../../src/backends/vagrant/fencing/stonith.js';
import { commandsFor } from '../../../../../src/cli/commands/fencing.js';
import type { LabInstance } from '../../../../../src/model/lab.js';
import { FULL_SPEED } from '../../../../../src/model/slowness.js';
import type { Transport } from '../../../../../src/ports/transport.js';
import { temporaryFolder } from '../../../../support/temporary-folder.js';
import { testLab } from '../../../cluster/test-lab.js';

const KEY = 'ssh-ed25519 AAAAC3Nza';
const GATE = ['/usr/bin/node', '/opt/my halab/bin/halab.js', 'fence-gate', 'linuxha', 'libvirt', '/usr/bin/virsh'];
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const instance: LabInstance = { name: 'linuxha', backend: 'vagrant', lab: testLab };

describe('fencing through the machine underneath', () => {
  const at = temporaryFolder();

  function make({ sshd = true, gate = true } = {}) {
    const uploaded: string[] = [];
    const deps: GateDeps = {
      dirs: { state: at('state') },
      authorizedKeys: at('home', '.ssh', 'authorized_keys'),
      user: 'me',
      generateKeyPair: () => ({ privateKey: 'PRIVATE', publicKey: `${KEY} comment` }),
      gateCommand: () => GATE,
    };
    const logIn: LogIn = (node, work) =>
      work({
        node,
        exec: async ([, , script = '']: readonly string[]) => {
          const answers = script.includes('ssh-keyscan') ? sshd : gate;
          return { exitCode: answers ? 0 : 1, stdout: '', stderr: sshd ? 'pyenv waits' : 'no sshd answers' };
        },
        upload: async (content: string, path: string, mode: number) => {
          uploaded.push(`${node} ${path} ${mode.toString(8)} ${content}`);
        },
      } as unknown as Transport);
    return { deps, logIn, uploaded };
  }

  it('lets the key in for the gate alone, and takes only that line away again', async () => {
    const { deps, logIn, uploaded } = make();
    mkdirSync(at('home', '.ssh'), { recursive: true });
    writeFileSync(deps.authorizedKeys, 'ssh-rsa AAAA me@home\n', { mode: 0o600 });
    await openGate(deps, instance, 'libvirt', HOSTS, logIn);
    await openGate(deps, instance, 'libvirt', HOSTS, logIn);
    const lines = readFileSync(deps.authorizedKeys, 'utf8').split('\n');
    expect(lines).to.deep.equal([
      'ssh-rsa AAAA me@home',
      `restrict,pty,command="/usr/bin/node \\"/opt/my halab/bin/halab.js\\" fence-gate linuxha libvirt /usr/bin/virsh" ${KEY} halab-linuxha-fencing`,
      '',
    ]);
    expect(statSync(deps.authorizedKeys).mode & 0o777).to.equal(0o600);
    expect(uploaded.slice(0, 3)).to.deep.equal(
      ['ha-host1', 'ha-host2', 'ha-host3'].map((node) => `${node} /root/.ssh/fencing_ed25519 600 PRIVATE`),
    );
    for (const _time of ['once', 'twice']) closeGate(deps, 'linuxha');
    expect(readFileSync(deps.authorizedKeys, 'utf8')).to.equal('ssh-rsa AAAA me@home\n');
  });

  it('lets nobody in where a node finds no ssh server here', async () => {
    const { deps, logIn } = make({ sshd: false });
    const failure: unknown = await openGate(deps, instance, 'libvirt', HOSTS, logIn).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'backend-failed');
    expect(String(failure)).to.contain('ha-host1').and.contain('no sshd answers');
    expect(readFileSync(deps.authorizedKeys, 'utf8')).to.equal('');
  });

  it('lets nobody in where the gate does not answer behind the ssh server', async () => {
    const { deps, logIn } = make({ gate: false });
    const failure = await openGate(deps, instance, 'libvirt', HOSTS, logIn).catch((error: unknown) => error);
    expect(String(failure)).to.contain('not the fence gate behind it: pyenv waits');
    expect(failure).to.have.property('hint').that.contains('startup files');
    expect(readFileSync(deps.authorizedKeys, 'utf8')).to.equal('');
  });

  it('leaves a gate open that was, and passes over nodes that are not awake', async () => {
    const { deps, logIn, uploaded } = make();
    await openGate(deps, instance, 'libvirt', ['ha-host2'], logIn);
    expect(uploaded).to.have.length(1);
    const refusing = make({ sshd: false }).logIn;
    const failure: unknown = await openGate(deps, instance, 'libvirt', HOSTS, refusing).catch(
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'backend-failed');
    expect(readFileSync(deps.authorizedKeys, 'utf8')).to.contain('halab-linuxha-fencing');
  });

  it('writes through a link, and leaves a file alone that has nothing of ours', () => {
    const { deps } = make();
    mkdirSync(at('home', '.ssh'), { recursive: true });
    writeFileSync(at('dotfile'), 'ssh-rsa AAAA me@home\n\n', { mode: 0o644 });
    symlinkSync(at('dotfile'), deps.authorizedKeys);
    closeGate(deps, 'linuxha');
    writeAuthorizedKeys(deps.authorizedKeys, 'linuxha', authorizedLine('linuxha', KEY, GATE));
    closeGate(deps, 'linuxha');
    expect(readFileSync(at('dotfile'), 'utf8')).to.equal('ssh-rsa AAAA me@home\n\n');
    expect(statSync(at('dotfile')).mode & 0o777).to.equal(0o644);
    expect(lstatSync(deps.authorizedKeys).isSymbolicLink()).to.equal(true);
  });

  it('refuses paths that a shell would act on', () => {
    expect(() => authorizedLine('ha', KEY, ['/opt/$(id)/node'])).to.throw('sshd cannot run');
  });

  it('touches nothing where there is nothing to take away', () => {
    const { deps } = make();
    closeGate(deps, 'linuxha');
    expect(existsSync(deps.authorizedKeys)).to.equal(false);
  });

  it('does not take one lab’s line for another’s', () => {
    const one = authorizedLine('ha', KEY, GATE);
    const other = authorizedLine('linux-ha', KEY, GATE);
    expect(withLine(`${one}\n${other}\n`, 'ha', undefined)).to.equal(`${other}\n`);
  });

  it('is an ability of labs whose file asks for it', () => {
    const { whyNot } = createFencing({ provider: 'libvirt', fencing: make().deps });
    expect(whyNot(instance)).to.contain('machines: { fencing: host }');
    const machines = { firewall: 'on', fencing: 'host' } as const;
    expect(whyNot({ ...instance, lab: { ...testLab, machines } })).to.equal(undefined);
  });

  it('says what to type in the cluster', () => {
    const [device] = createFencing({ provider: 'libvirt', fencing: make().deps }).devices(instance);
    if (device === undefined) throw new Error('no device');
    expect(commandsFor(device, FULL_SPEED).map((words) => words.join(' '))).to.deep.equal([
      'pcs stonith create fence-ha-host1 fence_virsh ip=10.200.0.1 username=me identity_file=/root/.ssh/fencing_ed25519 plug=halab-linuxha.ha-host1 pcmk_host_list=ha-host1 op monitor interval=60s',
      'pcs constraint location fence-ha-host1 avoids ha-host1',
    ]);
    expect(hostAddressOf(instance, 'virtualbox')).to.equal('10.0.2.2');
  });
});
