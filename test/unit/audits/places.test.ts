import { expect } from 'chai';
import { fileSystemOf, isSameEverywhere, namesOfDevice } from '../../../src/audits/file-systems.js';
import { isOf } from '../../../src/audits/views.js';
import { sameAddress } from '../../../src/model/managed-address.js';
import { isActive } from '../../../src/model/resource-view.js';
import { primitive } from '../checks/states.js';
import { configured, VIP } from './support/configuration.js';

describe('an instance', () => {
  it('is active where it is on a node in any role but stopped and starting', () => {
    const active = (on: string | undefined, role: 'Promoted' | 'Stopping' | 'Starting' | 'Unknown') =>
      isActive(primitive('db', on, { role }));
    expect([active('a', 'Promoted'), active('a', 'Stopping'), active('a', 'Unknown')]).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect([
      active('a', 'Starting'),
      active(undefined, 'Promoted'),
      isActive(primitive('db', undefined)),
    ]).to.deep.equal([false, false, false]);
  });

  it('goes by its id, with and without a number, and by what it stands in', () => {
    const instance = { ...primitive('db:1', 'a'), within: ['dbs', 'pair:1'] };
    for (const id of ['db:1', 'db', 'dbs', 'pair', 'pair:1']) expect(isOf(instance, id), id).to.equal(true);
    for (const id of ['db:0', 'd', 'pair:0']) expect(isOf(instance, id), id).to.equal(false);
  });
});

describe('an address', () => {
  it('is the same with and without a prefix, and in any form of IPv6', () => {
    expect(sameAddress('192.168.56.24', '192.168.56.24/24')).to.equal(true);
    expect(sameAddress('192.168.56.24', '192.168.56.240')).to.equal(false);
    expect(sameAddress('FD00:0::24', 'fd00::24')).to.equal(true);
    expect(sameAddress('fe80::1%eth1', 'fe80::2%eth1')).to.equal(false);
  });
});

describe('a file system', () => {
  it('is read off a Filesystem resource with a directory', () => {
    const parameters = { device: '/dev/sdb1', directory: '/srv/', fstype: 'xfs' };
    expect(fileSystemOf(configured('data', 'ocf:heartbeat:Filesystem', parameters))).to.deep.equal({
      device: '/dev/sdb1',
      directory: '/srv',
      isSharable: false,
    });
    expect(fileSystemOf(configured('data', 'ocf:heartbeat:Filesystem', { device: '/dev/sdb1' }))).to.equal(undefined);
    expect(fileSystemOf({ ...VIP, parameters })).to.equal(undefined);
  });

  it('has a device with more than one name only in LVM', () => {
    expect(namesOfDevice('/dev/my-vg/my-lv')).to.deep.equal(['/dev/my-vg/my-lv', '/dev/mapper/my--vg-my--lv']);
    for (const device of [
      '/dev/sdb1',
      '/dev/mapper/mpatha',
      '/dev/drbd/by-res',
      '/dev/disk/by-id/wwn-0x5',
      'LABEL=data',
    ])
      expect(namesOfDevice(device)).to.deep.equal([device]);
  });

  it('is told to be shared by names that mean the same everywhere', () => {
    for (const name of [
      '/dev/drbd1',
      '/dev/mapper/mpathb1',
      '/dev/mapper/360000000000000000e00000000010001',
      '/dev/disk/by-id/wwn-0x5',
    ])
      expect(isSameEverywhere(name), name).to.equal(true);
    for (const name of [
      '/dev/sda1',
      '/dev/mapper/debian--vg-root',
      '/dev/disk/by-uuid/0f',
      '/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001',
    ])
      expect(isSameEverywhere(name), name).to.equal(false);
  });
});
