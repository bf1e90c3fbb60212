import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { machineOf, macsOf, macText, networkOf } from '../../src/backends/vagrant/names.js';
import { PROVIDERS, type Provider } from '../../src/backends/vagrant/options.js';
import { loadLab } from '../../src/config/files.js';
import { ownDisksOf } from '../../src/model/iscsi.js';
import { inTurns } from '../support/halab.js';
import { needProgram } from '../support/programs.js';
import { type Told, toldVagrant, wordsOf, writeRendered } from '../support/told-vagrant.js';

const TOP = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

const IMAGES = ['debian-12', 'almalinux-9', 'centos-7'] as const;
const LABS = readdirSync(join(TOP, 'labs')).flatMap((file) => /^(.*)\.yaml$/.exec(file)?.[1] ?? []);
/** A node's own disks are refused on VirtualBox. */
const ALL = LABS.flatMap((name) => {
  const { cluster, nodes } = loadLab(name, { cwd: TOP, root: TOP }).lab;
  // For the embedded backend only.
  if (cluster.software === 'packages') return [];
  const hasOwnDisks = nodes.some((node) => ownDisksOf(node).length > 0);
  const providers = PROVIDERS.filter((provider) => provider === 'libvirt' || !hasOwnDisks);
  return providers.flatMap((provider) => IMAGES.map((image) => ({ name, provider, image })));
});
type Case = (typeof ALL)[number];

/** A start of Vagrant takes seconds: each provider, each image and each kind of lab once, not all of them together. */
const VALIDATED: readonly Case[] = [
  { name: 'linuxha', provider: 'libvirt', image: 'debian-12' },
  { name: 'linuxha', provider: 'virtualbox', image: 'almalinux-9' },
  { name: 'two-node', provider: 'virtualbox', image: 'debian-12' },
  { name: 'separate-networks', provider: 'libvirt', image: 'centos-7' },
  { name: 'redundant-links', provider: 'virtualbox', image: 'centos-7' },
  { name: 'five-node', provider: 'libvirt', image: 'almalinux-9' },
  { name: 'own-software', provider: 'virtualbox', image: 'debian-12' },
  { name: 'two-targets', provider: 'libvirt', image: 'debian-12' },
  { name: 'drbd', provider: 'libvirt', image: 'debian-12' },
  { name: 'sbd', provider: 'virtualbox', image: 'debian-12' },
];

function inputOf({ name, provider, image }: Case) {
  const { lab } = loadLab(name, { cwd: TOP, root: TOP });
  return { instance: `my-${name}`.slice(0, 21), lab: { ...lab, image }, provider };
}

