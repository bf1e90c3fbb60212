import { expect } from 'chai';
import type { ClusterMoment } from '../../../src/model/breakdown.js';
import { breakdownOf, type History, type Outage } from '../../../src/model/outage.js';

type Part = ClusterMoment extends infer M ? (M extends unknown ? Omit<M, 'line'> : never) : never;
const moments = (...parts: readonly Part[]) => parts.map((part) => ({ ...part, line: part.kind }) as ClusterMoment);
const history = (node: string, ...parts: readonly Part[]): History => ({
  node,
  uncertainMs: 0,
  moments: moments(...parts),
});

const SURVIVOR = history(
  'ha-host2',
  { kind: 'token-lost', atMs: 4_650 },
  { kind: 'membership', left: true, atMs: 9_030 },
  { kind: 'started', resource: 'vip', node: 'ha-host2', atMs: 9_300 },
);
/** Hears of it later, and starts nothing. */
const BYSTANDER = history(
  'ha-host3',
  { kind: 'token-lost', atMs: 4_700 },
  { kind: 'membership', left: true, atMs: 9_040 },
);
const CUT = history('ha-host1', { kind: 'token-lost', atMs: 4_200 }, { kind: 'membership', left: true, atMs: 8_000 });

const OUTAGE: Outage = {
  window: { fromMs: 1_000, toMs: 9_350, durationMs: 8_350, ended: true, atLeastMs: 8_330, atMostMs: 8_371 },
  actedMs: 1_100,
  resource: 'vip',
  broken: ['ha-host1'],
  histories: [CUT, SURVIVOR, BYSTANDER],
  unread: [],
  clocks: [],
};

const lengths = (outage: Outage) =>
  breakdownOf(outage).phases.map(({ phase, durationMs, node }) => [phase, durationMs, node]);

