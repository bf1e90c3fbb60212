import { expect } from 'chai';
import { boxOf, packagesOf } from '../../../../src/backends/vagrant/boxes.js';
import { PROVIDERS } from '../../../../src/backends/vagrant/options.js';
import { IMAGES } from '../../../../src/model/lab.js';
import { testLab } from '../../cluster/test-lab.js';

const fenced = { ...testLab, machines: { firewall: 'on', fencing: 'host' } } as const;

describe('boxes', () => {
  for (const image of IMAGES) {
    it(`there is one of ${image} for every provider`, () => {
      for (const provider of PROVIDERS) expect(boxOf(image, provider).name).to.match(/^[a-z]+\/[a-z0-9-]+$/);
    });
  }

  it('differ by provider where a publisher has one provider only', () => {
    expect(boxOf('debian-12', 'virtualbox')).to.deep.equal({ name: 'debian/bookworm64', family: 'debian' });
    expect(boxOf('debian-13', 'virtualbox').name).to.not.equal(boxOf('debian-13', 'libvirt').name);
  });

  it('a box of the lab’s own is provisioned as its image', () => {
    expect(boxOf('centos-7', 'libvirt', 'my/box')).to.deep.equal({ name: 'my/box', family: 'el7' });
  });

  for (const image of ['debian-99', '__proto__', 'constructor', '']) {
    it(`of ${JSON.stringify(image)} there is none, and those there are are named`, () => {
      expect(() => boxOf(image, 'libvirt'))
        .to.throw(/no Vagrant box/)
        .with.property('hint')
        .that.includes('debian-12, debian-13');
    });
  }
});

describe('packages', () => {
  it('are of the cluster on its hosts, and of the target on the storage node', () => {
    expect(packagesOf(testLab, 'ha', 'debian', 'libvirt')).to.include.members([
      'corosync',
      'pacemaker',
      'pcs',
      'open-iscsi',
    ]);
    expect(packagesOf(testLab, 'storage', 'debian', 'libvirt')).to.deep.equal(['net-tools', 'nftables', 'curl', 'tgt']);
    expect(packagesOf(testLab, 'storage', 'el9', 'libvirt')).to.deep.equal([
      'net-tools',
      'nftables',
      'curl',
      'targetcli',
    ]);
  });

  it('include a fence agent only where the lab wants one', () => {
    expect(packagesOf(testLab, 'ha', 'el9', 'libvirt').join()).to.not.include('fence');
    expect(packagesOf(fenced, 'ha', 'el9', 'libvirt')).to.include('fence-agents-virsh');
    expect(packagesOf(fenced, 'ha', 'debian', 'virtualbox')).to.include('fence-agents');
    expect(packagesOf(fenced, 'storage', 'el9', 'virtualbox').join()).to.not.include('fence');
  });

  it('have no agent for VirtualBox in EL, and that is said', () => {
    expect(() => packagesOf({ ...fenced, image: 'almalinux-9' }, 'ha', 'el9', 'virtualbox'))
      .to.throw(/almalinux-9 has no package with fence_vbox/)
      .with.property('code', 'config-invalid');
  });
});
