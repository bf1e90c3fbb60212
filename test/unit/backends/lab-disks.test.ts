import { expect } from 'chai';
import { initiatorFiles, targetConfig } from '../../../src/backends/embedded/disks.js';
import { renderLab } from '../../../src/backends/vagrant/render.js';
import { loadLab } from '../../../src/config/files.js';
import { readLabFile } from '../../../src/config/lab.js';
import { fillWords, wordsWrong } from '../../../src/fields/words.js';
import { sharedDisksOf } from '../../../src/model/iscsi.js';
import type { Lab } from '../../../src/model/lab.js';
import { TOP } from '../../support/halab.js';

const labOf = (name: string): Lab => loadLab(name, { cwd: TOP, root: TOP }).lab;
const twoTargets = labOf('two-targets');
const ownDisks = labOf('own-disks');

function nodeIn(lab: Lab, name: string) {
  const node = lab.nodes.find((each) => each.name === name);
  if (node === undefined) throw new Error(name);
  return node;
}

describe('disks of one name on several storage nodes', () => {
  it('are told apart by the node, and have targets of their own on the network of the storage', () => {
    expect(sharedDisksOf(twoTargets).map(({ id, target, portal }) => [id, target, portal.address])).to.deep.equal([
      ['san1.data', 'iqn.2026-01.lab.halab:two-targets.disk.san1.data', '192.168.57.11'],
      ['san2.data', 'iqn.2026-01.lab.halab:two-targets.disk.san2.data', '192.168.57.12'],
    ]);
    expect(fillWords('{target san2.data}', twoTargets)).to.equal('iqn.2026-01.lab.halab:two-targets.disk.san2.data');
    expect(wordsWrong('{disk data}', twoTargets)).to.include({
      message: 'several nodes of lab two-targets serve a disk data',
      hint: 'write {disk san1.data} or {disk san2.data}',
    });
    expect(wordsWrong('{disk other}', twoTargets)?.hint).to.equal('known: san1.data, san2.data');
  });

  it('are served each by its own node, to the addresses on that network', () => {
    const text = targetConfig(twoTargets, nodeIn(twoTargets, 'san2'), 'SECRET');
    expect(text).to.include('two-targets.disk.san2.data').and.include('initiator-address 192.168.57.31');
    expect(text).to.not.match(/san1|192\.168\.56/);
  });

  it('of one alone keep the name that they had', () => {
    const [disk] = sharedDisksOf(labOf('linuxha'));
    expect(disk).to.include({ id: 'shared', target: 'iqn.2026-01.lab.halab:linuxha.shared' });
    expect(fillWords('{disk shared}', labOf('linuxha'))).to.equal(disk?.device);
  });
});

describe('a disk of an HA node’s own', () => {
  it('has the same name on each node, and is exported to nobody', () => {
    expect(fillWords('{disk data} {disk}', ownDisks)).to.equal(
      '/dev/disk/by-id/virtio-data /dev/disk/by-id/virtio-data',
    );
    expect(wordsWrong('{target data}', ownDisks)?.message).to.equal("disk data is a node's own, and not exported");
    expect(sharedDisksOf(ownDisks)).to.deep.equal([]);
  });

  it('is a file of the node, shown as the initiator shows a logical unit', () => {
    const files = initiatorFiles(ownDisks, nodeIn(ownDisks, 'ha-host2'), '/exports', 'SECRET');
    expect(files.find(({ path }) => path === 'etc/lab-disks/data')?.content).to.equal(
      'FILE=/var/lib/lab-disks/data.img\nDEVICE=/dev/disk/by-id/virtio-data\n',
    );
  });

  it('is a disk of the machine on libvirt, which nobody serves, and is refused on VirtualBox', () => {
    const text = renderLab({ instance: 'x', lab: ownDisks, provider: 'libvirt' })[0]?.content ?? '';
    expect(text).to.include('{ name: "data", mib: 256, serial: "data" },').and.not.include('"disks"');
    expect(() => renderLab({ instance: 'x', lab: ownDisks, provider: 'virtualbox' })).to.throw(
      /ha-host1 has disks of its own, which a machine of VirtualBox cannot distinguish/,
    );
  });
});

describe('a lab whose software is still to be installed', () => {
  it('is refused in virtual machines, whose provisioning installs it', () => {
    expect(() => renderLab({ instance: 'x', lab: labOf('bare-hosts'), provider: 'libvirt' })).to.throw(
      /the hosts of the lab bare-hosts come without the cluster's software/,
    );
  });
});

describe('the disks of a lab file', () => {
  const read = (nodes: string, carries = '[cluster, service]') =>
    readLabFile(
      'x.yaml',
      `name: x\ntitle: X\ncluster: { name: c }\nnetworks: { lan: { cidr: 192.168.56.0/24, carries: ${carries} }, san: { cidr: 192.168.57.0/24, carries: [storage] } }\nnodes:\n${nodes}`,
    );
  const HOST = '  n1: { links: { eth1: 192.168.56.21, eth2: 192.168.57.21 } }\n';

  const wrong: Readonly<Record<string, RegExp>> = {
    '  box: { role: client, disks: { a: 1GiB }, links: { eth1: 192.168.56.9 } }':
      /box has role client and takes no disks/,
    '  n2: { disks: { abcdefghijklmnopqrstuvw: 1GiB }, links: { eth1: 192.168.56.22, eth2: 192.168.57.22 } }':
      /is too long for a disk of a node's own; at most 20 characters/,
    '  n2: { links: { eth1: 192.168.56.22 } }': /n2 has no link on a network that carries the storage; link it to san/,
    '  s1: { role: storage, disks: { a: 1GiB }, links: { eth1: 192.168.56.9 } }':
      /s1 has no link on a network that carries the storage/,
    '  s1: { role: storage, disks: { a: 1GiB }, links: { eth2: 192.168.57.9 } }\n  n2: { disks: { a: 1GiB }, links: { eth1: 192.168.56.22, eth2: 192.168.57.22 } }':
      /a is also the name of a disk that is served/,
  };
  for (const [nodes, message] of Object.entries(wrong)) {
    it(`have one clear problem: ${message.source}`, () => {
      expect(() => read(`${HOST}${nodes}\n`))
        .to.throw(message)
        .with.property('message')
        .that.matches(/^1 problem in/);
    });
  }
});
