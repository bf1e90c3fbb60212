import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import { LabError } from '../../../src/model/errors.js';
import { fixture } from '../cluster/fixture.js';
import { describeExpectation, judge, named, type Scene, verdictOf } from './fake-context.js';
import { says, silent, state } from './states.js';

const gone = new LabError('node-unreachable', 'no answer in 5 s');

function ipOutput(last: number, ...more: readonly string[]): string {
  const line = (address: string, index: number): string =>
    `3: eth1    inet ${address}/24 brd 192.168.56.255 scope global ${index > 0 ? 'secondary ' : ''}eth1\\       valid_lft forever preferred_lft forever\n`;
  return `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever\n${[`192.168.56.${last}`, ...more].map(line).join('')}`;
}

/** Nodes that hold the address; `lost` ones cannot be asked. */
function holders(names: readonly string[], lost: readonly string[] = []): Scene {
  return {
    exec: (node) =>
      lost.includes(node) ? gone : { stdout: ipOutput(31, ...(names.includes(node) ? ['192.168.56.24'] : [])) },
  };
}

describe('check address', () => {
  const once: KnownExpectation = { kind: 'address', address: '192.168.56.24', onExactly: 1 };

  it('does not count an address on an interface that is down, but names the node', async () => {
    const up = ipOutput(31);
    const scene = { exec: () => ({ stdout: `${up}--\n${ipOutput(31, '192.168.56.24')}` }) };
    expect(await judge({ ...once, onExactly: 0 }, scene)).to.deep.equal({
      verdict: 'passed',
      seen: '192.168.56.24 is on no node; still bound to an interface that is down on ha-host1, ha-host2, ha-host3',
    });
  });

  it('counts on every HA node', async () => {
    expect(await judge(once, holders(['ha-host2']))).to.deep.equal({
      verdict: 'passed',
      seen: '192.168.56.24 is on ha-host2',
    });
    expect(await verdictOf(once, holders([]))).to.equal('failed');
    expect(await judge(once, holders(['ha-host1', 'ha-host2']))).to.deep.equal({
      verdict: 'failed',
      seen: '192.168.56.24 is on ha-host1, ha-host2',
    });
    expect(await verdictOf({ ...once, onExactly: 0 }, holders([]))).to.equal('passed');
  });

  it('does not take a longer address for it', async () => {
    const scene = { exec: () => ({ stdout: ipOutput(31, '192.168.56.240') }) };
    expect(await verdictOf({ ...once, onExactly: 0 }, scene)).to.equal('passed');
  });

  it('wants its place', async () => {
    expect(
      await verdictOf({ ...once, on: named('ha-host2'), notOn: named('ha-host1') }, holders(['ha-host2'])),
    ).to.equal('passed');
    expect(await verdictOf({ ...once, on: named('ha-host1') }, holders(['ha-host2']))).to.equal('failed');
    expect(await verdictOf({ ...once, notOn: named('ha-host2') }, holders(['ha-host2']))).to.equal('failed');
  });

  it('is unknown where a node cannot be asked, and names it', async () => {
    const { verdict, seen } = await judge(once, holders(['ha-host2'], ['ha-host3']));
    expect(verdict).to.equal('unknown');
    expect(seen).to.contain('ha-host3 cannot be asked (no answer in 5 s)');
  });

  it('knows that a node without power has none', async () => {
    const off = { ...holders([], ['ha-host1']), off: ['ha-host1'] };
    expect(await judge({ ...once, onExactly: 0 }, off)).to.deep.equal({
      verdict: 'passed',
      seen: '192.168.56.24 is on no node; switched off: ha-host1',
    });
    expect(await verdictOf(once, off)).to.equal('failed');
    expect(await verdictOf({ ...once, onExactly: 0, on: named('ha-host1') }, off)).to.equal('failed');
    expect(await verdictOf({ ...once, onExactly: 0 }, { ...off, off: ['ha-host2'] })).to.equal('unknown');
  });

  it('says in one line why a node cannot be asked', async () => {
    const long = new LabError('node-unreachable', 'ha-host1 is not running\nits console last said:\nPower down');
    const { seen } = await judge(once, { exec: (node) => (node === 'ha-host1' ? long : { stdout: ipOutput(31) }) });
    expect(seen).to.equal('192.168.56.24 is on no node; ha-host1 cannot be asked (ha-host1 is not running)');
  });

  it('fails all the same where enough is known', async () => {
    expect(await verdictOf(once, holders(['ha-host1', 'ha-host2'], ['ha-host3']))).to.equal('failed');
    expect(await verdictOf({ ...once, notOn: named('ha-host1') }, holders(['ha-host1'], ['ha-host3']))).to.equal(
      'failed',
    );
  });
});

