import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { primitivesIn } from '../../../src/cluster/cib/resources.js';
import { primitiveWith } from '../../../src/cluster/create-cluster.js';
import { momentOf, parseJournal } from '../../../src/cluster/history.js';

const told = (message: string) => {
  const { atMs: _, line: __, ...rest } = momentOf(message, 5) ?? expect.fail(message);
  return rest;
};

/** By who wrote it: the line, and what it tells. */
const LINES: readonly (readonly [string, string, object])[] = [
  ['corosync 2.4', '[TOTEM ] A processor failed, forming new configuration.', { kind: 'token-lost' }],
  [
    'corosync 3.1',
    '  [TOTEM ] A processor failed, forming new configuration: token timed out (3650ms), waiting 4380ms for consensus.',
    { kind: 'token-lost' },
  ],
  ['corosync 3.1', '[KNET  ] host: host: 1 has no active links', { kind: 'link-lost' }],
  ['corosync 3.1', '[CFG   ] Node 1 was shut down by sysadmin', { kind: 'shut-down' }],
  [
    'corosync 2.4',
    '[TOTEM ] A new membership (10.230.240.166:507) was formed. Members left: 4 3',
    { kind: 'membership', left: true },
  ],
  ['corosync 3.1', '[TOTEM ] A new membership (1.1f) was formed. Members left: 1', { kind: 'membership', left: true }],
  [
    'corosync 3.1',
    '[TOTEM ] A new membership (1.116f8) was formed. Members joined: 2',
    { kind: 'membership', left: false },
  ],
  ['corosync 3.1', '[TOTEM ] A new membership (1.116f8) was formed. Members', { kind: 'membership', left: false }],
  [
    'pacemaker 1.1',
    ' notice: Operation reboot of ha-host1 by ha-host2 for crmd.1934@ha-host3.5c3b2f1a: OK',
    { kind: 'fenced', target: 'ha-host1' },
  ],
  [
    'pacemaker 2.0',
    " notice: Operation 'reboot' targeting ha-host1 on ha-host2 for pacemaker-controld.1934@ha-host3.5c3b2f1a: OK",
    { kind: 'fenced', target: 'ha-host1' },
  ],
  [
    'pacemaker 2.1',
    " notice: Operation 'off' targeting ha-host1 by ha-host2 for pacemaker-controld.1934@ha-host3: OK (complete)",
    { kind: 'fenced', target: 'ha-host1' },
  ],
  [
    'pacemaker 2.1',
    ' notice: Peer ha-host1 was terminated (reboot) by ha-host2 on behalf of pacemaker-controld.1934@ha-host3: OK',
    { kind: 'fenced', target: 'ha-host1' },
  ],
  [
    'pacemaker 1.1',
    ' notice: Result of start operation for vip on ha-host2: 0 (ok)',
    { kind: 'started', resource: 'vip', node: 'ha-host2' },
  ],
  [
    'pacemaker 1.1.12',
    ' notice: process_lrm_event: Operation vip_start_0: ok (node=ha-host2, call=31, rc=0, cib-update=12, confirmed=true)',
    { kind: 'started', resource: 'vip', node: 'ha-host2' },
  ],
  [
    'pacemaker 2.1',
    ' notice: Result of start operation for db:1 on ha-host2: ok',
    { kind: 'started', resource: 'db', node: 'ha-host2' },
  ],
  [
    'pacemaker 3.0',
    'notice: Result of start operation for vip on ha-host2: OK',
    { kind: 'started', resource: 'vip', node: 'ha-host2' },
  ],
  [
    'pacemaker 2.1',
    " notice: Transition 12 action 6 (vip_monitor_30000 on ha-host1): expected 'ok' but got 'not running'",
    { kind: 'monitor-failed', resource: 'vip', node: 'ha-host1' },
  ],
  [
    'pacemaker 2.1',
    ' notice: Result of monitor operation for recorder on ha-host1: not running',
    { kind: 'monitor-failed', resource: 'recorder', node: 'ha-host1' },
  ],
  [
    'pacemaker 1.1',
    ' warning: Action 6 (vip_monitor_30000) on ha-host1 failed (target: 0 vs. rc: 7): Error',
    { kind: 'monitor-failed', resource: 'vip', node: 'ha-host1' },
  ],
];

