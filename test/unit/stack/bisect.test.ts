import { expect } from 'chai';
import fc from 'fast-check';
import { type Next, nextOfAll, nextState, type Outcome } from '../../../src/stack/bisect.js';
import { rowOf, wantedIn } from '../../../src/stack/changes.js';
import { deb } from './packages.js';

/** Until it ends; also the number of states that were tried. */
function play(last: number, outcomeOf: (state: number) => Outcome, next = nextState) {
  const tried = new Map<number, Outcome>();
  for (;;) {
    const step: Next = next(last, tried);
    if (step.kind !== 'try') return { end: step, tries: tried.size };
    expect(tried.has(step.state), 'tried once').to.equal(false);
    tried.set(step.state, outcomeOf(step.state));
  }
}

describe('a bisection', () => {
  it('finds the first change with which it fails, in few tries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), (last, seed) => {
        const bad = 1 + (seed % last);
        const { end, tries } = play(last, (state) => (state >= bad ? 'failed' : 'passed'));
        expect(end).to.deep.equal({ kind: 'found', state: bad });
        expect(tries).to.be.at.most(2 + Math.ceil(Math.log2(last + 1)));
      }),
    );
  });

  it('goes around states that cannot be told, and names what is left', () => {
    const unknown = (some: readonly number[]) => (state: number) =>
      some.includes(state) ? 'unknown' : state >= 6 ? 'failed' : 'passed';
    expect(play(10, unknown([5])).end).to.deep.equal({ kind: 'between', passed: 4, failed: 6 });
    expect(play(10, unknown([4, 7])).end).to.deep.equal({ kind: 'found', state: 6 });
    expect(play(10, unknown([0])).end).to.deep.equal({ kind: 'unclear', state: 0 });
  });

  it('says that there is nothing to find where both ends are alike, after one or two tries', () => {
    expect(play(8, () => 'passed')).to.deep.equal({ end: { kind: 'alike', outcome: 'passed' }, tries: 1 });
    expect(play(8, () => 'failed')).to.deep.equal({ end: { kind: 'alike', outcome: 'failed' }, tries: 2 });
  });

  it('finds with all versions a fault that a later one takes away again', () => {
    const third = (state: number) => (state === 3 ? 'failed' : 'passed');
    expect(play(4, third).end).to.deep.equal({ kind: 'alike', outcome: 'passed' });
    expect(play(4, third, nextOfAll)).to.deep.equal({ end: { kind: 'found', state: 3 }, tries: 5 });
    expect(play(4, () => 'passed', nextOfAll).end).to.deep.equal({ kind: 'alike', outcome: 'passed' });
    expect(play(4, () => 'unknown', nextOfAll).end).to.deep.equal({ kind: 'unclear', state: 4 });
    const around = (state: number) => (state === 2 ? 'unknown' : state === 3 ? 'failed' : 'passed');
    expect(play(4, around, nextOfAll).end).to.deep.equal({ kind: 'between', passed: 1, failed: 3 });
  });
});

describe('the states of a stack', () => {
  const installed = [
    deb('pacemaker', '2-1'),
    deb('libcib', '2-1', { source: 'pacemaker' }),
    deb('corosync', '3-1'),
    deb('pcs', '5'),
  ];
  const stack = [
    ...['2-1', '2-2', '2-3', '2-10'].map((version) => deb('pacemaker', version)),
    ...['2-2', '2-3'].map((version) => deb('libcib', version, { source: 'pacemaker' })),
    ...['3-2', '2-9'].map((version) => deb('corosync', version)),
    deb('booth', '1'),
  ];
  const words = (changes: readonly { source: string; version: string }[]) =>
    changes.map(({ source, version }) => `${source} ${version}`);
  const wanted = (row: Parameters<typeof wantedIn>[0], state: number) =>
    wantedIn(row, state).map(({ name, version }) => `${name}=${version}`);

  it('go from the image to the newest of each source that the image has', () => {
    const row = rowOf(installed, stack, {});
    expect(words(row.changes)).to.deep.equal(['corosync 3-2', 'pacemaker 2-2', 'pacemaker 2-3', 'pacemaker 2-10']);
    expect(wanted(row, 0)).to.deep.equal([]);
    expect(wanted(row, 3)).to.deep.equal(['corosync=3-2', 'pacemaker=2-3']);
  });

  it('go from the good night to the bad one, of what both of them name', () => {
    const good = { pacemaker: '2-2', corosync: '3-1' };
    const row = rowOf(installed, stack, { good, bad: { pacemaker: '2-3', corosync: '3-1' } });
    expect(words(row.changes)).to.deep.equal(['pacemaker 2-3']);
    expect(wanted(row, 0)).to.deep.equal(['pacemaker=2-2']);
  });

  it('have the version of an image that is newer than the good night', () => {
    const row = rowOf(installed, stack, { good: { corosync: '2-9' }, bad: { corosync: '3-1' } });
    expect(words(row.changes)).to.deep.equal(['corosync 3-1']);
    expect([wanted(row, 0), wanted(row, 1)]).to.deep.equal([['corosync=2-9'], []]);
  });

  it('are of the named sources only', () => {
    expect(words(rowOf(installed, stack, { only: ['corosync'] }).changes)).to.deep.equal(['corosync 3-2']);
  });
});
