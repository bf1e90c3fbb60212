import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import type { Resource } from '../../../src/model/cluster-state.js';
import { describeExpectation, fromNode, judge, MAJORITY, named, verdictOf } from './fake-context.js';
import { afterCut, clone, cutOff, group, node, primitive, says, silent, state } from './states.js';

const everyone = { readings: [says('ha-host1', cutOff), says('ha-host2', afterCut), says('ha-host3', afterCut)] };
const nobody = { readings: [silent('ha-host1'), silent('ha-host2')] };
const noQuorum = { readings: [says('ha-host1', cutOff)] };

describe('check node', () => {
  const offline: KnownExpectation = { kind: 'node', node: named('ha-host1'), is: 'offline', seenFrom: MAJORITY };

  it('passes on the word of the partition with quorum alone', async () => {
    expect(await judge(offline, everyone)).to.deep.equal({
      verdict: 'passed',
      seen: 'ha-host1 offline (according to ha-host2, ha-host3)',
    });
  });

  it('fails with what is so instead', async () => {
    const { verdict, seen } = await judge(offline, { readings: [says('ha-host2', state())] });
    expect(verdict).to.equal('failed');
    expect(seen).to.equal('ha-host1 online (according to ha-host2)');
  });

  it('fails while the majority disagrees, and says who said what', async () => {
    const { verdict, seen } = await judge(offline, {
      readings: [says('ha-host2', afterCut), says('ha-host3', state())],
    });
    expect(verdict).to.equal('failed');
    expect(seen)
      .to.contain('ha-host1 offline (according to ha-host2)')
      .and.contain('ha-host1 online (according to ha-host3)');
  });

  it('fails where nodes answer and none has quorum', async () => {
    const { verdict, seen } = await judge(offline, noQuorum);
    expect(verdict).to.equal('failed');
    expect(seen).to.contain('no partition with quorum');
  });

  it('is unknown where nobody answers', async () => {
    expect(await judge(offline, nobody)).to.deep.equal({
      verdict: 'unknown',
      seen: 'no reading of the cluster: ha-host1: ha-host1 is unreachable; ha-host2: ha-host2 is unreachable',
    });
    expect(
      await verdictOf({ ...offline, seenFrom: fromNode('ha-host1') }, { readings: [silent('ha-host1')] }),
    ).to.equal('unknown');
  });

  it('is described as the scenario wrote it', () => {
    const role: KnownExpectation = {
      kind: 'node',
      node: { kind: 'other', than: { kind: 'holder', resource: 'vip', was: true } },
      is: 'online',
      seenFrom: { kind: 'target', target: { kind: 'dc', was: false } },
    };
    expect(describeExpectation(role)).to.equal('{any other than was holder of vip} is online, as {dc} sees it');
  });
});

describe('check nodes', () => {
  const online: KnownExpectation = { kind: 'nodes', are: 'online', seenFrom: MAJORITY };

  it('means every HA node of the lab', async () => {
    expect(await verdictOf(online, { readings: [says('ha-host1', state())] })).to.equal('passed');
    expect(await verdictOf(online, everyone)).to.equal('failed');
    const two = state({ nodes: [node('ha-host1'), node('ha-host2')] });
    expect((await judge(online, { readings: [says('ha-host1', two)] })).seen).to.match(/^no node ha-host3 is known: /);
    expect(await verdictOf(online, nobody)).to.equal('unknown');
  });
});

