import { expect } from 'chai';
import { bootSector, judgeTries } from '../../../../src/backends/vagrant/acceleration.js';
import { candidatesFor } from '../../../../src/backends/vagrant/call.js';
import type { VagrantDeps } from '../../../../src/backends/vagrant/hypervisor.js';
import type { Provider } from '../../../../src/backends/vagrant/options.js';
import {
  gatherFacts,
  type MachineFacts,
  parseNetworksConf,
  parseWindows,
  refusedBy,
} from '../../../../src/backends/vagrant/preflight/gather.js';
import { isAtLeast, judge } from '../../../../src/backends/vagrant/preflight/judge.js';
import type { Lab } from '../../../../src/model/lab.js';
import { VAGRANT_LAB } from '../../../support/vagrant-world.js';

const LINUX: MachineFacts = {
  platform: 'linux',
  arch: 'x64',
  vagrant: { file: '/usr/bin/vagrant', version: '2.3.4' },
  plugins: new Map([['vagrant-libvirt', '0.11.2']]),
  hypervisor: { file: '/usr/bin/virsh', version: '9.0.0' },
  virtualisation: true,
  isGuest: false,
  kvm: { state: 'works', said: '120 ms' },
  windows: undefined,
  ranges: ['192.168.56.0/21'],
  memoryMiB: 16_000,
  disk: { folder: '/var/lib', freeMiB: 100_000 },
  boxes: [],
};
const MAC: MachineFacts = { ...LINUX, platform: 'darwin', kvm: undefined };
const WINDOWS: MachineFacts = {
  ...LINUX,
  platform: 'win32',
  kvm: undefined,
  virtualisation: undefined,
  windows: { hypervisorPresent: false, firmwareVirtualisation: true },
  ranges: 'any',
};

const judged = (facts: MachineFacts, provider: Provider, lab: Lab = VAGRANT_LAB) =>
  judge(facts, { lab, provider, box: 'debian/bookworm64', isOwnBox: lab.machines.box !== undefined });
const wrong = (facts: MachineFacts, provider: Provider, lab?: Lab) =>
  judged(facts, provider, lab).filter(({ ok }) => !ok);

