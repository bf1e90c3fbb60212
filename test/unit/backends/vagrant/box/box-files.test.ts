import { expect } from 'chai';
import { DISK_GIB, METADATA, VAGRANTFILE, variantOf } from '../../../../../src/backends/vagrant/box/build-box.js';

describe('the files of a box', () => {
  it('tell vagrant-libvirt what the disk is', () => {
    expect(JSON.parse(METADATA)).to.deep.equal({ provider: 'libvirt', format: 'qcow2', virtual_size: DISK_GIB });
  });

  it('start the kernel that lies beside them', () => {
    expect(VAGRANTFILE).to.include('libvirt.kernel = File.expand_path("vmlinuz", __dir__)');
    expect(VAGRANTFILE).to.include('libvirt.initrd = File.expand_path("initrd.img", __dir__)');
    expect(VAGRANTFILE).to.match(/cmd_line = "root=\/dev\/vda .*net\.ifnames=0/);
  });

  it('are named by what is inside', () => {
    const [image, lab] = ['debian-12', { name: 'drbd', packages: ['drbd-utils'] }];
    expect(variantOf({ image, cluster: true })).to.equal('debian-12');
    expect(variantOf({ image, cluster: false })).to.equal('debian-12-bare');
    expect(variantOf({ image, cluster: true, lab })).to.equal('debian-12-drbd');
    expect(variantOf({ image, cluster: false, lab })).to.equal('debian-12-drbd-bare');
  });
});
