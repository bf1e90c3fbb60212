import { expect } from 'chai';
import { changesBetween, type Look } from '../../../src/diagnosis/looks.js';
import { lookOfPicture, type Picture, type ResourcePicture } from '../../../src/learn/picture.js';
import { PICTURE } from './session-events.js';

const on = (...nodes: readonly string[]): ResourcePicture => ({
  id: 'vip',
  role: nodes.length > 0 ? 'Started' : 'Stopped',
  nodes,
  failed: false,
  managed: true,
});

/** What each picture changes, seen every two seconds by looks that take one. */
function follow(...pictures: readonly Partial<Picture>[]) {
  let before: Look | undefined;
  return pictures.map((each, index) => {
    const toMs = index * 2_000;
    const now = lookOfPicture({ ...PICTURE, ...each }, { fromMs: toMs - 1_000, toMs }, before);
    const changes = before === undefined ? [] : changesBetween(before, now);
    before = now;
    return changes.map(({ betweenMs: _, ...change }) => change);
  });
}

describe('what changes from picture to picture', () => {
  it('is where resources run, and for how long they were away', () => {
    const [, gone, moved] = follow({ resources: [on('a')] }, { resources: [on()] }, { resources: [on('b')] });
    expect(gone).to.deep.equal([{ kind: 'stopped', name: 'vip', from: ['a'] }]);
    expect(moved).to.deep.equal([
      { kind: 'moved', name: 'vip', from: ['a'], to: ['b'], away: { leastMs: 0, mostMs: 5_000 } },
    ]);
    const [, created] = follow({}, { resources: [on('a')] });
    expect(created).to.deep.equal([{ kind: 'started', name: 'vip', to: ['a'] }]);
  });

  it('is a DC and quorum, from a cluster that has just formed on', () => {
    const [, formed, lost] = follow({}, { dc: 'a', quorate: true }, { dc: 'b', quorate: false });
    expect(formed).to.deep.equal([{ kind: 'other', name: 'DC', from: 'NONE', to: 'a' }]);
    expect(lost).to.deep.equal([
      { kind: 'other', name: 'DC', from: 'a', to: 'b' },
      { kind: 'other', name: 'quorum', from: 'with quorum', to: 'WITHOUT quorum' },
    ]);
  });

  it('is a link, of which a node that does not answer says nothing', () => {
    const link = (up: boolean) => ({ links: [{ node: 'a', link: 'eth1', up }] });
    const changes = follow(link(true), link(false), {}, link(false), link(true));
    const down = { kind: 'other', name: 'a eth1', from: 'up', to: 'down' };
    const up = { kind: 'other', name: 'a eth1', from: 'down', to: 'up' };
    expect(changes).to.deep.equal([[], [down], [], [], [up]]);
  });
});
