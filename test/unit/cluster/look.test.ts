import { expect } from 'chai';
import { lookFrom } from '../../../src/cluster/look.js';

const part = (name: string, stdout: string, exitCode = 0) =>
  `@halab begin ${name}\n${stdout}\n\n@halab end ${exitCode}\n`;

const LINKS = [
  '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN',
  '2: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP',
  '3: eth1@if7: <BROADCAST,MULTICAST> mtu 1500 qdisc noqueue state DOWN',
  '4: eth2@if9: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state LOWERLAYERDOWN',
].join('\n');

describe('what a node tells halab status beside its crm_mon', () => {
  it('is its interfaces, with how each is down', () => {
    expect(lookFrom(part('links', LINKS)).links).to.deep.equal([
      { device: 'eth0', state: 'up' },
      { device: 'eth1', state: 'down' },
      { device: 'eth2', state: 'no-carrier' },
    ]);
  });

  it('is how far it is prepared, where no cluster runs', () => {
    const software = 'manager dpkg\ncorosync installed 3.1.7-1\npacemaker installed 2.1.5-1\npcs installed 0.11.5-1';
    const { prepared } = lookFrom(
      part('conf', '', 1) +
        part('software', software) +
        part('pcsd', 'active') +
        part('password', 'hacluster L 2026-11-23 0 99999 7 -1') +
        part('hosts', '"ha-host1":{"dest_list"\n"ha-host2":{"dest_list"'),
    );
    expect(prepared).to.deep.equal({
      configured: 'no',
      missing: [],
      packageManager: 'dpkg',
      pcs: '0.11.5',
      pcsd: true,
      hasPassword: false,
      knownHosts: ['ha-host1', 'ha-host2'],
    });
  });

  it('takes the example of the package for no cluster', () => {
    const example = 'totem {\n  cluster_name: debian\n}\nnodelist {\n  node {\n    ring0_addr: 127.0.0.1\n  }\n}';
    expect(lookFrom(part('conf', example) + part('software', '')).prepared?.configured).to.equal('example');
  });

  it('leaves out what could not be read', () => {
    expect(lookFrom(part('cib', '<cib', 124) + part('clock', 'now'))).to.deep.equal({});
    expect(lookFrom(part('cib', '<cib cut off'))).to.deep.equal({});
  });
});