describe('check resource', () => {
  const started: KnownExpectation = {
    kind: 'resource',
    resource: 'vip',
    is: 'started',
    notOn: named('ha-host1'),
    seenFrom: MAJORITY,
  };

  it('passes with its place', async () => {
    expect((await judge(started, everyone)).seen).to.equal('vip Started on ha-host2 (according to ha-host2, ha-host3)');
    expect(await verdictOf({ ...started, on: named('ha-host2') }, everyone)).to.equal('passed');
  });

  it('fails on the wrong node, when stopped, and when there is none', async () => {
    expect(await verdictOf({ ...started, on: named('ha-host3') }, everyone)).to.equal('failed');
    const there = state({ resources: [primitive('vip', 'ha-host1')] });
    expect((await judge(started, { readings: [says('ha-host2', there)] })).seen).to.contain('vip Started on ha-host1');
    const stopped = state({ resources: [primitive('vip', undefined)] });
    expect(await verdictOf(started, { readings: [says('ha-host2', stopped)] })).to.equal('failed');
    const none = state({ resources: [] });
    expect((await judge(started, { readings: [says('ha-host2', none)] })).seen).to.contain('known are none');
  });

  it('takes a node that is no longer known for one that holds nothing, and answers who is meant', async () => {
    expect(await verdictOf({ ...started, notOn: named('ha-host9') }, everyone)).to.equal('passed');
    const { verdict, seen } = await judge({ ...started, on: named('ha-hots2') }, everyone);
    expect(verdict).to.equal('failed');
    expect(seen).to.contain('no node ha-hots2 is known').and.contain('did you mean ha-host2?');
  });

  it('wants all of a group, and one instance of a clone', async () => {
    const both = [primitive('fs', 'ha-host2'), primitive('web', 'ha-host2')];
    const readings = (...resources: readonly Resource[]) => ({ readings: [says('ha-host2', state({ resources }))] });
    const on = { ...started, resource: 'all', on: named('ha-host2') };
    expect(await verdictOf(on, readings(group('all', both)))).to.equal('passed');
    expect(await judge(on, readings(group('all', [...both, primitive('log', undefined)])))).to.deep.equal({
      verdict: 'failed',
      seen: 'fs Started on ha-host2; web Started on ha-host2; log Stopped (according to ha-host2)',
    });
    const clones = [primitive('ping', 'ha-host2'), primitive('ping', undefined)];
    expect(await verdictOf(on, readings(clone('all', clones)))).to.equal('passed');
  });

  it('judges stopped in the reading of its seat', async () => {
    const stopped: KnownExpectation = {
      kind: 'resource',
      resource: 'vip',
      is: 'stopped',
      seenFrom: fromNode('ha-host1'),
    };
    expect(await verdictOf(stopped, noQuorum)).to.equal('passed');
    expect(await verdictOf(stopped, { readings: [says('ha-host1', state())] })).to.equal('failed');
    expect(await verdictOf(stopped, { readings: [silent('ha-host1')] })).to.equal('unknown');
  });

  it('knows which operation is pending, and where', async () => {
    const readings = (...resources: readonly Resource[]) => ({ readings: [says('ha-host2', state({ resources }))] });
    const pending = (more: object = {}): KnownExpectation => ({ kind: 'pending', resource: 'vip', ...more });
    const migrating = readings(primitive('vip', 'ha-host2', { role: 'Migrating', pending: 'Migrating' }));
    expect(await judge(pending({ operation: 'migrate', on: named('ha-host2') }), migrating)).to.deep.equal({
      verdict: 'passed',
      seen: 'vip Migrating on ha-host2 (according to ha-host2)',
    });
    expect(await verdictOf(pending(), migrating)).to.equal('passed');
    expect(await verdictOf(pending({ operation: 'stop' }), migrating)).to.equal('failed');
    expect(await verdictOf(pending({ on: named('ha-host3') }), migrating)).to.equal('failed');
    const monitored = readings(primitive('vip', 'ha-host2', { pending: 'Monitoring' }));
    expect(await verdictOf(pending({ operation: 'monitor' }), monitored)).to.equal('passed');
    expect(await judge(pending({ operation: 'start' }), readings(primitive('vip', 'ha-host2')))).to.deep.equal({
      verdict: 'failed',
      seen: 'vip Started on ha-host2 (according to ha-host2)',
    });
    expect(await verdictOf(pending(), { readings: [silent('ha-host1')] })).to.equal('unknown');
    const not: KnownExpectation = { kind: 'not', not: pending() as never };
    expect(await verdictOf(not, readings()), 'of a resource that is not known').to.equal('failed');
    expect(describeExpectation(pending({ operation: 'stop', on: named('ha-host2') }))).to.equal(
      'the stop of vip on ha-host2 is pending',
    );
    expect(describeExpectation(pending())).to.equal('an operation of vip is pending');
  });

  it('knows what is starting, has failed, is blocked or unmanaged', async () => {
    const readings = (...resources: readonly Resource[]) => ({ readings: [says('ha-host2', state({ resources }))] });
    const marked = {
      starting: { role: 'Starting' },
      failed: { failed: true },
      blocked: { failed: true, blocked: true },
      unmanaged: { managed: false },
    } as const;
    for (const is of ['starting', 'failed', 'blocked', 'unmanaged'] as const) {
      const wanted: KnownExpectation = { kind: 'resource', resource: 'vip', is, seenFrom: MAJORITY };
      const there = readings(primitive('vip', 'ha-host2', marked[is]));
      expect(await verdictOf(wanted, there), is).to.equal('passed');
      expect(await verdictOf({ ...wanted, on: named('ha-host2') }, there), is).to.equal('passed');
      expect(await verdictOf({ ...wanted, on: named('ha-host3') }, there), is).to.equal('failed');
      expect((await judge(wanted, readings(primitive('vip', 'ha-host2')))).seen, is).to.equal(
        `vip Started on ha-host2 (according to ha-host2)`,
      );
      expect(await verdictOf(wanted, readings()), is).to.equal('failed');
    }
  });

  it('takes one failed instance of a clone for a failed clone, and wants all of them for an unmanaged one', async () => {
    const readings = (...instances: Parameters<typeof clone>[1]) => ({
      readings: [says('ha-host2', state({ resources: [clone('db', instances)] }))],
    });
    const is = (condition: 'failed' | 'unmanaged'): KnownExpectation => ({
      ...{ kind: 'resource', resource: 'db', is: condition, seenFrom: MAJORITY },
    });
    const bad = primitive('db', 'ha-host1', { failed: true, managed: false });
    expect(await verdictOf(is('failed'), readings(bad, primitive('db', 'ha-host2')))).to.equal('passed');
    expect(await verdictOf(is('unmanaged'), readings(bad, primitive('db', 'ha-host2')))).to.equal('failed');
    const alone = primitive('db', 'ha-host2', { maintenance: true });
    expect(await verdictOf(is('unmanaged'), readings(bad, alone))).to.equal('passed');
  });

  it('knows present and absent', async () => {
    const absent: KnownExpectation = {
      kind: 'resource',
      resource: 'web',
      is: 'absent',
      notOn: named('ha-host1'),
      seenFrom: MAJORITY,
    };
    expect(await verdictOf(absent, everyone)).to.equal('passed');
    expect(await verdictOf({ ...absent, resource: 'vip' }, everyone)).to.equal('failed');
    const present: KnownExpectation = { kind: 'resource', resource: 'web', is: 'present', seenFrom: MAJORITY };
    expect(await verdictOf(present, everyone)).to.equal('failed');
  });
});

