import { expect } from 'chai';
import { macsFrom, observationFrom, partsOf } from '../../../src/cluster/observe.js';
import {
  interfaceAddresses,
  parseAddresses,
  parseDevice,
  parseDisks,
  parseListeners,
  parseMounts,
  parsePlanned,
  parseQuorum,
  parseUnits,
} from '../../../src/cluster/observe-output.js';
import { fixture } from './fixture.js';

const answer = fixture('observe/debian-12-ha-host2.txt');

describe('what a node says for itself', () => {
  it('is read from one answer', () => {
    const seen = observationFrom('ha-host2', answer);
    expect(seen.problems).to.deep.equal({});
    expect(seen).to.include({ node: 'ha-host2', answered: true, controller: 'S_IDLE', dc: 'ha-host2' });
    expect(seen.units?.map(({ name, active, enabled }) => `${name} ${active}/${enabled}`)).to.deep.equal([
      'corosync active/enabled',
      'pacemaker active/enabled',
      'pcsd active/enabled',
    ]);
    expect(seen.quorum).to.deep.include({ quorate: true, nodeId: '2', ringId: '1.15', flags: ['Quorate'] });
    expect(seen.quorum?.members.map(({ name }) => name)).to.deep.equal(['ha-host1', 'ha-host2', 'ha-host3']);
    expect(seen.addresses?.find(({ address }) => address === '192.168.56.24')).to.deep.equal({
      device: 'eth1',
      address: '192.168.56.24',
      prefix: 24,
      up: true,
    });
    expect(seen.processes?.some(({ args }) => args === '/usr/sbin/pacemakerd')).to.equal(true);
    expect(seen.planned).to.deep.equal([]);
    expect(seen.fencing).to.deep.equal([]);
    expect(seen.storedCib).to.equal(undefined);
    expect(seen.clockS).to.be.a('number').above(1_700_000_000);
    expect(seen.cib?.version).to.deep.equal({ adminEpoch: 0, epoch: 8, numUpdates: 16 });
  });

  it('asks no scheduler of a node that is no DC', () => {
    const seen = observationFrom('ha-host1', fixture('observe/debian-12-ha-host1.txt'));
    expect(seen.controller).to.equal('S_NOT_DC');
    expect(seen.planned).to.equal(undefined);
    expect(seen.problems).to.deep.equal({});
  });

  it('says what could not be read, and reads the rest', () => {
    const broken = answer
      .replace(
        /@halab begin cib\n[\s\S]*?@halab end 0/,
        '@halab begin cib\n@err cibadmin: no connection\n\n@halab end 102',
      )
      .replace('Controller on ha-host2 in state S_IDLE: ok', 'crmadmin: timed out');
    const seen = observationFrom('ha-host2', broken);
    expect(seen.problems).to.deep.equal({ cib: 'cibadmin: no connection', controller: 'crmadmin: timed out' });
    expect(seen.cib).to.equal(undefined);
    expect(seen.quorum?.quorate).to.equal(true);
  });

  it('says why crm_mon has nothing to show', () => {
    const xml =
      '<pacemaker-result api-version="2.25"><status code="102" message="Not connected"><errors><error>crm_mon: the CIB is gone</error></errors></status></pacemaker-result>';
    const gone = `@halab begin status\n${xml}\n\n@halab end 102\n`;
    const { problems } = observationFrom(
      'ha-host2',
      answer.replace(/@halab begin status\n[\s\S]*?@halab end 0\n/, gone),
    );
    expect(problems.status).to.include('the CIB is gone');
  });

  it('says that an answer was cut off, wherever that was, and invents nothing', () => {
    const whole = observationFrom('ha-host2', answer);
    for (let at = 0; at < answer.length; at += 97) {
      const seen = observationFrom('ha-host2', answer.slice(0, at));
      if (!answer.slice(0, at).includes('@halab begin cores'))
        expect(seen.problems.answer, String(at)).to.match(/^cut off/);
      for (const key of ['cib', 'quorum', 'status', 'units'] as const)
        if (seen[key] !== undefined) expect(seen[key]).to.deep.equal(whole[key]);
    }
  });

  it('keeps what a part wrote to stderr apart', () => {
    const parts = partsOf('@halab begin a\nout\n@err err\n\n@halab end 3\nnoise\n@halab begin b\nopen');
    expect([...parts]).to.deep.equal([['a', { stdout: 'out', stderr: 'err', exitCode: 3 }]]);
  });
});

