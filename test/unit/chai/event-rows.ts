import type { Ban, FailCount, FailedAction } from '../../../src/model/cluster-state.js';
import { state } from '../checks/states.js';
import type { WordRow } from './word-row.js';

const action = (resource: string, operation: string, node: string): FailedAction => ({
  text: `${resource} ${operation} on ${node} returned 'error'`,
  resource,
  operation,
  node,
});
const failed = (...failedActions: readonly FailedAction[]) => state({ failedActions });
const ban = (resource: string, node: string, promotedOnly = false): Ban => ({
  id: `cli-ban-${resource}-on-${node}`,
  resource,
  node,
  promotedOnly,
});
const banned = (...bans: readonly Ban[]) => state({ bans });
const counted = (...failCounts: readonly FailCount[]) => state({ failCounts });

/** Words of what happened, and of what follows from it. */
export const EVENT_ROWS: readonly WordRow[] = [
  {
    word: 'failedAction',
    say: (it) => it.have.failedAction('vip'),
    yes: failed(action('vip', 'start', 'ha-host1')),
    no: state(),
    says: 'expected a failed action of vip: there are none',
    denies: "expected no failed action of vip: vip start on ha-host1 returned 'error'",
  },
  {
    word: 'failedAction',
    say: (it) => it.have.failedAction('vip', 'monitor', 'ha-host1'),
    yes: failed(action('vip:0', 'monitor', 'ha-host1')),
    no: failed(action('vip', 'monitor', 'ha-host2'), action('vip', 'start', 'ha-host1')),
    says:
      'expected a failed monitor of vip on ha-host1: ' +
      "vip monitor on ha-host2 returned 'error'; vip start on ha-host1 returned 'error'",
    denies: "expected no failed monitor of vip on ha-host1: vip:0 monitor on ha-host1 returned 'error'",
  },
  {
    word: 'on',
    from: (it) => it.to.have.failedAction('vip', 'monitor'),
    say: (it) => it.on('ha-host1'),
    yes: failed(action('vip', 'monitor', 'ha-host1')),
    no: failed(action('vip', 'monitor', 'ha-host2'), action('vip', 'start', 'ha-host1')),
    says: "expected the failed monitor of vip to be on ha-host1: vip monitor on ha-host2 returned 'error'",
    denies: "expected the failed monitor of vip not to be on ha-host1: vip monitor on ha-host1 returned 'error'",
  },
  {
    word: 'ban',
    say: (it) => it.have.ban('vip', 'ha-host1'),
    yes: banned(ban('vip', 'ha-host1', true)),
    no: banned(ban('vip', 'ha-host2')),
    says: 'expected a ban of vip on ha-host1: vip not on ha-host2 (cli-ban-vip-on-ha-host2)',
    denies: 'expected no ban of vip on ha-host1: vip not promoted on ha-host1 (cli-ban-vip-on-ha-host1)',
  },
  {
    word: 'on',
    from: (it) => it.to.have.ban('vip'),
    say: (it) => it.on('ha-host1'),
    yes: banned(ban('vip', 'ha-host2'), ban('vip', 'ha-host1')),
    no: banned(ban('vip', 'ha-host2')),
    says: 'expected the ban of vip to be on ha-host1: vip not on ha-host2 (cli-ban-vip-on-ha-host2)',
    denies:
      'expected the ban of vip not to be on ha-host1: ' +
      'vip not on ha-host2 (cli-ban-vip-on-ha-host2); vip not on ha-host1 (cli-ban-vip-on-ha-host1)',
  },
  {
    word: 'failCount',
    say: (it) => it.have.failCount('vip', 'ha-host1'),
    yes: counted({ resource: 'vip', node: 'ha-host1', failCount: 2 }),
    no: counted(
      { resource: 'vip', node: 'ha-host1', migrationThreshold: 3 },
      { resource: 'vip', node: 'ha-host2', failCount: 1 },
    ),
    says: 'expected a fail count of vip on ha-host1: vip on ha-host2 1',
    denies: 'expected no fail count of vip on ha-host1: vip on ha-host1 2',
  },
];
