import { expect } from 'chai';
import { cibOf, cloneOf, configured } from './support/configuration.js';
import { but, butAll, judged, SILENT, silent, unread, well } from './support/input.js';

const data = (parameters: object) =>
  configured('data', 'ocf:heartbeat:Filesystem', {
    device: '/dev/sdb1',
    directory: '/srv',
    fstype: 'ext4',
    ...parameters,
  });
const looked = (parameters = {}) => well({ cib: cibOf([data(parameters)]), vipOn: '', resources: [] });
const has = (source: string, target: string, fsType = 'ext4') => ({ mounts: [{ source, target, fsType }] });

describe('audit one-mount', () => {
  it('holds where one node has it, and of each node’s own disks', () => {
    expect(judged('one-mount', but(looked(), 'ha-host1', has('/dev/sdb1', '/srv')))).to.deep.equal([]);
    expect(judged('one-mount', butAll(well(), has('/dev/sda1', '/')))).to.deep.equal([]);
  });

  it('is broken by two nodes that have the directory of a resource mounted', () => {
    const now = but(but(looked(), 'ha-host1', has('/dev/sdb1', '/srv')), 'ha-host2', has('/dev/sdc1', '/srv/'));
    expect(judged('one-mount', now)).to.deep.equal([
      'failed: data (/dev/sdb1) is mounted on 2 nodes: ha-host1 has /dev/sdb1 (ext4) on /srv and ha-host2 has /dev/sdc1 (ext4) on /srv/',
    ]);
  });

  it('is broken by its device mounted elsewhere, a logical volume by either of its names', () => {
    const now = but(but(looked(), 'ha-host1', has('/dev/sdb1', '/srv')), 'ha-host2', has('/dev/sdb1', '/mnt'));
    expect(judged('one-mount', now)).to.have.length(1);
    const lvm = looked({ device: '/dev/shared-vg/data' });
    const mounted = but(lvm, 'ha-host1', has('/dev/mapper/shared--vg-data', '/srv'));
    expect(judged('one-mount', but(mounted, 'ha-host3', has('/dev/mapper/shared--vg-data', '/mnt')))).to.have.length(1);
  });

  it('tells once of a device that is both', () => {
    const root = { source: '/dev/sda1', target: '/', fsType: 'ext4' };
    const now = butAll(looked({ device: '/dev/drbd0' }), { mounts: [root, ...has('/dev/drbd0', '/srv').mounts] });
    expect(judged('one-mount', now)).to.have.length(1);
    const beside = butAll(looked(), has('/dev/drbd1', '/var/lib/other'));
    expect(judged('one-mount', beside)).to.have.length(1);
  });

  it('is broken by a device that is the same on every node, whoever manages it', () => {
    for (const source of [
      '/dev/drbd0',
      '/dev/mapper/mpatha',
      '/dev/disk/by-path/ip-192.168.56.20:3260-iscsi-iqn.x-lun-1',
    ])
      expect(judged('one-mount', butAll(well(), has(source, '/mnt'))), source).to.have.length(1);
  });

  it('is broken by a directory that is bound on a second node, unless a cluster file system is underneath', () => {
    const bound = { device: '/data', fstype: 'none', options: 'ro,bind' };
    expect(judged('one-mount', butAll(looked(bound), has('/dev/sda1[/data]', '/srv', 'overlay')))).to.have.length(1);
    expect(judged('one-mount', butAll(looked(bound), has('/dev/sdb1[/data]', '/srv', 'gfs2')))).to.deep.equal([]);
  });

  it('lets cluster file systems, network file systems and clones be everywhere', () => {
    for (const fsType of ['gfs2', 'ocfs2', 'nfs4', 'cifs', 'fuse.glusterfs'])
      expect(judged('one-mount', butAll(looked(), has('/dev/sdb1', '/srv', fsType))), fsType).to.deep.equal([]);
    const cloned = well({ cib: cibOf([cloneOf('datas', data({}))]), vipOn: '', resources: [] });
    expect(judged('one-mount', butAll(cloned, has('/dev/sdb1', '/srv')))).to.deep.equal([]);
  });

  it('is inconclusive where mounts were not read', () => {
    expect(judged('one-mount', unread(well(), 'ha-host2', 'mounts'))).to.deep.equal([
      'unknown: the mounts of ha-host2 could not be read: timed out',
    ]);
    expect(judged('one-mount', silent(well(), 'ha-host2'))).to.deep.equal([SILENT('ha-host2')]);
  });
});
