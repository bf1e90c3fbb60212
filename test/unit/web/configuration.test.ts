import { expect } from 'chai';
import { agentOf, obstaclesOf, seenWithin, settingsAt } from '../../../src/web/configuration.js';
import type { FailedOperation } from '../../../src/web/failures.js';

const CONFIGURATION = [
  {
    atMs: 10,
    changes: [
      { what: 'resource vip', after: 'ocf:heartbeat:IPaddr2' },
      { what: 'group web', after: 'vip, server' },
      { what: 'constraint ban-web', after: 'location resource=web node=ha-host2 score=-INFINITY' },
      { what: 'constraint prefers', after: 'location resource=vip node=ha-host1 score=100' },
      { what: 'web meta migration-threshold', after: '3' },
    ],
  },
  {
    atMs: 20,
    changes: [{ what: 'constraint ban-web', before: 'location resource=web node=ha-host2 score=-INFINITY' }],
  },
];
const FAILED: FailedOperation = {
  ...{ node: 'ha-host2', resource: 'vip', operation: 'start', result: 'error', times: [15], words: [] },
};
const NODE = { node: 'ha-host2', power: [], quorum: [], dc: [] };

describe('the configuration as a report knows it', () => {
  const settings = settingsAt({ configuration: CONFIGURATION }, 10);
  const nothing = { failures: [], nodes: [] };

  it('is that of the moment', () => {
    expect(settings.get('constraint ban-web')).to.contain('ha-host2');
    expect(settingsAt({ configuration: CONFIGURATION }, 20).has('constraint ban-web')).to.equal(false);
    expect(settingsAt({ configuration: CONFIGURATION }, 8).size).to.equal(0);
    expect([agentOf(settings, 'vip:0'), agentOf(settings, 'else')]).to.deep.equal(['ocf:heartbeat:IPaddr2', undefined]);
  });

  it('has what was seen at the end of a step, whose own time was rounded down', () => {
    const within = (fromMs: number, toMs: number) =>
      seenWithin({ configuration: CONFIGURATION }, { fromMs, toMs }).map(({ atMs }) => atMs);
    expect(within(10, 19)).to.deep.equal([10, 20]);
    expect(within(11, 18)).to.deep.equal([]);
    expect(settingsAt({ configuration: CONFIGURATION }, 9)).to.deep.equal(settings);
  });

  it('names the constraint that bans a resource or its group from a node, and no other', () => {
    const at = { resource: 'vip', atMs: 12 };
    expect(obstaclesOf({ ...at, node: 'ha-host2' }, settings, nothing).constraints).to.deep.equal(['ban-web']);
    expect(obstaclesOf({ ...at, node: 'ha-host1' }, settings, nothing).constraints).to.deep.equal([]);
    expect(obstaclesOf({ ...at, node: 'ha-host2', resource: 'other' }, settings, nothing).constraints).to.deep.equal(
      [],
    );
  });

  it('names failures after which the cluster does not try again, of that node and until then', () => {
    const monitor = { ...FAILED, operation: 'monitor', count: 2 };
    const failures = [FAILED, monitor, { ...monitor, count: 3 }, { ...FAILED, node: 'ha-host1' }];
    const found = (atMs: number) =>
      obstaclesOf({ resource: 'vip', node: 'ha-host2', atMs }, settings, { failures, nodes: [] }).failures;
    expect(found(16)).to.deep.equal([FAILED, { ...monitor, count: 3 }]);
    expect(found(14)).to.deep.equal([]);
  });

  it('names what the node was, where a resource may not run on such a node', () => {
    const membership = [
      { fromMs: 0, toMs: 10, value: 'online' },
      { fromMs: 10, toMs: 20, value: 'standby' },
    ];
    const standing = (atMs: number) =>
      obstaclesOf({ resource: 'vip', node: 'ha-host2', atMs }, settings, {
        failures: [],
        nodes: [{ ...NODE, membership }],
      }).standing;
    expect([standing(5), standing(15)]).to.deep.equal([undefined, 'standby']);
  });
});
