import { resolve } from 'node:path';
import { expect } from 'chai';
import { addressBatch } from '../../../src/backends/embedded/network.js';
import { addressesOf } from '../../../src/cluster/formation/setup.js';
import { loadLab } from '../../../src/config/files.js';
import { readLabFile } from '../../../src/config/lab.js';
import { betweenGroups, dropsByNode } from '../../../src/faults/blocked-traffic.js';
import { besideIpv4, contains6, ipv6Text, parseInterface6 } from '../../../src/model/ipv6.js';
import { GOOD_LAB } from '../../support/bad-files.js';

const root = resolve(import.meta.dirname, '../../..');
const { lab, warnings } = loadLab('ipv6', { cwd: root, root });

describe('a lab with IPv6 beside IPv4', () => {
  it('gives each link an address that ends as its IPv4 one does', () => {
    expect(warnings).to.deep.equal([]);
    expect(lab.networks[0]).to.deep.include({ cidr: '192.168.56.0/24', cidr6: 'fd00:56::/64' });
    expect(lab.nodes.map(({ links: [first] }) => first?.ipv6)).to.deep.equal(
      [20, 31, 32, 33].map((last) => ({ address: `fd00:56::${last}`, prefix: 64 })),
    );
    expect(lab.addresses[1]).to.deep.equal({ name: 'vip6', address: 'fd00:56::24', prefix: 64, network: 'lan' });
  });

  it('sets corosync up with them, the interfaces at boot, and the filters of a partition', () => {
    expect(addressesOf(lab).addresses?.get('ha-host2')).to.deep.equal(['fd00:56::32']);
    const node = lab.nodes.find(({ name }) => name === 'ha-host1');
    expect(node && addressBatch(lab, node)).to.include.members([
      'addr add fd00:56::31/64 dev eth1 nodad',
      'route add ::/0 dev eth0',
    ]);
    const drops = dropsByNode(betweenGroups([['ha-host1'], ['ha-host2']]), lab).get('ha-host1');
    expect(drops?.map(({ match }) => match)).to.deep.equal([
      'iifname "eth1" ip saddr { 192.168.56.32 }',
      'iifname "eth1" ip6 saddr { fd00:56::32 }',
      'oifname "eth1" ip daddr { 192.168.56.32 }',
      'oifname "eth1" ip6 daddr { fd00:56::32 }',
    ]);
  });

  const dual = GOOD_LAB.replace('192.168.56.0/24,', '192.168.56.0/24, ipv6: "fd00:56::/64",');
  const refused = (yaml: string) => () => readLabFile('small.yaml', yaml);

  it('is refused where an address fits no network, is taken, or has another prefix', () => {
    const withVip = (vip: string) => dual.replace('addresses: {', `addresses: { vip6: "${vip}",`);
    expect(refused(withVip('fd00:56::24/64'))).not.to.throw();
    expect(refused(withVip('fd00:57::24/64'))).to.throw(/fd00:57::24 is outside every IPv6 network of this lab/);
    expect(refused(withVip('fd00:56::31/64'))).to.throw(/fd00:56::31 is taken by host1 eth1/);
    expect(refused(withVip('fd00:56::24/48'))).to.throw(/vip6 has prefix \/48, but its network lan is fd00:56::\/64/);
    expect(refused(withVip('fd00:56::24'))).to.throw(/not an address with its prefix/);
  });

  it('is refused where a network is none, or the cluster is to use what is not there', () => {
    const network = (range: string) => dual.replace('fd00:56::/64', range);
    expect(refused(network('fd00:56::1/64'))).to.throw(
      /is an address inside a network, not a network; write fd00:56::\/64/,
    );
    expect(refused(network('fe80::/64'))).to.throw(/overlaps fe80::\/10, which hosts cannot use/);
    expect(refused(network('fd00:56::/96'))).to.throw(/not a size that a lab can use/);
    const only6 = GOOD_LAB.replace('cluster: { name: small }', 'cluster: { name: small, ip-version: ipv6 }');
    expect(refused(only6)).to.throw(/ip-version is ipv6, and network lan, which carries the cluster, has no ipv6/);
  });
});

describe('IPv6 addresses', () => {
  it('are the same however they are written', () => {
    expect(ipv6Text('FD00:0056:0:0::24')).to.equal('fd00:56::24');
    for (const text of ['192.168.56.24', 'fd00::1::2', 'fd00:56::24/64', 'fe80::1%eth1', ':', ''])
      expect(ipv6Text(text), text).to.equal(undefined);
  });

  it('are in a network, and beside IPv4 ones in it', () => {
    const range = parseInterface6('fd00:56::/64')?.network;
    if (range === undefined) throw new Error('not a network');
    expect(contains6(range, 'fd00:56::ffff')).to.equal(true);
    expect(contains6(range, 'fd00:56:0:1::1')).to.equal(false);
    expect(besideIpv4(range, '192.168.56.255', 24)).to.equal('fd00:56::255');
    expect(besideIpv4(range, '10.1.2.3', 16)).to.equal('fd00:56::2:3');
  });
});