describe("the scheduler's plans", () => {
  it('are the actions of its next transition, pseudo ones aside', () => {
    const text = `Current cluster status:
  * Full List of Resources:
    * vip (ocf:heartbeat:IPaddr2): Stopped

Transition Summary:
  * Start      vip      ( ha-host2 )

Executing Cluster Transition:
  * Pseudo action:   group_start_0
  * Resource action: vip             start on ha-host2
  * Resource action: vip             monitor=30000 on ha-host2

Revised Cluster Status:
  * Full List of Resources:
    * vip (ocf:heartbeat:IPaddr2): Started ha-host2
`;
    expect(parsePlanned(text)).to.deep.equal([
      'Resource action: vip start on ha-host2',
      'Resource action: vip monitor=30000 on ha-host2',
    ]);
    // 1.1 writes its titles with small letters, and bullets without indentation.
    expect(
      parsePlanned('Executing cluster transition:\n * Fencing a (reboot)\n\nRevised cluster status:\n * b'),
    ).to.deep.equal(['Fencing a (reboot)']);
    expect(parsePlanned('Current cluster status:\n * a')).to.deep.equal([]);
  });
});

describe("corosync's view", () => {
  it('is read from corosync 2 and with a quorum device', () => {
    const text = `Quorum information
------------------
Date:             Wed Jan 10 10:00:00 2018
Quorum provider:  corosync_votequorum
Nodes:            2
Node ID:          1
Ring ID:          1/12
Quorate:          No

Votequorum information
----------------------
Expected votes:   3
Highest expected: 3
Total votes:      1
Quorum:           2 Activity blocked
Flags:            2Node WaitForAll Qdevice

Membership information
----------------------
    Nodeid      Votes    Qdevice Name
         1          1    A,V,NMW node1 (local)
         0          1            Qdevice
`;
    expect(parseQuorum(text)).to.deep.equal({
      quorate: false,
      nodeId: '1',
      ringId: '1/12',
      expectedVotes: 3,
      totalVotes: 1,
      flags: ['2Node', 'WaitForAll', 'Qdevice'],
      members: [{ id: '1', name: 'node1' }],
      device: { alive: true, votes: true },
    });
    expect(parseQuorum('Cannot initialize QUORUM service')).to.equal(undefined);
  });

  it('reads who is connected to a quorum device, and what each was answered', () => {
    const node = (id: number, vote: string) =>
      `    Node ID ${id}:\n        Client address:\t\t::ffff:192.168.56.3${id}:41764\n        HB interval:\t\t8000ms\n        Configured node list:\t1, 2\n        Ring ID:\t\t${id}.9\n        Membership node list:\t${id}\n        Heuristics:\t\tUndefined (membership: Undefined, regular: Undefined)\n        TLS active:\t\tYes (client certificate verified)\n        Vote:\t\t\tNo change (${vote})\n`;
    const head =
      'Cluster "withdevice":\n    Algorithm:\t\tFifty-Fifty split (KAP Tie-breaker)\n    Tie-breaker:\tNode with lowest node ID\n';
    expect(parseDevice(`unit active\n${head}${node(1, 'ACK')}${node(2, 'NACK')}`)).to.deep.equal({
      active: true,
      clients: [
        { nodeId: '1', ringId: '1.9', vote: 'ACK' },
        { nodeId: '2', ringId: '2.9', vote: 'NACK' },
      ],
    });
    expect(parseDevice('unit failed\n')).to.deep.equal({ active: false, clients: [] });
    expect(parseDevice('')).to.deep.equal({ clients: [] });
  });
});