describe('check quorum', () => {
  const quorum = (
    value: boolean,
    seenFrom: Extract<KnownExpectation, { kind: 'quorum' }>['seenFrom'] = MAJORITY,
  ): KnownExpectation => ({
    kind: 'quorum',
    quorum: value,
    seenFrom,
  });

  it('is there where one partition has it', async () => {
    expect(await verdictOf(quorum(true), everyone)).to.equal('passed');
    expect(await verdictOf(quorum(true), noQuorum)).to.equal('failed');
    expect(await verdictOf(quorum(true), nobody)).to.equal('unknown');
  });

  it('is gone where everyone says so', async () => {
    expect(await verdictOf(quorum(false), noQuorum)).to.equal('passed');
    expect(await verdictOf(quorum(false), everyone)).to.equal('failed');
    expect(await verdictOf(quorum(false), nobody)).to.equal('unknown');
    expect(await verdictOf(quorum(false), { readings: [silent('ha-host1', 'cluster-down')] })).to.equal('passed');
  });

  it('is neither while no DC is known', async () => {
    const { quorate: _, dc: __, ...electing } = state();
    for (const value of [true, false]) {
      const { verdict, seen } = await judge(quorum(value, fromNode('ha-host1')), {
        readings: [says('ha-host1', electing)],
      });
      expect(verdict).to.equal('failed');
      expect(seen).to.contain('quorum not printed');
    }
  });
});