describe('what a machine lacks for virtual machines', () => {
  it('nothing, on Linux, macOS and Windows that have it all', () => {
    expect([
      ...wrong(LINUX, 'libvirt'),
      ...wrong(LINUX, 'virtualbox'),
      ...wrong(MAC, 'virtualbox'),
      ...wrong(WINDOWS, 'virtualbox'),
    ]).to.deep.equal([]);
  });

  it('tells for each thing that is missing how it is mended there', () => {
    for (const [facts, words] of [
      [LINUX, 'apt-get install -y vagrant'],
      [MAC, 'brew install --cask vagrant'],
      [WINDOWS, 'winget install Hashicorp.Vagrant'],
    ] as const) {
      const [finding] = wrong({ ...facts, vagrant: { file: undefined, version: undefined } }, 'virtualbox');
      expect(finding).to.include({ id: 'program:vagrant', weight: 'required' });
      expect(finding?.fix?.text).to.include(words);
    }
  });

  it('tells an old program and one that does not answer from one that is not there', () => {
    const old = wrong({ ...LINUX, vagrant: { file: '/usr/bin/vagrant', version: '2.2.9' } }, 'libvirt')[0];
    expect(old?.text).to.equal('/usr/bin/vagrant is 2.2.9, and 2.2.10 or newer is needed');
    const away = { file: '/usr/bin/virsh', version: undefined, problem: 'Failed to connect socket' };
    const [silent] = wrong({ ...LINUX, hypervisor: away }, 'libvirt');
    expect(silent?.text).to.equal('/usr/bin/virsh does not answer: Failed to connect socket');
    expect(silent?.fix?.text).to.include('systemctl start libvirtd');
    expect(wrong({ ...LINUX, plugins: new Map() }, 'libvirt').map(({ id }) => id)).to.deep.equal([
      'plugin:vagrant-libvirt',
    ]);
  });

  it('advises, and does not refuse, where KVM opens and no guest runs', () => {
    const [dead] = wrong({ ...LINUX, kvm: judgeTries(undefined, undefined) }, 'libvirt');
    expect(dead).to.include({ id: 'kvm', weight: 'advice' });
    expect(dead?.text).to.include('opens, but a guest does not run').and.include('about 10 times slower');
    expect(wrong({ ...LINUX, kvm: undefined }, 'libvirt')[0]?.text).to.include('there is no /dev/kvm');
  });

  it('refuses VirtualBox without hardware virtualisation', () => {
    expect(wrong({ ...LINUX, virtualisation: false }, 'virtualbox')[0]).to.include({
      id: 'virtualisation',
      weight: 'required',
    });
    expect(wrong({ ...MAC, virtualisation: false }, 'virtualbox')[0]?.text).to.include('kern.hv_support');
    expect(
      wrong({ ...WINDOWS, windows: { hypervisorPresent: false, firmwareVirtualisation: false } }, 'virtualbox')[0]?.id,
    ).to.equal('virtualisation');
  });

  it('sees Hyper-V in the way', () => {
    const [finding] = wrong({ ...WINDOWS, windows: parseWindows('True\r\nFalse\r\n') }, 'virtualbox');
    expect(finding).to.include({ id: 'hyper-v' });
    expect(finding?.fix?.text).to.include('bcdedit');
  });

  it('says what to do on a Mac with an arm processor', () => {
    const arm: MachineFacts = { ...MAC, arch: 'arm64' };
    const [finding] = wrong(arm, 'virtualbox');
    expect(finding).to.include({ id: 'platform', weight: 'required' });
    expect(finding?.fix?.text).to.include('machines.box').and.include('embedded backend');
    const own: Lab = { ...VAGRANT_LAB, machines: { ...VAGRANT_LAB.machines, box: 'bento/debian-12' } };
    expect(wrong(arm, 'virtualbox', own)).to.deep.equal([]);
  });

  it('refuses networks that VirtualBox refuses, and libvirt takes', () => {
    const lab: Lab = { ...VAGRANT_LAB, networks: [{ name: 'lan', cidr: '10.9.0.0/24', carries: ['cluster'] }] };
    const [finding] = wrong(LINUX, 'virtualbox', lab);
    expect(finding).to.include({ id: 'networks', weight: 'required' });
    expect(finding?.fix?.text).to.include('/etc/vbox/networks.conf').and.include('10.9.0.0/24');
    expect([...wrong(LINUX, 'libvirt', lab), ...wrong(WINDOWS, 'virtualbox', lab)]).to.deep.equal([]);
  });

  it('advises on memory, disk and nested machines, and tells whether the box is here', () => {
    const poor = wrong({ ...LINUX, memoryMiB: 900, disk: { folder: '/', freeMiB: 10 } }, 'libvirt');
    expect(poor.map(({ id, weight }) => `${id} ${weight}`)).to.deep.equal(['memory advice', 'disk advice']);
    const textOf = (facts: MachineFacts, id: string) => judged(facts, 'libvirt').find((each) => each.id === id)?.text;
    expect(textOf({ ...LINUX, isGuest: true }, 'nested')).to.include('itself a guest');
    expect(textOf(LINUX, 'box')).to.include('is not here yet');
    expect(textOf({ ...LINUX, boxes: [{ name: 'debian/bookworm64', provider: 'libvirt' }] }, 'box')).to.include(
      'is here',
    );
  });
});

