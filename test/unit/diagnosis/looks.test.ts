import { expect } from 'chai';
import { NOTHING_BESIDE } from '../../../src/diagnosis/beside.js';
import { changesBetween, type Look, lookOf, type Seen } from '../../../src/diagnosis/looks.js';
import { viewsOf } from '../../../src/diagnosis/views.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { down, node, state, stopped, vip } from './states.js';

const seen = (atMs: number, of: ClusterState | undefined, more: Partial<Seen> = {}): Seen => ({
  fromMs: atMs,
  toMs: atMs + 100,
  views: viewsOf(of === undefined ? [] : [{ node: 'b', at: '', state: of }]).views,
  reports: [],
  off: [],
  ...more,
});

/** One look after the other, with what each one changes. */
function follow(...all: readonly Seen[]) {
  let before: Look | undefined;
  return all.map((each) => {
    const now = lookOf(each, before);
    const changes = before === undefined ? [] : changesBetween(before, now);
    before = now;
    return changes;
  });
}

const on = (name: string) => state({ resources: [vip({ nodes: [name] })] });
const nowhere = state({ resources: [stopped()] });

describe('what changed between two looks', () => {
  it('is nothing where nothing did', () => {
    expect(follow(seen(0, on('a')), seen(2_000, on('a')))[1]).to.deep.equal([]);
  });

  it('is a move, whose outage can be told only as well as the looks lie', () => {
    const [, gone, , moved] = follow(
      seen(0, on('a')),
      seen(2_000, nowhere),
      seen(4_000, nowhere),
      seen(6_000, on('b')),
    );
    expect(gone).to.deep.equal([{ kind: 'stopped', name: 'vip', betweenMs: [0, 2_100], from: ['a'] }]);
    // Seen active from 0 on, missed by 2,100; still missed at 4,000, seen again by 6,100.
    const away = { leastMs: 1_900, mostMs: 6_100 };
    expect(moved).to.deep.equal([
      { kind: 'moved', name: 'vip', betweenMs: [4_000, 6_100], from: ['a'], to: ['b'], away },
    ]);
  });

  it('says no more than the longest outage where each look saw it somewhere', () => {
    const [, [moved] = []] = follow(seen(0, on('a')), seen(2_000, on('b')));
    expect(moved).to.deep.include({ kind: 'moved', away: { leastMs: 0, mostMs: 2_100 } });
  });

  it('knows a resource that is back where it was from one that is new', () => {
    const [, , back] = follow(seen(0, on('a')), seen(2_000, nowhere), seen(4_000, on('a')));
    expect(back?.map(({ kind }) => kind)).to.deep.equal(['back']);
    const [, started] = follow(seen(0, nowhere), seen(2_000, on('a')));
    expect(started).to.deep.equal([{ kind: 'started', name: 'vip', betweenMs: [0, 2_100], to: ['a'] }]);
  });

  it('trusts a node about its own address more than the cluster, and a node that is off not at all', () => {
    const beside = { ...NOTHING_BESIDE, addresses: new Map([['vip', '192.168.56.24']]) };
    const bound = { device: 'eth1', address: '192.168.56.24', prefix: 24, up: false };
    const reports = [{ reading: { node: 'a', at: '' }, look: { addresses: [bound] } }];
    const cut = lookOf(seen(0, on('a'), { beside, reports }));
    expect(cut.places.size).to.equal(0);
    expect(lookOf(seen(0, on('a'), { off: ['a'] })).places.size).to.equal(0);
    expect(lookOf(seen(0, on('a'), { beside })).places.get('vip')).to.deep.equal(['a']);
  });

  it('says nothing of a look at which nobody answered, and bridges it', () => {
    const [, blind, later] = follow(seen(0, on('a')), seen(2_000, undefined), seen(4_000, on('b')));
    expect(blind).to.deep.equal([]);
    expect(later?.[0]).to.deep.include({ kind: 'moved', betweenMs: [0, 4_100], away: { leastMs: 0, mostMs: 4_100 } });
  });

  it('names nodes, the DC, quorum and links', () => {
    const lost = state({ nodes: [down('a'), node('b'), node('c')], dc: { name: 'b' }, quorate: false });
    const linksDown = [{ node: 'a', device: 'eth1', state: 'down', cutsOff: true } as const];
    const [, changes = []] = follow(
      seen(0, state()),
      seen(2_000, { ...lost, resources: state().resources }, { beside: { ...NOTHING_BESIDE, linksDown } }),
    );
    const told = changes.map((each) => (each.kind === 'other' ? `${each.name}: ${each.from} → ${each.to}` : each.kind));
    expect(told).to.deep.equal([
      'a: online → OFFLINE',
      'DC: a → b',
      'quorum: with quorum → WITHOUT quorum',
      'a eth1: up → down',
    ]);
  });
});