describe('Vagrant itself', function () {
  this.timeout(120_000);
  let folder = '';
  let env: Readonly<Record<string, string>>;
  let said: ReadonlyMap<string, string>;
  const title = ({ name, provider, image }: Case) => `${name} of ${image} on ${provider}`;

  before(async function () {
    needProgram(this, 'vagrant');
    needProgram(this, 'ruby');
    folder = mkdtempSync(join(tmpdir(), 'halab-vagrant-'));
    const home = join(folder, 'home');
    mkdirSync(home);
    // Enough of VirtualBox for Vagrant to judge what is said of it; --ignore-provider would leave that unread.
    writeFileSync(join(home, 'VBoxManage'), '#!/bin/sh\necho 7.0.14r161095\n', { mode: 0o755 });
    env = {
      PATH: `${home}:${process.env.PATH}`,
      HOME: home,
      VAGRANT_HOME: home,
      LC_ALL: 'C.UTF-8',
      VAGRANT_NO_COLOR: '1',
    };
    // The first call makes its home, and two at once would both do so.
    await run('vagrant', ['--version'], { env, cwd: folder });
    const answers = await inTurns(
      VALIDATED,
      async (each) => {
        const own = join(folder, title(each).replaceAll(' ', '-'));
        writeRendered(own, inputOf(each));
        return [title(each), await output(run('vagrant', ['validate'], { env, cwd: own }))] as const;
      },
      2,
    );
    said = new Map(answers);
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  for (const each of VALIDATED) {
    it(`takes ${title(each)}`, () => {
      const text = said.get(title(each)) ?? '';
      expect(text).to.match(/^Vagrantfile validated successfully\.\s*$/);
    });
  }

  for (const provider of PROVIDERS) {
    it(`would notice a word that means nothing on ${provider}`, async () => {
      const own = join(folder, `wrong-${provider}`);
      const file = writeRendered(own, inputOf({ name: 'two-node', provider, image: 'debian-12' }));
      writeFileSync(file, readFileSync(file, 'utf8').replace(/\.memory =/, '.memroy ='));
      const text = await output(run('vagrant', ['validate'], { env, cwd: own }));
      expect(text)
        .to.match(/^failed: /)
        .and.match(/memroy/);
    });
  }
});

async function output(call: Promise<{ stdout: string; stderr: string }>): Promise<string> {
  try {
    const { stdout, stderr } = await call;
    return `${stderr}${stdout}`.trim();
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `failed: ${stderr}${stdout}`;
  }
}

describe('the Ruby of every Vagrantfile', function () {
  this.timeout(60_000);
  let folder = '';
  beforeEach(function () {
    needProgram(this, 'ruby');
    folder = mkdtempSync(join(tmpdir(), 'halab-vagrant-'));
  });
  afterEach(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  /** Complaints of Ruby about the files, with warnings; all read by one process. */
  async function complaints(files: readonly string[]): Promise<string> {
    const script = '$VERBOSE = true; ARGV.each { |file| RubyVM::InstructionSequence.compile_file(file) }';
    return output(run('ruby', ['-e', script, ...files]));
  }

  it('is read without a warning', async () => {
    const files = ALL.map((each) =>
      writeRendered(join(folder, `${each.name}-${each.image}-${each.provider}`), inputOf(each)),
    );
    expect(files).to.have.length.above(20);
    expect(await complaints(files)).to.equal('');
  });

  it('would be complained about', async () => {
    const file = writeRendered(folder, inputOf({ name: 'two-node', provider: 'libvirt', image: 'debian-12' }));
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, `${good}unused = 1 ==\n`);
    expect(await complaints([file])).to.match(/^failed: [\s\S]*syntax error/);
    writeFileSync(file, `${good}def never\n  unused = 1\nend\n`);
    expect(await complaints([file])).to.match(/warning: .*unused/);
  });
});

describe('what a Vagrantfile tells Vagrant', function () {
  this.timeout(30_000);
  let folder = '';
  beforeEach(function () {
    needProgram(this, 'ruby');
    folder = mkdtempSync(join(tmpdir(), 'halab-vagrant-'));
  });
  afterEach(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  const told = (name: string, provider: Provider): Told =>
    toldVagrant(folder, inputOf({ name, provider, image: 'debian-12' }));

  it('has the nodes, their size and their links', () => {
    for (const provider of PROVIDERS) {
      const { instance, lab } = inputOf({ name: 'separate-networks', provider, image: 'debian-12' });
      const { machines, set, provider: chosen } = told('separate-networks', provider);
      expect(chosen).to.equal(provider);
      expect(set).to.deep.equal({ box: 'debian/bookworm64', box_check_update: false, boot_timeout: 900 });
      expect(Object.keys(machines)).to.deep.equal(lab.nodes.map(({ name }) => name));
      const macs = macsOf(instance, lab, provider);
      for (const node of lab.nodes) {
        const machine = machines[node.name];
        expect(machine?.providers[provider]?.set).to.include({ cpus: node.cpus, memory: node.memoryMiB });
        const networks = machine?.calls.filter(([what]) => what === 'network').map(([, , options]) => options);
        const mac = (link: string) => macs.get(`${node.name}/${link}`) ?? '';
        expect(networks).to.deep.equal(
          node.links.map((link) => ({
            ip: link.address,
            netmask: '255.255.255.0',
            mac: provider === 'virtualbox' ? mac(link.name) : macText(mac(link.name)),
            auto_config: false,
            ...(provider === 'virtualbox'
              ? {}
              : {
                  libvirt__network_name: networkOf(instance, link.network),
                  libvirt__dhcp_enabled: false,
                  libvirt__forward_mode: 'none',
                }),
          })),
        );
        expect(machine?.set).to.not.have.property('hostname');
        expect(wordsOf(machine, 'host')[0]).to.equal(node.name);
      }
    }
  });

  it('names what it makes after the lab', () => {
    const { instance } = inputOf({ name: 'linuxha', provider: 'libvirt', image: 'debian-12' });
    const virtualbox = told('linuxha', 'virtualbox').machines['ha-host1']?.providers.virtualbox;
    expect(virtualbox?.set).to.include({ name: machineOf(instance, 'ha-host1'), linked_clone: true });
    expect(virtualbox?.calls).to.deep.equal([['customize', ['modifyvm', 'id', '--groups', `/halab-${instance}`]]]);
    const libvirt = told('linuxha', 'libvirt').machines['ha-host1']?.providers.libvirt;
    expect(`${libvirt?.set.default_prefix}ha-host1`).to.equal(machineOf(instance, 'ha-host1'));
    expect(libvirt?.set).to.include({
      driver: 'kvm',
      qemu_use_session: false,
      management_network_name: networkOf(instance, 'management'),
      management_network_address: '10.77.0.0/24',
    });
    expect(libvirt?.set).to.not.have.any.keys('cpu_mode', 'random_hostname');
  });

  it('gives the storage node its disks, and what it serves them by', () => {
    const { machines } = told('linuxha', 'libvirt');
    const libvirt = machines['iscsi-disks'];
    expect(libvirt?.providers.libvirt?.calls).to.deep.equal([['storage', 'file', { size: '1024M', serial: 'shared' }]]);
    const [initiator = '', user = '', secret = ''] = wordsOf(machines['ha-host1'], 'cluster');
    expect(initiator).to.equal('iqn.2026-01.lab.halab:linuxha.node.ha-host1');
    expect(secret).to.match(/^[0-9a-f]{16}$/);
    const initiators = [1, 2, 3].map((host) => `--initiator iqn.2026-01.lab.halab:linuxha.node.ha-host${host}`);
    expect(wordsOf(libvirt, 'disks').join(' ')).to.equal(
      `--link 192.168.56.0/24 192.168.56.20 --chap ${user} ${secret} ${initiators.join(' ')} --disk iqn.2026-01.lab.halab:linuxha.shared shared 1024`,
    );
    const virtualbox = told('linuxha', 'virtualbox').machines['iscsi-disks']?.providers.virtualbox;
    const file = join(folder, 'disks/iscsi-disks-shared.vdi');
    expect(virtualbox?.calls.slice(1)).to.deep.equal([
      ['customize', ['createmedium', 'disk', '--filename', file, '--size', 1024]],
      ['customize', ['storagectl', 'id', '--name', 'Lab', '--add', 'virtio']],
      ['customize', ['storageattach', 'id', '--storagectl', 'Lab', '--port', 0, '--type', 'hdd', '--medium', file]],
    ]);
  });

  it('does without KVM where LIBVIRT_DRIVER says so', () => {
    process.env.LIBVIRT_DRIVER = 'qemu';
    try {
      const { machines } = told('linuxha', 'libvirt');
      expect(machines['ha-host1']?.providers.libvirt?.set).to.include({
        driver: 'qemu',
        cpu_mode: 'custom',
        cpu_model: 'qemu64',
      });
    } finally {
      delete process.env.LIBVIRT_DRIVER;
    }
  });

  it('provisions each node for its part, in an order that works', () => {
    const { machines } = told('linuxha', 'libvirt');
    const scripts = (node: string) =>
      machines[node]?.calls.filter(([what]) => what === 'provision').map(([, name]) => name);
    const begin = ['host', 'links', 'access', 'packages-debian'];
    expect(scripts('ha-host1')).to.deep.equal([...begin, 'cluster', 'firewall']);
    expect(scripts('iscsi-disks')).to.deep.equal([...begin, 'disks', 'firewall']);
    expect(wordsOf(machines['ha-host1'], 'firewall')).to.deep.equal(['on', 'high-availability']);
    expect(wordsOf(machines['iscsi-disks'], 'firewall')).to.deep.equal(['on', '3260/tcp']);
    expect(wordsOf(machines['ha-host1'], 'access')).to.deep.equal(['root', 'vagrant', 'vagrant', 'vagrant']);
  });
});
