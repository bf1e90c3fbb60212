import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { findLabFile, loadLab } from '../../../src/config/files.js';
import { readLabFile } from '../../../src/config/lab.js';
import { clusterLinkOf, clusterLinksOf, haNodesOf, pcsNodesOf, resourceNodesOf } from '../../../src/model/lab.js';
import { GOOD_LAB } from '../../support/bad-files.js';

const root = resolve(import.meta.dirname, '../../..');
const dirs = { cwd: root, root };

describe('the labs that come along', () => {
  it('linuxha is the seed lab', () => {
    const { lab, warnings } = loadLab('linuxha', dirs);
    expect(warnings).to.deep.equal([]);
    expect(lab.cluster).to.deep.equal({ name: 'linuxha' });
    expect(lab.networks).to.deep.equal([{ name: 'lan', cidr: '192.168.56.0/24', carries: ['cluster', 'service'] }]);
    expect(lab.nodes.map((node) => [node.name, node.role, node.cpus, node.memoryMiB, node.management])).to.deep.equal([
      ['iscsi-disks', 'storage', 1, 1024, '10.77.0.11'],
      ['ha-host1', 'ha', 1, 1024, '10.77.0.12'],
      ['ha-host2', 'ha', 1, 1024, '10.77.0.13'],
      ['ha-host3', 'ha', 1, 1024, '10.77.0.14'],
    ]);
    const links = lab.nodes.flatMap((node) => node.links);
    expect(links.map(({ address }) => address)).to.deep.equal([20, 31, 32, 33].map((last) => `192.168.56.${last}`));
    expect(links[0]).to.deep.equal({ name: 'eth1', network: 'lan', address: '192.168.56.20', prefix: 24 });
    expect(lab.addresses).to.deep.equal([{ name: 'vip', address: '192.168.56.24', prefix: 24, network: 'lan' }]);
    expect(lab.users).to.deep.equal([
      { name: 'root', password: 'vagrant' },
      { name: 'vagrant', password: 'vagrant' },
    ]);
  });

  for (const [name, count] of [
    ['linuxha', 3],
    ['two-node', 2],
    ['five-node', 5],
    ['separate-networks', 3],
    ['redundant-links', 3],
  ] as const) {
    it(`${name} has ${count} ha nodes, storage, a vip and Chinese`, () => {
      const { lab, warnings } = loadLab(name, dirs);
      expect(warnings).to.deep.equal([]);
      expect(lab.name).to.equal(name);
      expect(haNodesOf(lab)).to.have.length(count);
      expect(lab.nodes.filter(({ role }) => role === 'storage')).to.have.length(1);
      expect(lab.addresses.map((address) => address.name)).to.deep.equal(['vip']);
      expect(lab.title.zh).to.match(/\p{Script=Han}/u);
    });
  }

  it('separate-networks keeps heartbeat and service apart', () => {
    const { lab } = loadLab('separate-networks', dirs);
    for (const node of haNodesOf(lab)) {
      expect(clusterLinkOf(lab, node)).to.include({ name: 'eth1', network: 'heartbeat' });
      expect(node.links[1]).to.include({ name: 'eth2', network: 'service' });
    }
    expect(lab.addresses[0]).to.include({ address: '192.168.57.24', network: 'service' });
  });

  it('redundant-links has two links for the heartbeat on each node', () => {
    const { lab } = loadLab('redundant-links', dirs);
    for (const node of haNodesOf(lab))
      expect(clusterLinksOf(lab, node).map(({ name, network }) => `${name} ${network}`)).to.deep.equal([
        'eth1 first',
        'eth2 second',
      ]);
    const [network] = lab.addresses.map((address) => address.network);
    expect(network).to.equal('first');
  });
});

