import { expect } from 'chai';
import { pendingActivityIn } from '../../../src/audits/pending-activity.js';
import { FAULTS } from '../../../src/faults/index.js';
import type { Cib } from '../../../src/model/cib.js';
import { EMPTY_STATE, type NodeState } from '../../../src/model/cluster-state.js';
import type { NodeObservation } from '../../../src/model/observation.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { activeFaults } from '../../../src/ports/fault.js';
import { testLab } from '../cluster/test-lab.js';

const NAMES = ['a', 'b', 'c'];

function nodeState(name: string, parts: Partial<NodeState> = {}): NodeState {
  return {
    name,
    type: 'member',
    online: true,
    standby: false,
    maintenance: false,
    pending: false,
    unclean: false,
    ...parts,
  };
}

function node(name: string, parts: Partial<NodeObservation> = {}): NodeObservation {
  return {
    node: name,
    answered: true,
    problems: {},
    units: [
      { name: 'corosync', active: 'active', enabled: 'enabled', mainPid: 1, restarts: 0 },
      { name: 'pacemaker', active: 'active', enabled: 'enabled', mainPid: 2, restarts: 0 },
    ],
    controller: name === 'a' ? 'S_IDLE' : 'S_NOT_DC',
    ...(name === 'a' ? { planned: [] } : {}),
    quorum: { quorate: true, nodeId: name, ringId: '1.4', flags: [], members: NAMES.map((id) => ({ id, name: id })) },
    status: { ...EMPTY_STATE, nodes: NAMES.map((each) => nodeState(each)) },
    ...parts,
  };
}

const under = (...faults: readonly ResolvedFault[]) => ({ faults: activeFaults(faults, FAULTS, testLab) });
const CUT = under({ kind: 'link-down', node: 'c', link: 'eth1', by: 'admin' });
const seenIn = (...nodes: readonly NodeObservation[]) => pendingActivityIn({ at: '', nodes, arp: [] }, CUT);
const ring = (ringId: string, members: readonly string[]): NodeObservation['quorum'] => ({
  quorate: members.length > 1,
  nodeId: '1',
  ringId,
  flags: [],
  members: members.map((name) => ({ id: name, name })),
});
const stopped = (name: string): NodeObservation => ({ node: name, answered: true, problems: {}, units: [] });

/** corosync was killed there. */
const killed = (name: string, pacemaker: string): NodeObservation => ({
  node: name,
  answered: true,
  problems: pacemaker === 'active' ? { controller: 'Connection refused' } : {},
  units: [
    { name: 'corosync', active: 'failed', enabled: 'enabled', mainPid: 0, restarts: 0 },
    { name: 'pacemaker', active: pacemaker, enabled: 'enabled', mainPid: 2, restarts: 0 },
  ],
});

