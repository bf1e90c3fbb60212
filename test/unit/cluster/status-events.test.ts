import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import type { ClusterState, FencingEvent } from '../../../src/model/cluster-state.js';

/** Reads it, and fails where a line is not understood. */
function read(text: string): ClusterState {
  const state = parseStatusText(text);
  expect(state.unparsed).to.deep.equal([]);
  return state;
}

describe('fencing of every release', () => {
  const forms: readonly (readonly [source: string, lines: string, expected: Omit<FencingEvent, 'text'>])[] = [
    [
      '2.0.2, tools/crm_mon.c, print_stonith_action, in two lines',
      "* reboot of a failed: delegate=, client=stonith_admin.40341, origin=b,\n    last-failed='Tue Sep  3 14:12:23 2024' ",
      {
        action: 'reboot',
        target: 'a',
        status: 'failed',
        client: 'stonith_admin.40341',
        origin: 'b',
        at: 'Tue Sep  3 14:12:23 2024',
      },
    ],
    [
      '2.0.3, where a later attempt stands inside the quotes',
      "  * reboot of a failed : delegate=b, client=c.1, origin=d, completed='2019-11-03 14:16:49 +01:00' (a later attempt succeeded)",
      {
        action: 'reboot',
        target: 'a',
        status: 'failed',
        delegate: 'b',
        client: 'c.1',
        origin: 'd',
        at: '2019-11-03 14:16:49 +01:00',
      },
    ],
    [
      '2.0, what succeeded',
      "  * turning off of a successful: delegate=b, client=c.1, origin=d, last-successful='Tue Sep  3 14:12:23 2024'",
      {
        action: 'off',
        target: 'a',
        status: 'success',
        delegate: 'b',
        client: 'c.1',
        origin: 'd',
        at: 'Tue Sep  3 14:12:23 2024',
      },
    ],
    [
      '2.0, what is pending',
      '  * reboot of a pending: client=pacemaker-controld.1, origin=b',
      { action: 'reboot', target: 'a', status: 'pending', client: 'pacemaker-controld.1', origin: 'b' },
    ],
    [
      '2.1.5, lib/fencing/st_output.c, stonith__history_description',
      '  * reboot of a by b for pacemaker-controld.1@c last failed (No such device (sbd)) at 2026-03-25 22:33:59.765237 +03:00 (a later attempt from d succeeded)',
      {
        action: 'reboot',
        target: 'a',
        status: 'failed',
        delegate: 'b',
        client: 'pacemaker-controld.1',
        origin: 'c',
        reason: 'No such device (sbd)',
        at: '2026-03-25 22:33:59.765237 +03:00',
      },
    ],
    [
      '2.1.5, with details',
      "  * unfencing of a failed (No such device): client=c.1, origin=d, last-failed='2026-03-25 22:33:59Z'",
      {
        action: 'on',
        target: 'a',
        status: 'failed',
        client: 'c.1',
        origin: 'd',
        reason: 'No such device',
        at: '2026-03-25 22:33:59Z',
      },
    ],
    [
      '2.1.5, all of it',
      '  * turned off of a by b with sbd-device for c.1@d successful at 2026-03-25 22:33:59Z',
      {
        action: 'off',
        target: 'a',
        status: 'success',
        delegate: 'b',
        client: 'c.1',
        origin: 'd',
        at: '2026-03-25 22:33:59Z',
      },
    ],
  ];
  for (const [source, lines, expected] of forms) {
    it(`reads ${source}`, () => {
      const { fencingHistory, failedFencing } = read(`Fencing History:\n${lines}\n`);
      expect(failedFencing).to.deep.equal([]);
      expect(fencingHistory).to.have.length(1);
      const { text, ...members } = fencingHistory[0] ?? { text: '' };
      expect(members).to.deep.equal(expected);
      expect(text).to.not.match(/\n|^[\s*]/);
    });
  }

  it('keeps apart what failed, and all of it together', () => {
    const state = read(
      'Failed Fencing Actions:\n  * reboot of a for c.1@d last failed at 2026-03-25 22:33:59Z\n\nPending Fencing Actions:\n  * reboot of b for c.1@d pending\n\nFencing History:\n  * reboot of e by f for c.1@d last successful at 2026-03-25 22:33:59Z\n',
    );
    expect(state.failedFencing.map(({ target }) => target)).to.deep.equal(['a']);
    expect(state.fencingHistory.map(({ target, status }) => [target, status])).to.deep.equal([
      ['a', 'failed'],
      ['b', 'pending'],
      ['e', 'success'],
    ]);
    expect(state.printed).to.deep.equal(['failed-fencing', 'fencing-history']);
  });
});