describe('what the system of a node tells', () => {
  it('is on which ports its processes accept connections', () => {
    const shown = [
      'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess',
      'LISTEN 0      511          0.0.0.0:80        0.0.0.0:*    users:(("nginx",pid=812,fd=6),("nginx",pid=811,fd=6))',
      'LISTEN 0      128             [::]:22           [::]:*    users:(("sshd",pid=90,fd=4))',
      'LISTEN 0      64                 *:2049            *:*',
    ].join('\n');
    expect(parseListeners(shown)).to.deep.equal([
      { port: 80, pids: [812, 811] },
      { port: 22, pids: [90] },
      { port: 2049, pids: [] },
    ]);
  });

  it('knows an interface without a carrier from one that is up', () => {
    const links = [
      '2: eth0@if8: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500',
      '3: eth1@if9: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500',
      '4: eth2: <BROADCAST,MULTICAST> mtu 1500',
    ].join('\n');
    const addresses = [
      '2: eth0    inet 10.0.0.1/8 brd 10.255.255.255 scope global eth0\\  valid_lft forever',
      '3: eth1    inet 192.168.56.24/24 scope global secondary eth1\\  valid_lft forever',
      '4: eth2    inet6 fd00::1/64 scope global \\  valid_lft forever',
    ].join('\n');
    expect(parseAddresses(addresses, links).map(({ address, up }) => `${address} ${up}`)).to.deep.equal([
      '10.0.0.1 true',
      '192.168.56.24 false',
      'fd00::1 false',
    ]);
  });

  it('reads every address of an interface, and that of a point-to-point link without its peer', () => {
    const lines = [
      '1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever',
      '3: eth1    inet 192.168.56.31/24 brd 192.168.56.255 scope global eth1\\       valid_lft forever',
      '3: eth1    inet 192.168.56.24/24 scope global secondary eth1\\       valid_lft forever',
      '5: tun0    inet 10.8.0.6 peer 10.8.0.5/32 scope global tun0\\       valid_lft forever',
    ];
    expect(
      interfaceAddresses(lines.join('\n')).map(({ device, address, prefix }) => `${device} ${address}/${prefix}`),
    ).to.deep.equal(['lo 127.0.0.1/8', 'eth1 192.168.56.31/24', 'eth1 192.168.56.24/24', 'tun0 10.8.0.6/32']);
  });

  it('reads mounts with blanks in their names, and leaves the kernel’s own out', () => {
    expect(parseMounts('/dev/sda1 /srv/my\\x20data ext4\nproc /proc proc\ntmpfs /dev/shm tmpfs\n')).to.deep.equal([
      { source: '/dev/sda1', target: '/srv/my data', fsType: 'ext4' },
    ]);
  });

  it('leaves out units that are not installed, and takes a systemd without restart counts', () => {
    const text =
      'MainPID=1\nId=corosync.service\nLoadState=loaded\nActiveState=active\nUnitFileState=disabled\n\nId=pcsd.service\nLoadState=not-found\nActiveState=inactive';
    expect(parseUnits(text)).to.deep.equal([
      { name: 'corosync', active: 'active', enabled: 'disabled', mainPid: 1, restarts: 0 },
    ]);
  });

  it('reads free space', () => {
    const text =
      'Filesystem 1024-blocks Used Available Capacity Mounted on\nov 1000000 990000 10000 99% /\nov 1000000 0 1000000 0% /';
    expect(parseDisks(text, ['/a', '/b'])).to.deep.equal([
      { path: '/a', freeMiB: 9, freePercent: 1 },
      { path: '/b', freeMiB: 976, freePercent: 100 },
    ]);
  });

  it('hears every MAC that answers for an address, and knows silence from a tool that did not run', () => {
    const two =
      'ARPING 192.168.56.24 from 192.168.56.20 eth1\nUnicast reply from 192.168.56.24 [02:00:C0:A8:38:20]  0.5ms\nUnicast reply from 192.168.56.24 [02:00:C0:A8:38:1F]  0.6ms\nSent 1 probes (1 broadcast(s))\nReceived 2 response(s)';
    expect(macsFrom(two)).to.deep.equal({ macs: ['02:00:c0:a8:38:1f', '02:00:c0:a8:38:20'] });
    expect(
      macsFrom('ARPING 1.2.3.4 from 1.2.3.5 eth1\nSent 2 probes (2 broadcast(s))\nReceived 0 response(s)'),
    ).to.deep.equal({
      macs: [],
    });
    expect(macsFrom('sh: arping: not found').problem).to.equal('sh: arping: not found');
  });
});
