import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import { LabError } from '../../../src/model/errors.js';
import { describeExpectation, judge, named, type Scene, verdictOf } from './fake-context.js';
import { says, silent, state } from './states.js';

const CIB = `<cib admin_epoch="0" epoch="9" num_updates="0"><configuration><crm_config/><nodes/><resources/>
<constraints>
<rsc_location id="cli-ban-vip-on-ha-host1" rsc="vip" role="Started" node="ha-host1" score="-INFINITY"/>
<rsc_colocation id="web-with-vip" rsc="web" with-rsc="vip" score="INFINITY"/>
<rsc_order id="vip-then-web" first="vip" then="web"/>
<rsc_location id="by-rule" rsc="db"><rule id="r" score="-INFINITY"/></rsc_location>
</constraints></configuration><status/></cib>`;

function cib(text: string): Scene {
  return { readings: [says('ha-host2', state())], exec: () => ({ stdout: text }) };
}

describe('check constraint', () => {
  const present: KnownExpectation = { kind: 'constraint', constraint: 'vip', is: 'present' };
  const absent: KnownExpectation = { ...present, is: 'absent' };

  it('finds those of a resource, of whatever kind', async () => {
    expect(await judge(present, cib(CIB))).to.deep.equal({
      verdict: 'passed',
      seen: 'cli-ban-vip-on-ha-host1: vip on ha-host1, web-with-vip: web with vip, vip-then-web: vip then web (according to ha-host2)',
    });
    expect(await verdictOf(absent, cib(CIB))).to.equal('failed');
    expect(await verdictOf({ ...present, constraint: 'other' }, cib(CIB))).to.equal('failed');
    expect(await verdictOf({ ...absent, constraint: 'other' }, cib(CIB))).to.equal('passed');
  });

  it('goes by kind, by node, and by its own id', async () => {
    expect(await verdictOf({ ...present, type: 'order' }, cib(CIB))).to.equal('passed');
    expect(await verdictOf({ ...present, constraint: 'web', type: 'location' }, cib(CIB))).to.equal('failed');
    expect(await verdictOf({ ...present, on: named('ha-host1') }, cib(CIB))).to.equal('passed');
    expect(await verdictOf({ ...present, on: named('ha-host2') }, cib(CIB))).to.equal('failed');
    expect(await verdictOf({ ...present, constraint: 'by-rule' }, cib(CIB))).to.equal('passed');
  });

  it('is unknown where the CIB cannot be read', async () => {
    const readings = [says('ha-host2', state())];
    expect(await verdictOf(absent, cib('<cib><configuration>'))).to.equal('unknown');
    expect(await verdictOf(absent, { readings, exec: () => ({ exitCode: 102, stderr: 'no' }) })).to.equal('unknown');
    const gone = new LabError('node-unreachable', 'no answer');
    expect(await verdictOf(absent, { readings, exec: () => gone })).to.equal('unknown');
    expect(await verdictOf(absent, { readings: [silent('ha-host1')] })).to.equal('unknown');
  });

  it('is described', () => {
    expect(describeExpectation({ ...absent, type: 'location', on: named('ha-host1') })).to.equal(
      'there is no location constraint of vip about ha-host1',
    );
  });
});

describe('check failcount', () => {
  const failed = (...counts: readonly (readonly [node: string, count: number])[]) =>
    state({ failCounts: counts.map(([node, failCount]) => ({ resource: 'vip', node, failCount })) });
  const seen = (...states: readonly ReturnType<typeof state>[]): Scene => ({
    readings: states.map((each, index) => says(`ha-host${index + 1}`, each)),
  });
  const once: KnownExpectation = { kind: 'failcount', resource: 'vip', is: 1 };

  it('counts on one node, or on all together', async () => {
    const both = seen(failed(['ha-host1', 1], ['ha-host2', 2]));
    expect(await verdictOf({ ...once, on: named('ha-host1') }, both)).to.equal('passed');
    expect(await verdictOf({ ...once, on: named('ha-host2') }, both)).to.equal('failed');
    expect(await verdictOf({ ...once, is: 3 }, both)).to.equal('passed');
    expect(await judge({ ...once, on: named('ha-host2') }, both)).to.deep.equal({
      verdict: 'failed',
      seen: 'ha-host1 says the fail count of vip on ha-host2 is 2',
    });
  });

  it('takes none for none, or more than enough where that is asked for', async () => {
    expect(await verdictOf({ ...once, is: 0 }, seen(state()))).to.equal('passed');
    expect(await verdictOf({ kind: 'failcount', resource: 'vip', atLeast: 2 }, seen(failed(['ha-host1', 3])))).to.equal(
      'passed',
    );
    expect(await verdictOf({ kind: 'failcount', resource: 'vip', atLeast: 2 }, seen(failed(['ha-host1', 1])))).to.equal(
      'failed',
    );
    const worn = seen(failed(['ha-host1', 1_000_000], ['ha-host2', 1_000_000]));
    expect(await verdictOf({ ...once, is: 1_000_000 }, worn)).to.equal('passed');
  });

  it('fails where nodes differ, where there is no such resource, and without quorum', async () => {
    expect(await verdictOf(once, seen(failed(['ha-host1', 1]), state()))).to.equal('failed');
    expect(await verdictOf({ ...once, resource: 'wip', is: 0 }, seen(state()))).to.equal('failed');
    expect(await verdictOf({ ...once, is: 0 }, seen(state({ quorate: false })))).to.equal('failed');
  });

  it('is unknown where nobody answers', async () => {
    expect(await verdictOf(once, { readings: [silent('ha-host1')] })).to.equal('unknown');
  });

  it('is described', () => {
    const inWords = describeExpectation({ kind: 'failcount', resource: 'vip', on: named('ha-host1'), atLeast: 1 });
    expect(inWords).to.equal('the fail count of vip on ha-host1 is 1 or more');
    expect(describeExpectation({ ...once, is: 1_000_000 })).to.equal('the fail count of vip is INFINITY');
  });
});

describe('check prints', () => {
  const enabled: KnownExpectation = {
    kind: 'prints',
    prints: '^enabled$',
    shell: 'systemctl is-enabled pcsd',
    on: { kind: 'all' },
  };
  const asking = (printed: (node: string) => string | LabError): Scene => ({
    exec: (node) => {
      const answer = printed(node);
      return answer instanceof LabError ? answer : { stdout: `${answer}\n` };
    },
  });

  it('asks every node that is meant, and tells what those print that do not fit', async () => {
    expect(
      await verdictOf(
        enabled,
        asking(() => 'enabled'),
      ),
    ).to.equal('passed');
    const one = asking((node) => (node === 'ha-host2' ? 'disabled' : 'enabled'));
    expect(await judge(enabled, one)).to.deep.equal({ verdict: 'failed', seen: 'ha-host2 prints "disabled"' });
    expect(await verdictOf({ ...enabled, on: named('ha-host1') }, one)).to.equal('passed');
  });

  it('is unknown where a node does not answer, and failed where another one does not fit as well', async () => {
    const gone = new LabError('node-unreachable', 'no answer');
    expect(
      await verdictOf(
        enabled,
        asking((node) => (node === 'ha-host1' ? gone : 'enabled')),
      ),
    ).to.equal('unknown');
    expect(
      await verdictOf(
        enabled,
        asking((node) => (node === 'ha-host1' ? gone : 'disabled')),
      ),
    ).to.equal('failed');
  });
});