describe('check dc', () => {
  const agreed: KnownExpectation = { kind: 'dc', dc: 'agreed', seenFrom: MAJORITY };
  const none: KnownExpectation = { kind: 'dc', dc: 'none', seenFrom: MAJORITY };
  const { dc: _, quorate: __, ...electing } = state();

  it('wants one DC in everyone’s mouth', async () => {
    expect(await judge(agreed, everyone)).to.deep.equal({
      verdict: 'passed',
      seen: 'DC ha-host3 (according to ha-host2, ha-host3)',
    });
    const other = state({ dc: { name: 'ha-host2' } });
    expect(await verdictOf(agreed, { readings: [says('ha-host2', other), says('ha-host3', state())] })).to.equal(
      'failed',
    );
    expect(await verdictOf(agreed, { readings: [says('ha-host1', electing)] })).to.equal('failed');
    expect(await verdictOf(agreed, nobody)).to.equal('unknown');
  });

  it('knows which node it is', async () => {
    const is = (name: string): KnownExpectation => ({ kind: 'dc', dc: named(name), seenFrom: MAJORITY });
    expect((await judge(is('ha-host3'), everyone)).verdict).to.equal('passed');
    expect(await judge(is('ha-host2'), { readings: [says('ha-host2', state())] })).to.deep.equal({
      verdict: 'failed',
      seen: 'DC ha-host3, partition with quorum (according to ha-host2)',
    });
    expect(await verdictOf(is('ha-host3'), noQuorum)).to.equal('failed');
    expect(await verdictOf(is('ha-host3'), nobody)).to.equal('unknown');
    expect(describeExpectation({ kind: 'dc', dc: { kind: 'dc', was: true }, seenFrom: MAJORITY })).to.equal(
      '{was dc} is the DC',
    );
  });

  it('wants no DC anywhere', async () => {
    expect(
      await verdictOf(none, { readings: [says('ha-host1', electing), silent('ha-host2', 'cluster-down')] }),
    ).to.equal('passed');
    expect(await verdictOf(none, everyone)).to.equal('failed');
    expect(await verdictOf(none, { readings: [says('ha-host1', electing), silent('ha-host2')] })).to.equal('unknown');
  });
});

describe('where the cluster runs on no node', () => {
  const hosts = ['ha-host1', 'ha-host2', 'ha-host3'];
  const down = { readings: hosts.map((host) => silent(host, 'cluster-down')) };
  const notAll = { readings: hosts.map((host) => silent(host, host === 'ha-host3' ? 'unreachable' : 'cluster-down')) };
  const FAILS: readonly KnownExpectation[] = [
    { kind: 'nodes', are: 'online', seenFrom: MAJORITY },
    { kind: 'node', node: named('ha-host2'), is: 'online', seenFrom: MAJORITY },
    { kind: 'quorum', quorum: true, seenFrom: MAJORITY },
    { kind: 'dc', dc: 'agreed', seenFrom: MAJORITY },
  ];

  it('nobody is online, there is no quorum and no DC; where one does not answer, that is unknown', async () => {
    for (const expectation of FAILS) {
      expect(await judge(expectation, down), expectation.kind).to.deep.equal({
        verdict: 'failed',
        seen: 'the cluster is not running on ha-host1, ha-host2, ha-host3',
      });
      expect(await verdictOf(expectation, notAll), expectation.kind).to.equal('unknown');
    }
  });

  it('nothing is said of what only the cluster could say', async () => {
    expect(await verdictOf({ kind: 'nodes', are: 'standby', seenFrom: MAJORITY }, down)).to.equal('unknown');
    expect(await verdictOf({ kind: 'nodes', are: 'offline', seenFrom: MAJORITY }, down)).to.equal('unknown');
  });

  it('nobody knows of a node that was not asked', async () => {
    const seen = { readings: [silent('ha-host1', 'cluster-down')] };
    const asked: KnownExpectation = {
      kind: 'node',
      node: named('ha-host2'),
      is: 'online',
      seenFrom: fromNode('ha-host1'),
    };
    expect(await verdictOf(asked, seen)).to.equal('unknown');
  });
});