describe('whether KVM helps', () => {
  const ran = (durationMs: number) => ({ exitCode: 33, stderr: '', durationMs });

  it('by a guest of one sector that ends QEMU', () => {
    expect(bootSector()).to.have.length(512);
    expect([...bootSector().subarray(510)]).to.deep.equal([0x55, 0xaa]);
  });

  it('not where it takes longer than emulation, or nothing comes of it', () => {
    expect(judgeTries(ran(120), ran(90)).state).to.equal('works');
    expect(judgeTries(ran(3_400), ran(96)).state).to.equal('slow');
    expect(judgeTries(ran(1_800), ran(1_500)).state).to.equal('works');
    expect(judgeTries(undefined, ran(96)).state).to.equal('dead');
  });

  it('cannot be told where QEMU ends otherwise', () => {
    const refused = { exitCode: 1, stderr: 'qemu: failed to initialize kvm: No such device\n', durationMs: 20 };
    expect(judgeTries(refused, ran(90))).to.deep.equal({
      state: 'refused',
      said: 'qemu: failed to initialize kvm: No such device',
    });
    expect(
      judgeTries({ ...refused, stderr: 'Could not access KVM kernel module: Permission denied' }, undefined).state,
    ).to.equal('untried');
  });
});

describe('host-only ranges of VirtualBox', () => {
  it('come from its file, where there is one', () => {
    expect(parseNetworksConf('# mine\n* 10.0.0.0/8 192.168.0.0/16\n* 2001::/64\n')).to.deep.equal([
      '10.0.0.0/8',
      '192.168.0.0/16',
    ]);
    expect(refusedBy(['192.168.56.0/21'], VAGRANT_LAB)).to.deep.equal([]);
    expect(refusedBy([], VAGRANT_LAB)).to.deep.equal(['192.168.56.0/24']);
    expect(refusedBy(['192.168.56.0/25'], VAGRANT_LAB)).to.deep.equal(['192.168.56.0/24']);
  });
});

it('versions are compared by their numbers', () => {
  expect([
    isAtLeast('2.2.10', '2.2.10'),
    isAtLeast('2.3', '2.2.10'),
    isAtLeast('2.2.9', '2.2.10'),
    isAtLeast('7.0.20', '6.1'),
  ]).to.deep.equal([true, true, false, true]);
});

describe('programs', () => {
  it('of Windows have endings, and VirtualBox lies where its installer says', () => {
    const env = { PATHEXT: '.EXE;.CMD', VBOX_MSI_INSTALL_PATH: 'C:\\Program Files\\Oracle\\VirtualBox\\' };
    const places = { platform: 'win32', path: 'C:\\bin;D:\\tools', env } as const;
    expect(candidatesFor(places, 'vagrant')).to.deep.equal([
      'C:\\bin\\vagrant.exe',
      'C:\\bin\\vagrant.cmd',
      'D:\\tools\\vagrant.exe',
      'D:\\tools\\vagrant.cmd',
    ]);
    expect(candidatesFor(places, 'VBoxManage')).to.include('C:\\Program Files\\Oracle\\VirtualBox\\VBoxManage.exe');
  });

  it('elsewhere have none', () => {
    expect(candidatesFor({ platform: 'darwin', path: '/opt/homebrew/bin', env: {} }, 'vagrant')[0]).to.equal(
      '/opt/homebrew/bin/vagrant',
    );
  });
});

describe('looking at a machine', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    it(`of ${platform} with none of the programs fails at nothing`, async () => {
      const deps = {
        platform,
        arch: 'x64',
        path: '',
        env: {},
        dirs: { state: '/nowhere/at/all' },
        hostFile: () => undefined,
        processes: { run: async () => ({ exitCode: 1, stdout: '', stderr: '', durationMs: 1 }) },
      };
      const facts = await gatherFacts(deps as unknown as VagrantDeps, 'virtualbox');
      expect(facts.platform).to.equal(platform);
      expect(
        judged(facts, 'virtualbox')
          .filter(({ ok, weight }) => !ok && weight === 'required')
          .map(({ id }) => id),
      ).to.include('program:vagrant');
    });
  }
});