describe('a lab file', () => {
  it('quorum-device has a node that gives the vote, and is no member', () => {
    const { lab, warnings } = loadLab('quorum-device', dirs);
    expect(warnings).to.deep.equal([]);
    expect(lab.cluster).to.deep.equal({
      name: 'withdevice',
      quorumDevice: { node: 'arbiter', algorithm: 'ffsplit' },
    });
    expect(haNodesOf(lab).map(({ name }) => name)).to.deep.equal(['ha-host1', 'ha-host2']);
    expect(pcsNodesOf(lab).map(({ name }) => name)).to.deep.equal(['arbiter', 'ha-host1', 'ha-host2']);
  });

  it('remote-nodes has nodes that run resources and are no members', () => {
    const { lab, warnings } = loadLab('remote-nodes', dirs);
    expect(warnings).to.deep.equal([]);
    expect(haNodesOf(lab)).to.have.length(2);
    const both = ['ha-host1', 'ha-host2', 'remote1', 'remote2'];
    expect(resourceNodesOf(lab).map(({ name }) => name)).to.deep.equal(both);
    expect(pcsNodesOf(lab).map(({ name }) => name)).to.deep.equal(both);
    const apart = GOOD_LAB.replace('nodes:', '  far: { cidr: 192.168.57.0/24, carries: [service] }\nnodes:').replace(
      'nodes:\n',
      'nodes:\n  worker: { role: remote, links: { eth1: 192.168.57.40 } }\n',
    );
    expect(() => readLabFile('small.yaml', apart)).to.throw(/host1 has no link on network far, where worker listens/);
  });

  it('has defaults, and is frozen through and through', () => {
    const { lab } = readLabFile('x.yaml', GOOD_LAB);
    expect(lab).to.include({ image: 'debian-12' });
    expect(lab.nodes[0]).to.include({ cpus: 1, memoryMiB: 1024 });
    expect(lab.users.map(({ name }) => name)).to.deep.equal(['root', 'vagrant']);
    expect(() => Object.assign(lab.nodes[0]?.links[0] ?? {}, { address: 'x' })).to.throw(TypeError);
  });

  it('may give its own management network and hacluster password', () => {
    const text = GOOD_LAB.replace(
      '{ name: small }',
      '{ name: small, hacluster-password: "12 34" }\nmanagement: 10.9.0.0/28',
    );
    const { lab } = readLabFile('x.yaml', text);
    expect(lab.cluster.haclusterPassword).to.equal('12 34');
    expect(lab.management).to.deep.equal({ cidr: '10.9.0.0/28', prefix: 28 });
    expect(lab.nodes.map(({ management }) => management)).to.deep.equal(['10.9.0.11', '10.9.0.12', '10.9.0.13']);
    expect(() => readLabFile('x.yaml', text.replace('/28', '/29'))).to.throw(/no room for 3 nodes/);
  });

  it('may say what concerns virtual machines only, and has defaults for it', () => {
    const { lab } = readLabFile('x.yaml', GOOD_LAB);
    expect(lab.machines).to.deep.equal({ firewall: 'on', fencing: 'none' });
    expect(lab.nodes[0]?.disks).to.deep.equal([]);
    const text = GOOD_LAB.replace('role: storage,', 'role: storage, disks: { b: 1GiB, a: 64MiB },');
    const full = readLabFile('x.yaml', `${text}machines: { box: my/box, firewall: off, fencing: host }\n`).lab;
    expect(full.machines).to.deep.equal({ box: 'my/box', firewall: 'off', fencing: 'host' });
    expect(full.nodes[0]?.disks).to.deep.equal([
      { name: 'b', sizeMiB: 1024 },
      { name: 'a', sizeMiB: 64 },
    ]);
  });

  it('may name the network of a link', () => {
    const text = GOOD_LAB.replace('eth1: 192.168.56.32', 'eth1: { network: lan, address: 192.168.56.32 }');
    expect(readLabFile('x.yaml', text).lab).to.deep.equal(readLabFile('x.yaml', GOOD_LAB).lab);
  });

  it('warns of ranges that VirtualBox refuses, and of a root without password', () => {
    const text = `${GOOD_LAB.replaceAll('192.168.56', '10.1.2')}users: { me: pass }\n`;
    const { warnings } = readLabFile('x.yaml', text);
    expect(warnings.map(({ line, column }) => `${line}:${column}`)).to.deep.equal(['5:16', '11:8']);
    expect(warnings[0]?.message).to.match(/VirtualBox .* refuses .* 10\.1\.2\.0\/24/);
    expect(warnings.map(({ only }) => only)).to.deep.equal(['virtualbox', undefined]);
    expect(readLabFile('x.yaml', GOOD_LAB.replaceAll('192.168.56', '192.168.63')).warnings).to.deep.equal([]);
    expect(readLabFile('x.yaml', GOOD_LAB.replaceAll('192.168.56', '192.168.64')).warnings).to.have.length(1);
  });

  it('warns of addresses that the hypervisor host takes', () => {
    const text = GOOD_LAB.replace('192.168.56.31', '192.168.56.1').replace('192.168.56.24', '192.168.56.2');
    const { warnings } = readLabFile('x.yaml', text);
    expect(warnings.map(({ line, message }) => `${line} ${message}`)).to.deep.equal([
      "8 192.168.56.1 is this machine's own address where nodes are virtual machines",
    ]);
    const vip = readLabFile('x.yaml', GOOD_LAB.replace('192.168.56.24', '192.168.56.1')).warnings;
    expect(vip.map(({ line }) => line)).to.deep.equal([10]);
  });

  it('takes 32 ha nodes and no more', () => {
    const many = (count: number) =>
      GOOD_LAB.replace(
        / {2}host2.*\n/,
        Array.from({ length: count - 1 }, (_, i) => `  more${i}: { links: { eth1: 192.168.56.${100 + i} } }\n`).join(
          '',
        ),
      );
    expect(haNodesOf(readLabFile('x.yaml', many(32)).lab)).to.have.length(32);
    expect(() => readLabFile('x.yaml', many(33))).to.throw(/33 ha nodes are more than corosync supports/);
  });

  it('wants every ha node on the cluster network, and one on that of the vip', () => {
    const text = GOOD_LAB.replace('nodes:', '  back: { cidr: 192.168.57.0/24, carries: [service] }\nnodes:');
    expect(() => readLabFile('x.yaml', text.replace('192.168.56.32', '192.168.57.32'))).to.throw(
      /host2 has no link on a network that carries the cluster/,
    );
    expect(() => readLabFile('x.yaml', text.replace('192.168.56.24', '192.168.57.24'))).to.throw(/vip can run nowhere/);
  });

  it('wants a quorum device and its node together, on a network of every ha node', () => {
    const cluster = 'cluster: { name: small, quorum-device: { algorithm: lms } }';
    const withDevice = GOOD_LAB.replace('cluster: { name: small }', cluster);
    const node = (yaml: string, links: string) =>
      yaml.replace('nodes:\n', `nodes:\n  arbiter: { role: qdevice, links: ${links} }\n`);
    const of = (yaml: string) => () => readLabFile('small.yaml', yaml);
    expect(of(node(withDevice, '{ eth1: 192.168.56.30 }'))).not.to.throw();
    expect(of(withDevice)).to.throw(/3:\d+: no node has role qdevice, so nobody gives this vote/);
    expect(of(node(GOOD_LAB, '{ eth1: 192.168.56.30 }'))).to.throw(/arbiter has role qdevice, and the cluster has no/);
    expect(of(node(withDevice, '{}'))).to.throw(/arbiter has no link, so no node can reach it/);
    const twice = node(withDevice, '{ eth1: 192.168.56.30 }').replaceAll('role: storage', 'role: qdevice');
    expect(of(twice)).to.throw(/disks is a second node with role qdevice/);
    const apart = node(withDevice, '{ eth1: 192.168.57.30 }').replace(
      'nodes:',
      '  far: { cidr: 192.168.57.0/24, carries: [service] }\nnodes:',
    );
    expect(of(apart)).to.throw(/host1 has no link on network far, where arbiter listens/);
  });

  it('does not mistake what was misspelt for what is missing', () => {
    const text = GOOD_LAB.replace('cidr: 192.168.56.0/24', 'cidr: 192.168.56.0');
    expect(() => readLabFile('x.yaml', text)).to.throw(/^1 problem in/);
  });
});