describe('whether a cluster is idle', () => {
  it('is told by its controllers and its scheduler', () => {
    expect(seenIn(node('a'), node('b'), node('c'))).to.equal(undefined);
    expect(seenIn()).to.equal(undefined);
    expect(seenIn(stopped('a'), stopped('b'))).to.equal(undefined);
  });

  it('it is not while a controller is at work, joins, or says nothing', () => {
    for (const state of ['S_TRANSITION_ENGINE', 'S_POLICY_ENGINE', 'S_ELECTION', 'S_PENDING', 'S_INTEGRATION'])
      expect(seenIn(node('a'), node('b', { controller: state }), node('c'))).to.deep.equal({
        seen: `the controller of b is in state ${state}`,
        mayStay: false,
      });
    const { controller: _, ...silent } = node('c');
    expect(seenIn(node('a'), node('b'), { ...silent, problems: { controller: 'timed out' } })?.seen).to.equal(
      'the controller of c is silent: timed out',
    );
  });

  it('it is not while the scheduler has something to do, or was not heard', () => {
    const busy = node('a', { planned: ['Resource action: vip start on b', 'Resource action: vip monitor on b'] });
    expect(seenIn(busy, node('b'), node('c'))?.seen).to.equal(
      'the scheduler of a has 2 to do, first: Resource action: vip start on b',
    );
    const { planned: _, ...silent } = node('a');
    expect(seenIn(silent, node('b'), node('c'))?.seen).to.match(/scheduler of a is silent/);
  });

  it('it is not while pacemaker starts or stops, or a node is pending', () => {
    const units = [{ name: 'pacemaker', active: 'deactivating', enabled: 'enabled', mainPid: 2, restarts: 0 }];
    expect(seenIn(node('a'), node('b', { units }))?.seen).to.equal('pacemaker is deactivating on b');
    const status = { ...EMPTY_STATE, nodes: [nodeState('c', { pending: true, online: false })] };
    expect(seenIn(node('a', { status }), node('b'))?.seen).to.equal('a sees c pending');
  });

  it('it is not while a partition has no DC', () => {
    const cut = node('c', { quorum: ring('3.8', ['c']) });
    const two = ring('1.8', ['a', 'b']);
    expect(seenIn(node('a', { quorum: two }), node('b', { quorum: two }), cut)?.seen).to.equal('no DC among c');
    const own = node('c', { quorum: ring('3.8', ['c']), controller: 'S_IDLE', planned: [] });
    expect(seenIn(node('a', { quorum: two }), node('b', { quorum: two }), own)).to.equal(undefined);
  });

  it('it is not while it is split without a fault that keeps it so, which may stay', () => {
    const two = ring('1.8', ['a', 'b']);
    const nodes = [
      node('a', { quorum: two }),
      node('b', { quorum: two }),
      node('c', { quorum: ring('3.8', ['c']), controller: 'S_IDLE', planned: [] }),
    ];
    const seen = pendingActivityIn({ at: '', nodes, arp: [] }, under());
    expect(seen).to.deep.equal({ seen: 'there are 2 partitions: a, b; c', mayStay: true, patienceMs: 30_000 });
    const elsewhere = under({ kind: 'monitor-fail', node: 'c', resource: 'vip' });
    expect(pendingActivityIn({ at: '', nodes, arp: [] }, elsewhere), 'a fault that splits nobody').to.deep.equal(seen);
    const groups = under({ kind: 'partition', groups: [['a', 'b'], ['c']] });
    expect(pendingActivityIn({ at: '', nodes, arp: [] }, groups)).to.equal(undefined);
    expect(pendingActivityIn({ at: '', nodes, arp: [] }, CUT)).to.equal(undefined);
  });

  it('it is not while corosync counts somebody who is gone', () => {
    const dark = (machine: NodeObservation['machine']) =>
      ({
        node: 'c',
        answered: false,
        problems: { answer: 'silent' },
        ...(machine ? { machine } : {}),
      }) as NodeObservation;
    expect(seenIn(node('a'), node('b'), dark('stopped'))).to.deep.equal({
      seen: 'corosync on a still counts c a member, whose machine is stopped',
      mayStay: false,
    });
    expect(seenIn(node('a'), node('b'), dark('frozen'))?.seen).to.match(/whose machine is frozen/);
    expect(
      seenIn(node('a'), node('b'), node('c', { quorum: ring('3.8', ['c']), controller: 'S_IDLE', planned: [] }))?.seen,
    ).to.equal('corosync on a still counts c a member, which is in another membership');
    // Of a machine that may well run nothing can be said, but that it may be booting.
    expect(seenIn(node('a'), node('b'), dark(undefined))).to.equal(undefined);
    expect(seenIn(node('a'), node('b'), dark('running'))).to.deep.equal({
      seen: 'c runs and does not answer',
      mayStay: true,
    });
    const slow = { node: 'c', answered: true, problems: { answer: 'c lives' } } as NodeObservation;
    expect(seenIn(node('a'), node('b'), slow)).to.deep.equal({ seen: 'c is too slow to be looked at', mayStay: true });
    expect(seenIn(dark('running')), 'no cluster runs').to.equal(undefined);
    expect(seenIn(node('a'), node('b'), killed('c', 'failed'))?.seen).to.equal(
      'corosync on a still counts c a member, where corosync does not run',
    );
  });

  it('it is not while corosync is gone below pacemaker, which may stay', () => {
    const quorum = ring('1.8', ['a', 'b']);
    const left = [node('a', { quorum }), node('b', { quorum })];
    expect(pendingActivityIn({ at: '', nodes: [...left, killed('c', 'active')], arp: [] }, under())).to.deep.equal({
      seen: 'corosync does not run below pacemaker on c',
      mayStay: true,
    });
    expect(pendingActivityIn({ at: '', nodes: [...left, killed('c', 'failed')], arp: [] }, under())).to.equal(
      undefined,
    );
  });

  it('it is not while a CIB changes, which may stay', () => {
    expect(seenIn(node('a'), node('b', { changedMeanwhile: true }))).to.deep.equal({
      seen: 'the CIB of b keeps changing',
      mayStay: true,
    });
  });

  it('CIBs and memberships that differ may stay: they are for an audit to judge', () => {
    const cib = (digest: string) => ({ digest, version: { adminEpoch: 0, epoch: 1, numUpdates: 2 } }) as Cib;
    expect(seenIn(node('a', { cib: cib('x') }), node('b', { cib: cib('y') }))).to.deep.equal({
      seen: 'the CIBs of a, b differ',
      mayStay: true,
    });
    const status = { ...EMPTY_STATE, nodes: NAMES.map((name) => nodeState(name, { online: name !== 'c' })) };
    expect(seenIn(node('a'), node('b', { status }))).to.deep.equal({
      seen: 'a, b differ on who is a member',
      mayStay: true,
    });
  });
});