describe('momentOf', () => {
  for (const [who, line, what] of LINES)
    it(`reads ${who}: ${line.trim()}`, () => expect(told(line)).to.deep.equal(what));

  it('takes nothing that failed for done, and nothing else for a moment', () => {
    for (const line of [
      ' notice: Result of start operation for vip on ha-host2: error',
      ' notice: Result of start operation for vip on ha-host2: 1 (unknown error)',
      ' notice: Result of stop operation for vip on ha-host2: ok',
      ' notice: Result of monitor operation for vip on ha-host2: ok',
      ' notice: Result of probe operation for vip on ha-host2: not running',
      " error: Operation 'reboot' targeting ha-host1 by ha-host2 for pacemaker-controld.1@ha-host3: Error occurred (error)",
      " notice: Operation 'on' targeting ha-host1 by ha-host2 for pacemaker-controld.1@ha-host3: OK (complete)",
      " notice: Operation 'reboot' targeting ha-host1 by ha-host2 for x@y: Result arrived too late",
      ' notice: Peer ha-host1 was not terminated (reboot) by ha-host2 on behalf of x@y: Error',
      " notice: Transition 3 action 5 (vip_monitor_0 on ha-host1): expected 'not running' but got 'ok'",
      '[TOTEM ] Token has not been received in 2737 ms',
      '[KNET  ] link: host: 1 link: 0 is down',
    ])
      expect(momentOf(line, 0), line).to.equal(undefined);
  });
});

describe('parseJournal', () => {
  const entry = (fields: object) => `${JSON.stringify(fields)}\n`;
  const MESSAGE = '[TOTEM ] A processor failed, forming new configuration.';

  it('takes the time of the sending before that of the journal, and bytes for text', () => {
    const lines =
      entry({ MESSAGE, __REALTIME_TIMESTAMP: '2000000', _SOURCE_REALTIME_TIMESTAMP: '1500500' }) +
      entry({ MESSAGE: [...Buffer.from(`${MESSAGE} \xe9`, 'latin1')], __REALTIME_TIMESTAMP: '3000000' });
    expect(parseJournal(lines).map(({ atMs }) => atMs)).to.deep.equal([1500.5, 3000]);
  });

  it('passes over what is cut off and what tells nothing', () => {
    const cut = entry({ MESSAGE, __REALTIME_TIMESTAMP: '1' }).slice(0, -8);
    expect(
      parseJournal(
        `-- No entries --\n${entry({ MESSAGE: 'x', __REALTIME_TIMESTAMP: '1' })}${entry({ MESSAGE })}${cut}`,
      ),
    ).to.deep.equal([]);
  });
});

describe('a recorded journal', () => {
  const read = (node: string) =>
    parseJournal(readFileSync(new URL(`fixtures/interface-down-${node}.json`, import.meta.url), 'utf8'));

  it('of the node that took over tells the failover in order', () => {
    const kinds = read('ha-host2').map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['link-lost', 'token-lost', 'membership', 'started']);
    const [, token, membership, started] = read('ha-host2').map(({ atMs }) => atMs);
    expect(membership && token && membership - token).to.be.closeTo(4_383, 1);
    expect(started && membership && started - membership).to.be.closeTo(1_951, 1);
  });

  it('of the others tells the same, but for the start', () => {
    expect(read('ha-host3').map(({ kind }) => kind)).to.deep.equal(['link-lost', 'token-lost', 'membership']);
    expect(read('ha-host1').map(({ kind }) => kind)).to.include.members(['token-lost', 'membership']);
  });
});

describe('primitivesIn', () => {
  it('finds the primitives at any depth of what crm_resource prints, with text before or without', () => {
    const group =
      '<group id="g"><primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2"/>' +
      '<primitive id="job" class="systemd" type="e2e@a:b"/></group>';
    for (const printed of [group, `Resource Group: g\nResource XML:\n${group}\n`, `<?xml version="1.0"?>${group}`])
      expect(primitivesIn(printed).map(({ id, agent }) => `${id} ${agent}`)).to.deep.equal([
        'vip ocf:heartbeat:IPaddr2',
        'job systemd:e2e@a:b',
      ]);
    expect(primitivesIn('no such resource')).to.deep.equal([]);
  });
});

describe('primitiveWith', () => {
  const resources = `<resources><group id="web"><primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2">
    <instance_attributes id="a"><nvpair id="b" name="ip" value="192.168.56.24"/></instance_attributes></primitive></group>
    <primitive id="other"><operations><op id="x" name="monitor"/></operations></primitive></resources>`;

  it('finds the resource that has an address, in a group too', () => {
    expect(primitiveWith('192.168.56.24', resources)).to.equal('vip');
    expect(primitiveWith('192.168.56.2', resources)).to.equal(undefined);
    expect(primitiveWith('192.168.56.24', '<resources><prim')).to.equal(undefined);
  });
});
