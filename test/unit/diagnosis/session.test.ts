import { expect } from 'chai';
import { readOutputs } from '../../../src/cluster/read-any.js';
import { differencesBetween } from '../../../src/diagnosis/changes.js';
import { sessionOf } from '../../../src/diagnosis/session.js';
import { fixture } from '../cluster/fixture.js';

const output = (prompt: string, nodes: string, resource = 'Started a', cluster = 'c') =>
  `${prompt}Cluster name: ${cluster}\nStack: corosync\n${nodes}\nFull list of resources:\n vip\t(ocf::heartbeat:IPaddr2):\t${resource}\n`;
const on = (node: string) => `[root@${node} ~]# pcs status\n`;
const BOTH = 'Online: [ a b ]';
const sessionIn = (...texts: readonly string[]) => sessionOf(readOutputs(texts.join('')));
const explainedIn = (...texts: readonly string[]) => sessionIn(...texts).explained.map(({ node }) => node);

describe('several outputs in one text', () => {
  it('of one node: the last is explained, with what changed', () => {
    const { outputs, explained, earlier, split } = sessionOf(
      readOutputs(fixture('pasted/01-two-outputs-last-ignored.txt')),
    );
    expect([outputs, explained.length, split.length]).to.deep.equal([2, 1, 0]);
    expect(explained[0]?.state.updatedAt).to.equal('Mon Jan 10 10:05:00 2022');
    expect(earlier?.changes).to.deep.equal(['beta: online → UNCLEAN (online)', 'vip: Started alpha → Stopped']);
  });

  it('of two nodes, of which something was done in between: the last, and what was typed', () => {
    const { explained, earlier, split } = sessionOf(readOutputs(fixture('pasted/02-two-outputs-mixed.txt')));
    expect(explained.map(({ node }) => node)).to.deep.equal(['beta']);
    expect(split).to.deep.equal([]);
    expect(earlier?.typed).to.deep.equal(['systemctl stop pacemaker']);
    expect(earlier?.changes).to.deep.equal([
      'alpha: online → OFFLINE',
      'db: Promoted alpha, Unpromoted beta → Promoted beta, Stopped',
    ]);
  });

  it('of two nodes that differ: both are explained', () => {
    expect(explainedIn(output(on('a'), BOTH), output(on('b'), BOTH, 'Stopped'))).to.deep.equal(['a', 'b']);
  });

  it('of two nodes that agree: one is explained', () => {
    expect(explainedIn(output(on('a'), BOTH), output(on('b'), BOTH))).to.deep.equal(['b']);
  });

  it('of two nodes that have each lost the other: a split, whatever was done in between', () => {
    const a = output(on('a'), 'Online: [ a ]\nOFFLINE: [ b ]');
    const b = output(on('b'), 'Node a: UNCLEAN (offline)\nOnline: [ b ]', 'Started b');
    for (const between of ['', '[root@a ~]# ip a\n']) {
      const session = sessionIn(a, between, b);
      expect(session.split).to.deep.equal([['a', 'b']]);
      expect(session.explained).to.have.length(2);
      expect(session.earlier).to.equal(undefined);
    }
  });

  it('of one node that lost the other, of which nobody knows the view: no split', () => {
    expect(sessionIn(output(on('a'), BOTH), output(on('b'), 'Online: [ b ]\nOFFLINE: [ a ]')).split).to.deep.equal([]);
    const nameless = output('', 'Online: [ a ]\nOFFLINE: [ b ]') + output('', 'Online: [ b ]\nOFFLINE: [ a ]');
    expect(sessionIn(nameless).split).to.deep.equal([]);
  });

  it('of two clusters: both are explained, and nothing is compared', () => {
    const { explained, earlier } = sessionIn(
      output(on('a'), BOTH, 'Started a', 'one'),
      '[root@x ~]# ssh y\n',
      output(on('x'), 'Online: [ x y ]', 'Started x', 'two'),
    );
    expect(explained.map(({ state }) => state.clusterName)).to.deep.equal(['one', 'two']);
    expect(earlier).to.equal(undefined);
  });

  it('of which the last is an error: the error counts, and nothing is compared with it', () => {
    const { explained, earlier } = sessionIn(
      output(on('a'), BOTH),
      `${on('a')}Error: cluster is not currently running on this node\n`,
    );
    expect(explained.map(({ state }) => state.errors.length)).to.deep.equal([1]);
    expect(earlier).to.equal(undefined);
  });

  it('are compared only in what both of them print', () => {
    const [whole] = readOutputs(output('', BOTH));
    const [part] = readOutputs('Stack: corosync\nOnline: [ a ]\nNode b: standby\n');
    expect(differencesBetween(whole.state, part.state)).to.deep.equal(['b: online → standby']);
    expect(differencesBetween(part.state, part.state)).to.deep.equal([]);
  });
});
