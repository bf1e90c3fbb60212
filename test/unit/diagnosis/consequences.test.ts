import { expect } from 'chai';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { summaryOf } from '../../../src/diagnosis/summary.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { action, clone, db, device, down, failing, group, node, state, stopped, vip, withResources } from './states.js';

/** Code of each problem and warning, and of the cause that it stands under. */
const told = (of: ClusterState) =>
  diagnose(of)
    .filter(({ severity }) => severity === 'problem' || severity === 'warning')
    .map(({ code, causedBy }) => (causedBy === undefined ? code : `${causedBy} > ${code}`));

describe('one mistake', () => {
  it('is told once: what follows from it stands under its cause, and is not counted', () => {
    const failed = { ...failing(action({ operation: 'start' })), resources: [stopped(), device()] };
    expect(told(failed)).to.deep.equal(['failed-start', 'failed-start > stopped-after-failure']);
    expect(summaryOf(failed, diagnose(failed)).problems).to.equal(1);
  });

  it('of one resource is no cause for another', () => {
    const failed = action({ operation: 'start', resource: 'other' });
    const both = { ...failing(failed), resources: [stopped(), stopped({ id: 'other' }), device()] };
    expect(told(both)).to.deep.equal(['failed-start', 'failed-start > stopped-after-failure', 'stopped-unexplained']);
  });

  it('that holds back the whole cluster has all that is stopped under it', () => {
    const { dc: _dc, quorate: _quorate, ...headless } = state();
    const resources = [stopped(), device()];
    expect(told({ ...headless, dcIsNone: true, resources })).to.deep.equal(['dc-none', 'dc-none > stopped-no-dc']);
    const unclean = state({ resources, nodes: [node('a'), node('b'), down('c', { unclean: true })] });
    expect(told(unclean)).to.include('node-unclean > stopped-waits-for-fencing');
  });

  it('on one unclean node is no cause for what may run on another', () => {
    const nodes = [node('a'), down('b', { unclean: true }), node('c', { unclean: true })];
    const lost = state({ nodes, resources: [vip({ nodes: ['b'] }), device({ nodes: ['c'] })] });
    const under = diagnose(lost).map(({ code, subject, causedBy }) => [code, subject.names.join(), causedBy]);
    const places = under.filter(([code]) => code === 'node-unclean' || code === 'on-unclean-node');
    expect(places).to.deep.equal([
      ['node-unclean', 'b', undefined],
      ['on-unclean-node', 'vip', 'node-unclean'],
      ['node-unclean', 'c', undefined],
      ['on-unclean-node', 'fence', 'node-unclean'],
    ]);
  });

  it('of a fence device that does not work keeps a node unclean', () => {
    const nodes = [node('a'), node('b'), down('c', { unclean: true })];
    const failedFencing = [{ text: '', status: 'failed' as const, action: 'reboot', target: 'c' }];
    const lost = { ...state({ nodes, resources: [stopped(), device()] }), failedFencing };
    expect(told(lost).slice(0, 3)).to.deep.equal([
      'fencing-failed',
      'fencing-failed > node-unclean',
      'node-unclean > stopped-waits-for-fencing',
    ]);
  });

  it('on an offline node is that the node is gone, whatever is still shown there', () => {
    const nodes = [node('a'), node('b'), down('c')];
    const kept = state({ nodes, resources: [vip({ nodes: ['c'] }), device()] });
    expect(told(kept)).to.include('node-offline > on-offline-node');
  });

  it('is a stop that failed, where that blocks the resource, and nowhere else', () => {
    const blocked = [db({ blocked: true, failed: true }), db({ blocked: true, failed: true, nodes: ['b'] })];
    const failedActions = [action({ resource: 'db', operation: 'stop' })];
    expect(told({ ...withResources(clone(blocked), device()), failedActions })).to.deep.equal([
      'failed-stop',
      'failed-stop > resource-blocked',
      'resource-blocked',
    ]);
  });

  it('of a group that runs in part is why its first member does not', () => {
    const half = withResources(group(vip({ id: 'ip' }), stopped({ id: 'site' })), device());
    expect(told(half)).to.deep.equal(['stopped-unexplained', 'stopped-unexplained > group-partial']);
  });

  it('in a group is that of the first member, to any depth', () => {
    const members = withResources(group(stopped({ id: 'ip' }), stopped({ id: 'site' })), device());
    const start = action({ resource: 'ip', operation: 'start' });
    expect(told({ ...members, failedActions: [start] })).to.deep.equal([
      'failed-start',
      'failed-start > stopped-after-failure',
      'stopped-after-failure > stopped-behind',
    ]);
  });
});