describe('finding a lab', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-labs-'));
    mkdirSync(join(folder, 'labs'));
    writeFileSync(join(folder, 'labs', 'linuxha.yaml'), GOOD_LAB);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('takes a path, or a name: the one at hand before the one that came along', () => {
    expect(findLabFile('labs/two-node.yaml', dirs)).to.equal(join(root, 'labs', 'two-node.yaml'));
    expect(findLabFile('linuxha', { cwd: folder, root })).to.equal(join(folder, 'labs', 'linuxha.yaml'));
    expect(findLabFile('five-node', { cwd: folder, root })).to.equal(join(root, 'labs', 'five-node.yaml'));
  });

  it('names the nearest and the known ones', () => {
    const thrown = expect(() => findLabFile('linuxah', dirs)).to.throw(
      /no lab named 'linuxah', did you mean 'linuxha'\?/,
    );
    thrown.with.property('code', 'lab-not-found');
    thrown.with.property('hint').that.includes('`halab list`');
    const labs = readdirSync(join(root, 'labs')).flatMap((file) => /^(.*)\.yaml$/.exec(file)?.[1] ?? []);
    expect(() => findLabFile('nothing-like-one', dirs))
      .to.throw()
      .with.property('hint')
      .that.includes(labs.sort().join(', '));
    expect(() => findLabFile('./gone.yaml', dirs)).to.throw(/no lab file \.\/gone\.yaml/);
    expect(() => findLabFile('labs/', dirs))
      .to.throw()
      .with.property('code', 'lab-not-found');
  });
});