describe('checks of pcs status', () => {
  const wanted = { corosync: 'active/enabled', pcsd: 'active/enabled' };
  const listed = (daemons: Readonly<Record<string, string>>) =>
    Object.entries(daemons).map(([name, says]) => {
      const [active = '', enabled = ''] = says.split('/');
      return { name, active, enabled };
    });
  const daemons: KnownExpectation = { kind: 'daemons', daemons: wanted };
  const absent: KnownExpectation = { kind: 'warning', warning: 'no stonith devices', is: 'absent' };
  const text = (change: Parameters<typeof state>[0]) => ({
    pcsStatus: { node: 'ha-host2', at: '', textState: state(change) },
  });

  it('compare the daemons', async () => {
    expect(await verdictOf(daemons, text({ daemons: listed({ ...wanted, pacemaker: 'active/disabled' }) }))).to.equal(
      'passed',
    );
    const { verdict, seen } = await judge(daemons, text({ daemons: listed({ ...wanted, pcsd: 'active/disabled' }) }));
    expect([verdict, seen]).to.deep.equal(['failed', 'ha-host2: corosync active/enabled, pcsd active/disabled']);
    expect(await verdictOf(daemons, text({}))).to.equal('failed');
    expect(await verdictOf(daemons, {})).to.equal('unknown');
  });

  it('look for a warning in either case', async () => {
    const warned = text({ warnings: ['No stonith devices and stonith-enabled is not false'] });
    expect(await verdictOf({ ...absent, is: 'present' }, warned)).to.equal('passed');
    expect(await verdictOf(absent, warned)).to.equal('failed');
    expect(await verdictOf(absent, text({}))).to.equal('passed');
    expect(await verdictOf({ ...absent, is: 'present' }, text({}))).to.equal('failed');
    expect(await verdictOf(absent, {})).to.equal('unknown');
  });
});

describe('check together', () => {
  const both: KnownExpectation = { kind: 'together', together: ['vip', 'web'], seenFrom: MAJORITY };
  const readings = (...resources: readonly Resource[]) => ({ readings: [says('ha-host2', state({ resources }))] });

  it('wants all where the first is', async () => {
    const seen = readings(primitive('vip', 'ha-host2'), primitive('web', 'ha-host2'));
    expect((await judge(both, seen)).verdict).to.equal('passed');
    const apart = readings(primitive('vip', 'ha-host2'), primitive('web', 'ha-host1'));
    expect(await judge(both, apart)).to.deep.equal({
      verdict: 'failed',
      seen: 'vip Started on ha-host2; web Started on ha-host1 (according to ha-host2)',
    });
    const cloned = readings(
      primitive('vip', 'ha-host2'),
      clone('web', [primitive('web', 'ha-host1'), primitive('web', 'ha-host2')]),
    );
    expect(await verdictOf(both, cloned)).to.equal('passed');
  });

  it('fails where one does not run, or is not known', async () => {
    const stopped = readings(primitive('vip', undefined), primitive('web', 'ha-host2'));
    expect((await judge(both, stopped)).seen).to.equal('vip Stopped; web Started on ha-host2 (according to ha-host2)');
    expect((await judge(both, everyone)).seen).to.contain('there is no resource web: known are vip');
    expect(await verdictOf(both, nobody)).to.equal('unknown');
    expect(describeExpectation(both)).to.equal('vip runs together with web');
  });
});
