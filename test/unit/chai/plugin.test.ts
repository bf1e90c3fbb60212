import { expect, use } from 'chai';
import { clusterPlugin } from '../../../src/chai/plugin.js';
import { afterCut, clone, cutOff, group, node, primitive, state } from '../checks/states.js';

use(clusterPlugin);

const says = (look: () => unknown, message: string | RegExp): void => {
  expect(look).to.throw(message);
};

describe('chai for clusters', () => {
  it('knows quorum and the DC', () => {
    expect(state()).to.be.quorate;
    expect(cutOff).not.to.be.quorate;
    expect(state()).to.have.dc('ha-host3');
    says(() => expect(cutOff).to.be.quorate, 'expected a partition with quorum: DC ha-host1, partition WITHOUT quorum');
    says(() => expect(state()).to.have.dc('ha-host1'), 'expected the DC to be ha-host1: DC ha-host3');
  });

  it('knows nodes', () => {
    expect(afterCut).to.have.node('ha-host1').that.is.offline;
    expect(afterCut).to.have.node('ha-host2').that.is.online;
    expect(afterCut).not.to.have.node('ha-host9');
    says(
      () => expect(state()).to.have.node('ha-host1').that.is.offline,
      'expected ha-host1 to be offline: it is online',
    );
    says(
      () => expect(afterCut).to.have.node('ha-host9'),
      /ha-host9 to be known: known are ha-host1, ha-host2, ha-host3; did you mean ha-host1/,
    );
  });

  it('takes a node that is unclean or pending for neither online nor offline', () => {
    const lost = state({
      nodes: [node('a', { online: false, unclean: true }), node('b', { online: false, pending: true })],
    });
    expect(lost).to.have.node('a').that.is.unclean;
    says(() => expect(lost).to.have.node('a').that.is.offline, 'it is unclean, offline');
    says(() => expect(lost).to.have.node('b').that.is.offline, 'it is pending');
    const resting = state({ nodes: [node('a', { standby: true }), node('b', { maintenance: true })] });
    expect(resting).to.have.node('a').that.is.standby;
    expect(resting).to.have.node('b').that.is.maintenance;
    expect(resting).to.have.node('a').that.is.online;
  });

  it('knows resources and their places', () => {
    expect(state()).to.have.resource('vip').startedOn('ha-host2');
    expect(state()).to.have.resource('vip').that.is.started;
    expect(state()).to.have.resource('vip').not.touching('ha-host1');
    expect(cutOff).to.have.resource('vip').that.is.stopped;
    expect(state()).not.to.have.resource('web');
    says(
      () => expect(state()).to.have.resource('vip').startedOn('ha-host1'),
      'vip to be started on ha-host1: vip Started on ha-host2',
    );
    says(() => expect(state()).to.have.resource('vip').that.is.stopped, 'vip Started on ha-host2');
    says(() => expect(state()).to.have.resource('web'), 'known are vip');
  });

  it('does not take a failed or doubly active primitive for started', () => {
    const failed = state({ resources: [primitive('vip', 'a', { failed: true })] });
    says(() => expect(failed).to.have.resource('vip').that.is.started, 'vip FAILED Started on a');
    const twice = state({ resources: [primitive('vip', 'a', { nodes: ['a', 'b'] })] });
    says(() => expect(twice).to.have.resource('vip').startedOn('a'), 'vip Started on a, b');
    const unknown = state({ resources: [primitive('vip', undefined, { role: 'Unknown', failed: true })] });
    says(() => expect(unknown).to.have.resource('vip').that.is.stopped, 'vip FAILED');
  });

  it('wants every member of a group, and one instance of a clone', () => {
    const half = state({ resources: [group('web', [primitive('fs', 'a'), primitive('apache', undefined)])] });
    says(() => expect(half).to.have.resource('web').that.is.started, 'fs Started on a; apache Stopped');
    const instances = [
      primitive('db', 'a', { role: 'Promoted' }),
      primitive('db', 'b', { role: 'Unpromoted' }),
      primitive('db', undefined),
    ];
    const cloned = state({
      nodes: [node('a'), node('b'), node('c')],
      resources: [clone('db-clone', instances, { promotable: true })],
    });
    expect(cloned).to.have.resource('db-clone').that.is.started;
    expect(cloned).to.have.resource('db').promotedOn('a');
    expect(cloned).to.have.resource('db').unpromotedOn('b');
    says(() => expect(cloned).to.have.resource('db').promotedOn('b'), 'promoted on b');
  });

  it('knows failed actions', () => {
    expect(state()).to.have.noFailedActions;
    says(
      () => expect(state({ failedActions: [{ text: 'vip_start_0 on a' }] })).to.have.noFailedActions,
      'vip_start_0 on a',
    );
  });
});