describe('breakdownOf', () => {
  it('adds up to the outage, by the journal of the node that started the resource', () => {
    expect(lengths(OUTAGE)).to.deep.equal([
      ['detect', 3_650, 'ha-host2'],
      ['membership', 4_380, 'ha-host2'],
      ['start', 270, 'ha-host2'],
      ['answers', 50, undefined],
    ]);
    const { phases, missing } = breakdownOf(OUTAGE);
    expect(phases.reduce((sum, { durationMs }) => sum + durationMs, 0)).to.equal(OUTAGE.window.durationMs);
    expect(missing).to.deep.equal([{ phase: 'fence', why: 'not-fenced' }]);
  });

  it('has the fencing where there was one', () => {
    const fencer = history('ha-host3', ...BYSTANDER.moments, { kind: 'fenced', target: 'ha-host1', atMs: 9_200 });
    expect(lengths({ ...OUTAGE, histories: [CUT, SURVIVOR, fencer] })).to.deep.include(['fence', 170, 'ha-host3']);
  });

  it('takes no node for lost that a corosync which has just started has not met yet', () => {
    const booted = (left: boolean) =>
      history(
        'ha-host2',
        { kind: 'link-lost', atMs: 4_000 },
        { kind: 'membership', left, atMs: 4_010 },
        { kind: 'started', resource: 'vip', node: 'ha-host2', atMs: 9_300 },
      );
    expect(lengths({ ...OUTAGE, broken: [], histories: [booted(false)] })).to.deep.equal([
      ['start', 8_300, 'ha-host2'],
      ['answers', 50, undefined],
    ]);
    expect(lengths({ ...OUTAGE, broken: [], histories: [booted(true)] })[0]).to.deep.equal([
      'detect',
      3_000,
      'ha-host2',
    ]);
  });

  describe('of several nodes that are lost', () => {
    /** One after the other, each fenced by the survivor. */
    const survivor = history(
      'ha-host2',
      { kind: 'token-lost', atMs: 4_650 },
      { kind: 'membership', left: true, atMs: 6_000 },
      { kind: 'membership', left: true, atMs: 7_000 },
      { kind: 'fenced', target: 'ha-host1', atMs: 8_000 },
      { kind: 'fenced', target: 'ha-host4', atMs: 9_000 },
      { kind: 'started', resource: 'vip', node: 'ha-host2', atMs: 9_300 },
    );
    const OF_TWO: Outage = { ...OUTAGE, broken: ['ha-host1', 'ha-host4'], histories: [CUT, survivor] };

    it('ends membership and fencing with the last of them', () => {
      expect(lengths(OF_TWO)).to.deep.equal([
        ['detect', 3_650, 'ha-host2'],
        ['membership', 2_350, 'ha-host2'],
        ['fence', 2_000, 'ha-host2'],
        ['start', 300, 'ha-host2'],
        ['answers', 50, undefined],
      ]);
    });

    it('counts nothing that came after the start, and no fencing of another node', () => {
      const later = history(
        'ha-host2',
        ...survivor.moments,
        { kind: 'membership', left: true, atMs: 9_320 },
        { kind: 'fenced', target: 'ha-host4', atMs: 9_330 },
        { kind: 'fenced', target: 'ha-host5', atMs: 9_200 },
      );
      expect(lengths({ ...OF_TWO, histories: [CUT, later] })).to.deep.equal(lengths(OF_TWO));
    });

    it('ends with the first where one node is broken', () => {
      expect(lengths({ ...OF_TWO, broken: ['ha-host1'] }).slice(1, 3)).to.deep.equal([
        ['membership', 1_350, 'ha-host2'],
        ['fence', 2_000, 'ha-host2'],
      ]);
    });
  });

  it('leaves out what no journal tells, says so, and gives its time to the next', () => {
    const silent = history('ha-host2', { kind: 'started', resource: 'vip', node: 'ha-host2', atMs: 9_300 });
    const breakdown = breakdownOf({ ...OUTAGE, histories: [CUT, silent], unread: ['ha-host3'] });
    expect(breakdown.missing.map(({ phase, why }) => `${phase} ${why}`)).to.deep.equal([
      'detect not-found',
      'membership not-found',
      'fence not-fenced',
    ]);
    expect(breakdown.phases.map(({ phase, durationMs }) => [phase, durationMs])).to.deep.equal([
      ['start', 8_300],
      ['answers', 50],
    ]);
    expect(breakdown.unread).to.deep.equal(['ha-host3']);
  });

  it('asks the others where the starter has not heard, and never who is broken', () => {
    const starter = history('ha-host2', { kind: 'started', resource: 'vip', node: 'ha-host2', atMs: 9_300 });
    expect(lengths({ ...OUTAGE, histories: [CUT, starter, BYSTANDER] })[0]).to.deep.equal([
      'detect',
      3_700,
      'ha-host3',
    ]);
  });

  it('ends a start at the first answer where its report came later, and says by how much', () => {
    const late = history('ha-host2', ...SURVIVOR.moments.slice(0, 2), {
      kind: 'started',
      resource: 'vip',
      node: 'ha-host2',
      atMs: 9_400,
    });
    const breakdown = breakdownOf({ ...OUTAGE, histories: [late] });
    expect(breakdown.startReportedAfterMs).to.equal(50);
    expect(breakdown.phases.map(({ durationMs }) => durationMs)).to.deep.equal([3_650, 4_380, 320, 0]);
  });

  it('takes no start of another resource, another node or another time', () => {
    const others = [
      history('ha-host2', { kind: 'started', resource: 'web', node: 'ha-host2', atMs: 9_300 }),
      history('ha-host3', { kind: 'started', resource: 'vip', node: 'ha-host3', atMs: 500 }),
      history('ha-host3', { kind: 'started', resource: 'vip', node: 'ha-host3', atMs: 20_000 }),
    ];
    for (const other of others)
      expect(breakdownOf({ ...OUTAGE, histories: [other] }).missing).to.deep.include({
        phase: 'start',
        why: 'not-found',
      });
    const { resource: _, ...unnamed } = OUTAGE;
    expect(breakdownOf(unnamed).missing).to.deep.include({ phase: 'start', why: 'no-resource' });
  });

  it('begins with the end of the action where the target fell silent later', () => {
    const moved: Outage = { ...OUTAGE, actedMs: 900, histories: [SURVIVOR] };
    expect(breakdownOf(moved).beganMs).to.equal(900);
    expect(lengths(moved)[0]).to.deep.equal(['detect', 3_750, 'ha-host2']);
  });

  it('takes a failed monitor for the detection where corosync lost nobody', () => {
    const local = history(
      'ha-host1',
      { kind: 'monitor-failed', resource: 'web', node: 'ha-host1', atMs: 2_000 },
      { kind: 'monitor-failed', resource: 'vip', node: 'ha-host1', atMs: 8_000 },
      { kind: 'started', resource: 'vip', node: 'ha-host1', atMs: 9_300 },
    );
    const breakdown = breakdownOf({ ...OUTAGE, histories: [local] });
    expect(breakdown.phases[0]).to.deep.include({ phase: 'detect', durationMs: 7_000 });
    expect(breakdown.missing.map(({ phase }) => phase)).to.deep.equal(['membership', 'fence']);
  });

  it('is as unsure as the clocks of the nodes on either side', () => {
    const unsure = { ...SURVIVOR, uncertainMs: 12 };
    const { phases } = breakdownOf({ ...OUTAGE, histories: [unsure] });
    expect(phases.map(({ uncertainMs }) => uncertainMs)).to.deep.equal([33, 24, 24, 33]);
  });
});
