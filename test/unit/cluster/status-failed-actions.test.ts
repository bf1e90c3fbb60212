import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import type { ClusterState, FailedAction } from '../../../src/model/cluster-state.js';

/** Reads it, and fails where a line is not understood. */
function read(text: string): ClusterState {
  const state = parseStatusText(text);
  expect(state.unparsed).to.deep.equal([]);
  return state;
}

describe('failed actions of every release', () => {
  const forms: readonly (readonly [source: string, lines: string, expected: Omit<FailedAction, 'text'>])[] = [
    [
      '1.1.7, tools/crm_mon.c, print_status',
      '    p:0_monitor_10000 (node=a, call=20, rc=7, status=complete): not running',
      {
        resource: 'p:0',
        operation: 'monitor',
        intervalMs: 10_000,
        node: 'a',
        exitStatus: 'not running',
        execution: 'complete',
        call: 20,
        exitCode: 7,
      },
    ],
    [
      '1.1.8, where the date brings a line break of its own',
      '    p_start_0 (node=a, call=5, rc=5, status=complete, last-run=Fri Jan  4 10:00:00 2013\n, queued=0ms, exec=12ms\n): not installed',
      {
        resource: 'p',
        operation: 'start',
        intervalMs: 0,
        node: 'a',
        exitStatus: 'not installed',
        execution: 'complete',
        call: 5,
        exitCode: 5,
        at: 'Fri Jan  4 10:00:00 2013',
        queuedMs: 0,
        execMs: 12,
      },
    ],
    [
      '1.1.10',
      "    p_migrate_to_0 on a 'unknown error' (1): call=35, status=Timed Out, last-rc-change='Sat Mar 31 02:20:26 2018', queued=1ms, exec=20001ms",
      {
        resource: 'p',
        operation: 'migrate_to',
        intervalMs: 0,
        node: 'a',
        exitStatus: 'unknown error',
        exitCode: 1,
        execution: 'Timed Out',
        call: 35,
        at: 'Sat Mar 31 02:20:26 2018',
        queuedMs: 1,
        execMs: 20_001,
      },
    ],
    [
      '1.1.16 to 2.0.2, in two lines',
      "* p_q_stop_0 on a 'insufficient privileges' (4): call=42, status=complete, exitreason='call=7, it isn't root',\n    last-rc-change='Mon Feb 18 22:05:14 2019', queued=1ms, exec=3ms",
      {
        resource: 'p_q',
        operation: 'stop',
        intervalMs: 0,
        node: 'a',
        exitStatus: 'insufficient privileges',
        exitCode: 4,
        execution: 'complete',
        reason: "call=7, it isn't root",
        call: 42,
        at: 'Mon Feb 18 22:05:14 2019',
        queuedMs: 1,
        execMs: 3,
      },
    ],
    [
      'the same, whose second line was joined to the first',
      "* p_monitor_15000 on a 'unknown error' (1): call=35, status=Timed Out, exitreason='none', last-rc-change='Sat Mar 31 02:20:26 2018', queued=0ms, exec=0ms",
      {
        resource: 'p',
        operation: 'monitor',
        intervalMs: 15_000,
        node: 'a',
        exitStatus: 'unknown error',
        exitCode: 1,
        execution: 'Timed Out',
        call: 35,
        at: 'Sat Mar 31 02:20:26 2018',
        queuedMs: 0,
        execMs: 0,
      },
    ],
    [
      '2.0.3 to 2.1.1, lib/pengine/pe_output.c, failed_action_technical',
      "  * p_start_0 on a 'error' (1): call=8, status='complete', exitreason='', queued=0ms",
      {
        resource: 'p',
        operation: 'start',
        intervalMs: 0,
        node: 'a',
        exitStatus: 'error',
        exitCode: 1,
        execution: 'complete',
        call: 8,
        queuedMs: 0,
      },
    ],
    [
      '2.1.2, failed_action_friendly',
      "  * g 30s-interval monitor on a could not be executed (Error) because 'Lost connection to remote executor' at Wed Aug 10 01:39:38 2022",
      {
        resource: 'g',
        operation: 'monitor',
        intervalMs: 30_000,
        node: 'a',
        execution: 'Error',
        reason: 'Lost connection to remote executor',
        at: 'Wed Aug 10 01:39:38 2022',
      },
    ],
    [
      '2.1.5, failed_action_friendly',
      '  * p 1m30s-interval monitor on a could not be executed (Timed Out: looked at 3 disks (of 4)) at 2022-08-10 01:39:38 +02:00 after 1m20s',
      {
        resource: 'p',
        operation: 'monitor',
        intervalMs: 90_000,
        node: 'a',
        execution: 'Timed Out',
        reason: 'looked at 3 disks (of 4)',
        at: '2022-08-10 01:39:38 +02:00',
        execMs: 80_000,
      },
    ],
    [
      '2.1.5, a probe, with neither date nor reason',
      "  * p probe on a returned 'not installed'",
      { resource: 'p', operation: 'monitor', intervalMs: 0, node: 'a', exitStatus: 'not installed' },
    ],
    [
      '3.0',
      "  * p start on a returned 'error' (no route at host 5) at Tue May  5 19:54:55 2026 after 1.066s",
      {
        resource: 'p',
        operation: 'start',
        intervalMs: 0,
        node: 'a',
        exitStatus: 'error',
        reason: 'no route at host 5',
        at: 'Tue May  5 19:54:55 2026',
        execMs: 1_066,
      },
    ],
  ];
  for (const [source, lines, expected] of forms) {
    it(`reads that of ${source}`, () => {
      const { failedActions } = read(`Failed Resource Actions:\n${lines}\n`);
      expect(failedActions).to.have.length(1);
      const { text, ...members } = failedActions[0] ?? { text: '' };
      expect(members).to.deep.equal(expected);
      expect(text).to.not.match(/\n|^[\s*]/);
      expect(text.replaceAll(' ', '')).to.equal(lines.replace(/^[ *]+/, '').replace(/\s+/g, ''));
    });
  }

  it('reads one action after the other, each with its times', () => {
    const { failedActions } = read(
      "Failed Actions:\n* x_start_0 on b 'unknown error' (1): call=1,\n    last-rc-change='x', queued=0ms\n* y_stop_0 on c 'unknown error' (1): call=2, status=complete,\n    last-rc-change='y'\n",
    );
    expect(failedActions.map(({ resource, node, at }) => [resource, node, at])).to.deep.equal([
      ['x', 'b', 'x'],
      ['y', 'c', 'y'],
    ]);
  });

  it('keeps what is no action, or is never finished, as not understood', () => {
    const lines = [
      'something else went wrong',
      '    p_start_0 (node=a, call=5, rc=5',
      "* x_start on b 'error' (1): call=1",
    ];
    const state = parseStatusText(`Failed actions:\n${lines.join('\n')}\n`);
    expect(state.failedActions).to.deep.equal([]);
    expect([...state.unparsed].sort()).to.deep.equal([...lines].sort());
  });
});
