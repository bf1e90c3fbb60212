import { expect } from 'chai';
import type { Cib } from '../../../src/model/cib.js';
import { cibChangesBetween } from '../../../src/model/cib-changes.js';
import type { ClusterState, NodeState } from '../../../src/model/cluster-state.js';
import { viewOfObservation, viewOfReading } from '../../../src/model/node-view.js';

const node = (name: string, parts: Partial<NodeState> = {}): NodeState => ({
  ...{ name, type: 'member', online: true, standby: false, maintenance: false, pending: false, unclean: false },
  ...parts,
});
const VIP = {
  ...{ kind: 'primitive', id: 'vip', agent: 'ocf:heartbeat:IPaddr2', role: 'Started', nodes: ['a'] },
  ...{ managed: true, disabled: false, blocked: false, failed: false, orphaned: false },
} as const;
const STATE = {
  dc: { name: 'b' },
  quorate: true,
  nodes: [
    node('a'),
    node('b', { standby: true }),
    node('c', { online: false }),
    node('d', { unclean: true, online: false }),
  ],
  resources: [VIP, { ...VIP, id: 'www', role: 'Stopped', nodes: [] }],
  ...{ failedActions: [], failCounts: [] },
} as unknown as ClusterState;

describe('the view of a node', () => {
  it('has the members, the DC, quorum and where resources are', () => {
    expect(viewOfReading({ node: 'a', at: '', state: STATE })).to.deep.equal({
      ...{ answered: true, clusterRuns: true, quorate: true, dc: 'b' },
      members: { a: 'online', b: 'standby', c: 'offline', d: 'unclean' },
      resources: { vip: [{ node: 'a', role: 'Started' }], www: [] },
    });
  });

  it('has the operations that failed, with the fail count', () => {
    const failed = { text: '', resource: 'vip', node: 'a', exitCode: 1, exitStatus: 'error', reason: 'no such device' };
    const state = {
      ...STATE,
      failedActions: [
        { ...failed, operation: 'monitor', intervalMs: 5_000 },
        { ...failed, operation: 'monitor', intervalMs: 0, node: 'b' },
        { text: 'unreadable' },
      ],
      failCounts: [
        { node: 'a', resource: 'vip', failCount: 2 },
        { node: 'b', resource: 'vip', failCount: 0 },
      ],
    };
    const { text: _, ...facts } = failed;
    expect(viewOfReading({ node: 'a', at: '', state }).failures).to.deep.equal([
      { ...facts, operation: 'monitor', intervalMs: 5_000, count: 2 },
      { ...facts, operation: 'probe', intervalMs: 0, node: 'b' },
    ]);
  });

  it('tells a node without a cluster from one that does not answer, and guesses neither', () => {
    const problem = (kind: 'cluster-down' | 'unreachable' | 'unreadable') =>
      viewOfReading({ node: 'a', at: '', problem: { kind, message: '' } });
    expect(problem('cluster-down')).to.deep.equal({ answered: true, clusterRuns: false });
    expect(problem('unreachable')).to.deep.equal({ answered: false });
    expect(problem('unreadable')).to.deep.equal({ answered: true });
  });

  it('is the same from an observation, which knows the machine too', () => {
    const observed = { node: 'a', answered: true, problems: {}, status: STATE };
    expect(viewOfObservation(observed)).to.deep.equal(viewOfReading({ node: 'a', at: '', state: STATE }));
    expect(viewOfObservation({ ...observed, answered: false, machine: 'stopped' })).to.deep.equal({
      answered: false,
      machine: 'stopped',
    });
  });
});

describe('the changes of a configuration', () => {
  const cib = (parts: Partial<Cib>): Cib =>
    ({ properties: {}, resourceDefaults: {}, nodes: [], resources: [], constraints: [], ...parts }) as unknown as Cib;
  const vip = (ip: string) =>
    ({ kind: 'primitive', id: 'vip', agent: 'ocf:heartbeat:IPaddr2', parameters: { ip }, meta: {} }) as const;
  const ban = { kind: 'location', id: 'cli-ban', resource: 'vip', node: 'b', score: -1_000_000 } as const;

  it('are what was added, removed and set otherwise, by name', () => {
    const before = cib({ properties: { 'stonith-enabled': 'false' }, resources: [vip('10.0.0.1')] });
    const after = cib({ resources: [vip('10.0.0.2')], constraints: [ban] });
    expect(cibChangesBetween(before, after)).to.deep.equal([
      { what: 'constraint cli-ban', after: 'location resource=vip node=b score=-INFINITY' },
      { what: 'property stonith-enabled', before: 'false' },
      { what: 'vip ip', before: '10.0.0.1', after: '10.0.0.2' },
    ]);
    expect(cibChangesBetween(after, after)).to.deep.equal([]);
  });

  it('reach into groups and clones; against nothing, everything is added', () => {
    const group = { kind: 'group', id: 'web', members: [vip('10.0.0.1')], meta: {} } as const;
    const clone = { kind: 'clone', id: 'all', child: group, promotable: false, meta: { 'clone-max': '2' } } as const;
    expect(cibChangesBetween(undefined, cib({ resources: [clone] }))).to.deep.equal([
      { what: 'all meta clone-max', after: '2' },
      { what: 'clone all', after: 'web' },
      { what: 'group web', after: 'vip' },
      { what: 'resource vip', after: 'ocf:heartbeat:IPaddr2' },
      { what: 'vip ip', after: '10.0.0.1' },
    ]);
  });
});