describe('the smaller parts of every release', () => {
  it('reads tickets of crm_mon 1.1.8 and 2.1, and of crm_ticket --details, which pcs prints', () => {
    const { tickets } = read(
      "Tickets:\n a\tgranted           last-granted='Tue Sep  3 14:12:23 2024'\n b\trevoked [standby]\n  * c\tgranted last-granted=\"Tue Sep  3 14:12:23 2024\"\n  d\tgranted           (standby=true, last-granted='Tue Sep  3 14:12:23 2024', owner=1)\n  e\trevoked           (standby=false, granted=false)\n  * f\tgranted \t(last-granted=Tue Sep  3 14:12:23 2024, standby=false)\n",
    );
    const at = { lastGranted: 'Tue Sep  3 14:12:23 2024' };
    expect(tickets).to.deep.equal([
      { id: 'a', granted: true, standby: false, ...at },
      { id: 'b', granted: false, standby: true },
      { id: 'c', granted: true, standby: false, ...at },
      { id: 'd', granted: true, standby: true, ...at },
      { id: 'e', granted: false, standby: false },
      { id: 'f', granted: true, standby: false, ...at },
    ]);
  });

  it('reads bans (lib/pengine/pe_output.c, ban_text; Fencing constraints up to 1.1.12)', () => {
    const lines =
      ' x\tprevents r from running on a\n  * y\tprevents r from running as Master on a (1)\n  * z\tprevents r from running in Promoted role on g@a\n';
    for (const title of ['Negative Location Constraints:', 'Fencing constraints:']) {
      expect(read(`${title}\n${lines}`).bans).to.deep.equal([
        { id: 'x', resource: 'r', node: 'a', promotedOnly: false },
        { id: 'y', resource: 'r', node: 'a', promotedOnly: true },
        { id: 'z', resource: 'r', node: 'g', promotedOnly: true },
      ]);
    }
  });

  it('reads attributes of 1.1.8 and 2.1, without the note on a ping', () => {
    const { attributes } = read(
      'Node Attributes:\n* Node a:\n    + master-drbd:1                   \t: 10000     \n    + pingd                           \t: 0         \t: Connectivity is lost\n  * Node: b (2):\n    * pingd                           \t: 100       \t: Connectivity is degraded (Expected=200)\n    * note : a : b\n    * empty                           \t:           \n  * Node: g@a:\n    * site : A\n',
    );
    expect(attributes.map(({ node, name, value }) => [node, name, value])).to.deep.equal([
      ['a', 'master-drbd:1', '10000'],
      ['a', 'pingd', '0'],
      ['b', 'pingd', '100'],
      ['b', 'note', 'a : b'],
      ['b', 'empty', ''],
      ['g', 'site', 'A'],
    ]);
  });

  it('reads fail counts, and passes over the operations (print_node_summary in 1.1, node_history_list in 2.1)', () => {
    const { failCounts, printed } = read(
      "Operations:\n* Node a: \n   r: migration-threshold=3 fail-count=1000000 last-failure='Tue Sep  3 14:12:23 2024'\n    + (11) start: last-rc-change='Tue Sep  3 14:12:23 2024' exec-time=20ms queue-time=0ms rc=0 (ok)\n    + (-1) monitor: interval=10000ms rc=7 (not running)\n   Orphan resource: o\nMigration Summary:\n  * Node: b (2):\n    * s: migration-threshold=1000000 fail-count=2:\n    * t: migration-threshold=1000000\n    * u: fail-count=INFINITY\n    * v: orphan\n    * w:\n",
    );
    expect(failCounts).to.deep.equal([
      {
        node: 'a',
        resource: 'r',
        migrationThreshold: 3,
        failCount: 1_000_000,
        lastFailure: 'Tue Sep  3 14:12:23 2024',
      },
      { node: 'b', resource: 's', migrationThreshold: 1_000_000, failCount: 2 },
      { node: 'b', resource: 't', migrationThreshold: 1_000_000 },
      { node: 'b', resource: 'u', failCount: 1_000_000 },
    ]);
    expect(printed).to.deep.equal(['operations', 'migration']);
  });

  it('reads what pcs says of its daemons, indented or not (pcs/status.py, pcs/lib/commands/status.py)', () => {
    const state = read(
      'PCSD Status:\n  a member (a): Online\nb (2): Unable to authenticate\n  c: Offline\n\nDaemon Status:\n  corosync: active/enabled\npcsd: inactive/disabled\n',
    );
    expect(state.pcsd).to.deep.equal({ a: 'Online', b: 'Unable to authenticate', c: 'Offline' });
    expect(state.daemons).to.deep.equal([
      { name: 'corosync', active: 'active', enabled: 'enabled' },
      { name: 'pcsd', active: 'inactive', enabled: 'disabled' },
    ]);
    expect(read('Daemon Status:\n').printed).to.deep.equal(['daemons']);
  });

  it('passes over parts that it knows and keeps nothing of', () => {
    const state = read('Fencing Levels:\n Target: a\n   Level 1 - x,y\n\nQuorum Status:\n Expected votes: 2\n');
    expect(state.printed).to.deep.equal([]);
  });
});
