import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { explain, parseLine, sayingOf } from '../../../../src/backends/vagrant/vagrant.js';

const RECORDED = join(import.meta.dirname, '../../../fixtures/vagrant-programs/recorded');
const recorded = (name: string) => readFileSync(join(RECORDED, name), 'utf8');
const saidIn = (text: string) => text.split('\n').map(sayingOf).filter(Boolean).join('\n');

/** Each as Vagrant, the plugin or the hypervisor words it, folded as they fold it. */
const CASES: readonly (readonly [id: string, code: string, words: string])[] = [
  ['box-missing', 'package-missing', saidIn(recorded('up-missing-box.txt'))],
  ['volume-left', 'backend-failed', saidIn(recorded('up-volume-exists.txt'))],
  [
    'volume-left',
    'backend-failed',
    'Name `halab-x.n1` of domain about to create is already taken. Please try to run\n`vagrant up` command again.',
  ],
  [
    'range-refused',
    'backend-failed',
    'The IP address configured for the host-only network is not within the\nallowed ranges.',
  ],
  ['port-taken', 'backend-failed', 'Vagrant cannot forward the specified ports on this VM, since they\nwould collide'],
  ['name-taken', 'backend-failed', 'is reporting another VM with that name already exists. Most of the'],
  [
    'locked',
    'lab-busy',
    "An action 'up' was attempted on the machine 'n1',\nbut another process is already executing an action on the machine.",
  ],
  [
    'hyper-v',
    'platform-unsupported',
    'Hyper-V and VirtualBox cannot be used together and will result in a\nsystem crash.',
  ],
  ['no-virtualisation', 'platform-unsupported', 'VBoxManage: error: VT-x is not available (VERR_VMX_NO_VMX)'],
  ['kernel-driver', 'backend-failed', 'WARNING: The vboxdrv kernel module is not loaded.'],
  [
    'plugin-missing',
    'package-missing',
    "The provider 'libvirt' could not be found, but was requested to\nback the machine 'n1'.",
  ],
  [
    'hypervisor-missing',
    'package-missing',
    'Vagrant could not detect VirtualBox! Make sure VirtualBox is properly installed.',
  ],
  [
    'libvirt-away',
    'backend-failed',
    'Error while connecting to Libvirt: Error making a connection to libvirt URI qemu:///system',
  ],
  ['disk-full', 'disk-full', 'write /var/lib/libvirt/images/x: No space left on device'],
  ['boot-timeout', 'boot-timeout', 'Timed out while waiting for the machine to boot. This means that'],
  ['other', 'backend-failed', 'Something that nobody has seen yet'],
];

describe('what a failure of Vagrant means', () => {
  for (const [id, code, words] of CASES) {
    it(`${id}: ${words.split('\n')[0]?.slice(0, 60)}`, () => {
      const explained = explain(words);
      expect(explained).to.include({ id, code });
      expect(explained.hint).to.have.length.above(20);
    });
  }
});

describe('lines of vagrant --machine-readable', () => {
  it('are told apart, with their commas and line ends back', () => {
    expect(parseLine('1795564502,n1,ui,warn,==> n1: a%!(VAGRANT_COMMA) b\\n==> n1: c')).to.deep.equal({
      target: 'n1',
      type: 'ui',
      data: ['warn', '==> n1: a, b\n==> n1: c'],
    });
    expect(parseLine('/usr/lib/ruby/x.rb:1: warning: old, very')).to.equal(undefined);
  });

  it('say to people what Vagrant would have said', () => {
    expect(
      sayingOf('1795564573,n2,ui,output,==> n2: Waiting for machine to boot. This may take a few minutes...'),
    ).to.equal('n2: Waiting for machine to boot. This may take a few minutes...');
    expect(sayingOf('1795564573,n1,ui,detail,    n1: SSH address: 10.77.0.96:22')).to.equal(
      'n1: SSH address: 10.77.0.96:22',
    );
    expect(sayingOf("1795564529,,ui,info,Bringing machine 'n1' up with 'libvirt' provider...")).to.equal(
      "Bringing machine 'n1' up with 'libvirt' provider...",
    );
    expect(sayingOf('1795564529,n1,action,up,start')).to.equal(undefined);
    expect(sayingOf('a word of Ruby’s')).to.equal('a word of Ruby’s');
  });

  it('of a whole recorded up leave no mark of the format', () => {
    const text = saidIn(recorded('up-first-machine-readable.txt'));
    expect(text)
      .to.include('n1: Machine booted and ready!')
      .and.not.match(/VAGRANT_COMMA|\\n|==>/);
  });
});