describe('check ssh', () => {
  const lands: KnownExpectation = {
    kind: 'ssh',
    address: '192.168.56.24',
    from: named('iscsi-disks'),
    landsOn: { kind: 'holder', resource: 'vip', was: false },
  };

  it('passes on the right host, asked with the key alone', async () => {
    let asked: readonly string[] = [];
    const exec: Scene['exec'] = (node, argv) => {
      asked = [node, ...argv];
      return { stdout: 'ha-host2\n' };
    };
    expect(await verdictOf(lands, { exec })).to.equal('passed');
    expect(asked[0]).to.equal('iscsi-disks');
    expect(asked.join(' '))
      .to.contain('BatchMode=yes')
      .and.match(/root@192\.168\.56\.24 hostname$/);
  });

  it('fails on another host, and where nobody answers there', async () => {
    expect((await judge(lands, { exec: () => ({ stdout: 'ha-host1\n' }) })).verdict).to.equal('failed');
    const refused = { exitCode: 255, stderr: 'ssh: connect to host 192.168.56.24 port 22: No route to host\n' };
    const { verdict, seen } = await judge(lands, { exec: () => refused });
    expect(verdict).to.equal('failed');
    expect(seen).to.contain('No route to host');
  });

  it('is unknown where the client cannot be asked', async () => {
    expect(await verdictOf(lands, { exec: () => gone })).to.equal('unknown');
    expect(await verdictOf(lands, { exec: () => ({ exitCode: 127, stderr: 'ssh: not found' }) })).to.equal('unknown');
  });
});

describe('check property', () => {
  const off: KnownExpectation = { kind: 'property', property: 'stonith-enabled', is: 'false' };
  const unset: KnownExpectation = { kind: 'property', property: 'stonith-enabled', is: null };
  const readings = [says('ha-host2', state())];
  const notSet = { exitCode: 105, stderr: 'Error performing operation: No such device or address\n' };

  it('compares the value', async () => {
    expect(await verdictOf(off, { readings, exec: () => ({ stdout: 'false\n' }) })).to.equal('passed');
    expect(await judge(off, { readings, exec: () => ({ stdout: 'true\n' }) })).to.deep.equal({
      verdict: 'failed',
      seen: 'stonith-enabled is "true" (according to ha-host2)',
    });
  });

  it('knows that it is not set', async () => {
    expect(await verdictOf(unset, { readings, exec: () => notSet })).to.equal('passed');
    expect(await verdictOf(off, { readings, exec: () => notSet })).to.equal('failed');
    expect(await verdictOf(unset, { readings, exec: () => ({ stdout: 'true\n' }) })).to.equal('failed');
  });

  it('is unknown where pacemaker cannot be asked', async () => {
    const down = {
      exitCode: 102,
      stderr: 'crm_attribute: Could not connect to the CIB: Transport endpoint is not connected',
    };
    expect(await verdictOf(off, { readings, exec: () => down })).to.equal('unknown');
    expect(await verdictOf(off, { readings, exec: () => gone })).to.equal('unknown');
    expect(await verdictOf(off, { readings: [silent('ha-host1')] })).to.equal('unknown');
  });
});

