import { expect } from 'chai';
import { NOTHING_BESIDE } from '../../../src/diagnosis/beside.js';
import { clustersIn, viewsOf } from '../../../src/diagnosis/views.js';
import type { ClusterState, StatusReading } from '../../../src/model/cluster-state.js';
import { action, down, node, state } from './states.js';

const reading = (name: string, of: ClusterState): StatusReading => ({ node: name, at: '', state: of });
const failed = (name: string, kind: 'cluster-down' | 'unreachable', message: string): StatusReading => ({
  node: name,
  at: '',
  problem: { kind, message },
});

describe('views of a live cluster', () => {
  it('are one where all nodes say the same, whenever and in whatever order they were told it', () => {
    const other = state({ updatedAt: 'a second later', nodes: [node('c'), node('a'), node('b')] });
    const { views } = viewsOf([reading('a', state()), reading('b', other), reading('c', state())]);
    expect(views.map(({ reportedBy }) => reportedBy)).to.deep.equal([['a', 'b', 'c']]);
  });

  it('are two of a cluster that is split, the larger part first', () => {
    const alone = state({ quorate: false, nodes: [node('a'), down('b'), down('c')] });
    const rest = state({ nodes: [down('a'), node('b'), node('c')] });
    const { views } = viewsOf([reading('a', alone), reading('b', rest), reading('c', rest)]);
    expect(views.map(({ reportedBy }) => reportedBy)).to.deep.equal([['b', 'c'], ['a']]);
    expect(views[1]?.items[0]?.code).to.equal('no-quorum');
  });

  it('are each of its own cluster where they have no member in common, and of one cluster where it is split', () => {
    const clusters = (...readings: readonly StatusReading[]) => clustersIn(viewsOf(readings).views);
    const one = state({ nodes: [node('node1')] });
    expect(viewsOf(['a', 'b', 'c'].map((name) => reading(name, one))).views).to.have.length(3);
    expect(clusters(...['a', 'b', 'c'].map((name) => reading(name, one)))).to.deep.equal([['a'], ['b'], ['c']]);
    const pair = state({ nodes: [node('a'), node('b')] });
    const own = state({ nodes: [node('c')] });
    expect(clusters(reading('a', pair), reading('b', pair), reading('c', own))).to.deep.equal([['a', 'b'], ['c']]);
    const alone = state({ quorate: false, nodes: [node('a'), down('b')] });
    const split = clusters(reading('a', alone), reading('b', pair), reading('d', state({ nodes: [] })));
    expect(split).to.deep.equal([['a', 'b']]);
  });

  it('of nodes on which the cluster is down mean that', () => {
    const message = 'crm_mon: Connection to cluster failed: Connection refused (code 102)';
    const { views } = viewsOf([failed('a', 'cluster-down', message), failed('b', 'cluster-down', message)]);
    expect(views.map(({ reportedBy, items }) => [reportedBy, items[0]?.code])).to.deep.equal([
      [['a', 'b'], 'cluster-stopped'],
    ]);
  });

  it('are one where the cluster is stopped on a single node, which that view names', () => {
    const rest = state({ nodes: [node('a'), node('b'), down('c')] });
    const { views } = viewsOf([reading('a', rest), reading('b', rest), failed('c', 'cluster-down', 'not running')]);
    expect(views).to.have.length(1);
    const problems = views[0]?.items.filter(({ severity }) => severity === 'problem');
    expect(problems?.map(({ code, subject }) => [code, subject.names.join()])).to.deep.equal([['node-stopped', 'c']]);
  });

  it('know the fail counts that the CIB keeps, and repeat none whose failure is listed', () => {
    const failCounts = [
      { node: 'a', resource: 'vip', failCount: 1 },
      { node: 'b', resource: 'vip', failCount: 2 },
    ];
    const { views } = viewsOf([reading('a', state({ failedActions: [action()] }))], { ...NOTHING_BESIDE, failCounts });
    const counts = views[0]?.items.filter(({ code }) => code === 'fail-count');
    expect(counts?.map(({ payload }) => payload)).to.deep.equal([{ node: 'b', count: 2, reached: false }]);
  });

  it('leave out a node that could not be asked, and say why', () => {
    const { views, silent } = viewsOf([reading('a', state()), failed('b', 'unreachable', 'b did not answer')]);
    expect(views).to.have.length(1);
    expect(silent).to.deep.equal([{ node: 'b', message: 'b did not answer' }]);
  });
});
