import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseSshConfig } from '../../../../src/backends/vagrant/connect.js';
import { parseLinks } from '../../../../src/backends/vagrant/links.js';
import { instanceOf, isOf, labelIn, machineOfVolume } from '../../../../src/backends/vagrant/names.js';
import * as libvirt from '../../../../src/backends/vagrant/providers/libvirt.js';
import * as virtualbox from '../../../../src/backends/vagrant/providers/virtualbox.js';
import { commonTo } from '../../../../src/backends/vagrant/snapshots.js';

const RECORDED = join(import.meta.dirname, '../../../fixtures/vagrant-programs/recorded');
const recorded = (name: string) => readFileSync(join(RECORDED, name), 'utf8');

describe('what virsh prints', () => {
  it('domains, with their states and ids', () => {
    const ids = 'aaaa-1 halab-x.n1\nbbbb-2 halab-x.n2\n\n';
    expect(libvirt.parseDomains(recorded('virsh-list-table.txt'), ids)).to.deep.equal([
      { name: 'halab-x.n1', id: 'aaaa-1', state: 'running' },
      { name: 'halab-x.n2', id: 'bbbb-2', state: 'running' },
    ]);
    const table = ' Id   Name   State\n-----------------------\n -    a      shut off\n 3    b      paused\n';
    expect(libvirt.parseDomains(table, 'x a\ny b\n').map(({ state }) => state)).to.deep.equal(['off', 'paused']);
  });

  it('the range of a network', () => {
    expect(libvirt.parseRange(recorded('virsh-net-dumpxml.txt'))).to.equal('192.168.56.0/24');
    expect(libvirt.parseRange("<ip address='10.9.200.1' netmask='255.255.192.0'>")).to.equal('10.9.192.0/18');
    expect(libvirt.parseRange('<network>\n  <name>x</name>\n')).to.equal(undefined);
  });

  it('one domain', () => {
    const text = 'Id:             1\nName:           n\nUUID:           6695eb01\nState:          shut off\n';
    expect(libvirt.parseDomain('n', text)).to.deep.equal({ name: 'n', id: '6695eb01', state: 'off' });
    expect(libvirt.parseDomain('n', '')).to.equal(undefined);
  });

  it('volumes', () => {
    expect(libvirt.parseVolumes(recorded('virsh-vol-list.txt')).filter(instanceOf)).to.deep.equal([
      'halab-x.n1.img',
      'halab-x.n2.img',
    ]);
  });

  it('snapshots', () => {
    expect(libvirt.parseSnapshots(recorded('virsh-snapshot-list.txt'))).to.deep.equal([
      { name: 'clean', at: '2026-11-24T23:57:30.000Z' },
    ]);
    expect(libvirt.parseSnapshots(recorded('virsh-snapshot-list-none.txt'))).to.deep.equal([]);
  });

  it('networks in use', () => {
    expect(libvirt.isInUse(recorded('virsh-net-dumpxml.txt'))).to.equal(true);
    expect(libvirt.isInUse("<network ipv6='yes'>\n  <name>x</name>\n")).to.equal(false);
  });

  it('cables', () => {
    expect(libvirt.parseCable(recorded('virsh-domif-getlink-down.txt'))).to.equal('down');
    expect(libvirt.parseCable(recorded('virsh-domif-getlink-up.txt'))).to.equal('up');
    expect(libvirt.parseCable('error: no')).to.equal(undefined);
  });
});

describe('what VBoxManage prints, by its manual', () => {
  it('machines', () => {
    const text = '"halab-x.n1" {0a0b}\n"with blank" {1c}\n"<inaccessible>" {2d}\n';
    expect(virtualbox.parseMachines(text)[0]).to.deep.equal({ name: 'halab-x.n1', id: '0a0b' });
  });

  it('a machine: its state, and the card with a MAC address', () => {
    const info = virtualbox.parseInfo(
      'VMState="aborted-saved"\r\nmacaddress1="080027FFFFFF"\nmacaddress3="080027A1B2C3"\n"SATA-0-0"="/x"\nmemory=512\n',
    );
    expect(virtualbox.stateOf(info)).to.equal('off');
    expect(virtualbox.cardOf(info, '080027a1b2c3')).to.equal(3);
    expect(virtualbox.cardOf(info, '080027000000')).to.equal(undefined);
    expect([info.get('SATA-0-0'), info.get('memory')]).to.deep.equal(['/x', '512']);
  });

  it('snapshots, nested ones too, with when they were taken', () => {
    const text =
      'SnapshotName="a"\nSnapshotUUID="1"\nSnapshotDescription="2026-11-24T23:57:30.000Z"\nSnapshotName-1="b"\nSnapshotUUID-1="2"\nSnapshotDescription-1="2026-11-25T00:00:00.000Z"\nCurrentSnapshotName="b"\nCurrentSnapshotNode="SnapshotName-1"\n';
    expect(virtualbox.parseSnapshots(text)).to.deep.equal([
      { name: 'a', at: '2026-11-24T23:57:30.000Z' },
      { name: 'b', at: '2026-11-25T00:00:00.000Z' },
    ]);
  });

  it('disk images, children before what they stand on', () => {
    const block = (id: string, parent: string) =>
      `UUID:           ${id}\nParent UUID:    ${parent}\nState:          created\nLocation:       /vms/halab-x.n1/${id}.vdi\n`;
    const text = [block('root', 'base'), block('child', 'root'), block('grandchild', 'child')].join('\n');
    expect(virtualbox.parseMedia(text).map(({ id }) => id)).to.deep.equal(['grandchild', 'child', 'root']);
  });
});