describe('check attribute', () => {
  const is = (value: string | null): KnownExpectation => ({
    ...{ kind: 'attribute', attribute: 'pingd', on: named('ha-host1'), is: value },
  });
  const readings = [says('ha-host2', state())];
  const notSet = { exitCode: 105, stderr: 'crm_attribute: Error performing operation: No such device or address\n' };
  const holding = (lifetime: string) => (_node: string, argv: readonly string[]) =>
    argv.includes(lifetime) ? { stdout: '1000\n' } : notSet;

  it('compares the value, transient or permanent', async () => {
    for (const lifetime of ['reboot', 'forever']) {
      expect(await verdictOf(is('1000'), { readings, exec: holding(lifetime) }), lifetime).to.equal('passed');
      expect(await judge(is('0'), { readings, exec: holding(lifetime) }), lifetime).to.deep.equal({
        verdict: 'failed',
        seen: 'pingd of ha-host1 is "1000" (according to ha-host2)',
      });
    }
  });

  it('knows that it is not set', async () => {
    expect(await verdictOf(is(null), { readings, exec: () => notSet })).to.equal('passed');
    expect((await judge(is('1000'), { readings, exec: () => notSet })).seen).to.contain('pingd of ha-host1 is not set');
  });

  it('is unknown where pacemaker cannot be asked', async () => {
    const down = { exitCode: 102, stderr: 'crm_attribute: Could not connect to the CIB\n' };
    expect(await verdictOf(is(null), { readings, exec: () => down })).to.equal('unknown');
    expect(await verdictOf(is(null), { readings, exec: () => gone })).to.equal('unknown');
    expect(await verdictOf(is(null), { readings: [silent('ha-host1')] })).to.equal('unknown');
  });

  it('is described as it is written', () => {
    expect(describeExpectation(is('1000'))).to.equal('the attribute pingd of ha-host1 is "1000"');
    expect(describeExpectation(is(null))).to.equal('the attribute pingd of ha-host1 is not set');
  });
});

describe('check agent', () => {
  const agent: KnownExpectation = {
    kind: 'agent',
    agent: 'ocf:heartbeat:IPaddr2',
    requires: ['ip'],
    knows: ['nic', 'cidr_netmask'],
    operations: { monitor: { interval: '10s', timeout: '20s' } },
  };
  const metadata = { exec: () => ({ stdout: fixture('ipaddr2-metadata.xml') }) };

  it('reads the metadata', async () => {
    expect(await verdictOf(agent, metadata)).to.equal('passed');
    expect((await judge({ ...agent, requires: ['nic'] }, metadata)).seen).to.contain('nic is not required');
    expect((await judge({ ...agent, knows: ['ipp'] }, metadata)).seen).to.contain('ipp is not known');
    const other = { monitor: { interval: '30s' } };
    const { verdict, seen } = await judge({ ...agent, operations: other }, metadata);
    expect(verdict).to.equal('failed');
    expect(seen).to.contain('monitor has depth=0 timeout=20s interval=10s');
    expect((await judge({ ...agent, operations: { promote: {} } }, metadata)).seen).to.contain('no operation promote');
  });

  it('goes on to the next node where one is silent', async () => {
    const scene: Scene = { exec: (node) => (node === 'ha-host1' ? gone : metadata.exec()) };
    expect((await judge(agent, scene)).seen).to.contain('on ha-host2');
  });

  it('fails where there is no such agent, and is unknown where nobody can be asked', async () => {
    const none = {
      exitCode: 105,
      stderr: 'crm_resource: Metadata query for ocf:heartbeat:Nope failed: No such device or address',
    };
    expect(await verdictOf(agent, { exec: () => none })).to.equal('failed');
    expect(await verdictOf(agent, { exec: () => gone })).to.equal('unknown');
    expect(await verdictOf(agent, { exec: () => ({ stdout: '<resource-agent>' }) })).to.equal('unknown');
  });
});