describe('labels', () => {
  it('tell whose a name is, and are the beginning of no other lab’s', () => {
    expect([isOf('x', 'halab-x'), isOf('x', 'halab-x.n1'), isOf('x', 'halab-x2.n1')]).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(instanceOf('halab-two-node.n1.img')).to.equal('two-node');
    expect(instanceOf('halab-VAGRANTSLASH-debian-12_vagrant_box_image_0.img')).to.equal(undefined);
    expect(labelIn('C:\\Users\\me\\VirtualBox VMs\\halab-x\\halab-x.n1\\disk.vdi')).to.equal('halab-x.n1');
  });

  it('give a volume to the node with the longest name that fits', () => {
    const machines = ['halab-x.a', 'halab-x.a-b'];
    expect(machineOfVolume('halab-x.a-b.img', machines)).to.equal('halab-x.a-b');
    expect(machineOfVolume('halab-x.a-vdb.qcow2', machines)).to.equal('halab-x.a');
    expect(machineOfVolume('halab-x.ab.img', machines)).to.equal(undefined);
  });
});

describe('ways in', () => {
  it('vagrant ssh-config', () => {
    expect(parseSshConfig(recorded('ssh-config.txt').split('\n\n')[0] ?? '')).to.deep.equal({
      host: '10.77.0.96',
      port: 22,
      keyFiles: ['/tmp/w1/home/.vagrant.d/insecure_private_key'],
    });
    const windows =
      'Host n1\r\n  HostName 127.0.0.1\r\n  Port 2222\r\n  IdentityFile "C:/Users/A B/key"\r\n  IdentityFile C:/other\r\n';
    expect(parseSshConfig(windows)).to.deep.equal({
      host: '127.0.0.1',
      port: 2222,
      keyFiles: ['C:/Users/A B/key', 'C:/other'],
    });
    expect(parseSshConfig('')).to.equal(undefined);
  });

  it('ip -o link, of iproute2 old and new', () => {
    const text = [
      '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
      '3: eth1: <BROADCAST,MULTICAST> mtu 1500 qdisc pfifo_fast state DOWN mode DEFAULT qlen 1000\\    link/ether 52:54:00:aa:bb:cc brd ff:ff:ff:ff:ff:ff',
      '4: vlan7@eth1: <BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000\\    link/ether 52:54:00:00:00:07 brd ff:ff:ff:ff:ff:ff permaddr 52:54:00:aa:bb:cc',
    ].join('\n');
    expect(parseLinks(text)).to.deep.equal([
      { device: 'eth1', mac: '52:54:00:aa:bb:cc', flags: ['BROADCAST', 'MULTICAST'] },
      { device: 'vlan7', mac: '52:54:00:00:00:07', flags: ['BROADCAST', 'MULTICAST', 'UP'] },
    ]);
  });
});

describe('snapshots of a lab', () => {
  it('are those that every node has, oldest first', () => {
    const one = [
      { name: 'b', at: '2026-01-02' },
      { name: 'a', at: '2026-01-01' },
      { name: 'half', at: '2026-01-03' },
    ];
    const two = [
      { name: 'a', at: '2026-01-01' },
      { name: 'b', at: '2026-01-04' },
    ];
    expect(commonTo([one, two])).to.deep.equal([
      { name: 'a', at: '2026-01-01' },
      { name: 'b', at: '2026-01-04' },
    ]);
    expect(commonTo([])).to.deep.equal([]);
  });
});
