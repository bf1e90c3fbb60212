import { expect } from 'chai';
import type { RunEvent, StampedEvent, StepResult } from '../../../src/model/event.js';
import type { NodeView } from '../../../src/model/node-view.js';
import { apply, INITIAL } from '../../../src/report/state.js';
import { changesOf, momentAt } from '../../../src/web/moment.js';
import { pictureOf } from '../../../src/web/picture.js';

const CUT: StepResult = {
  ...{
    scenario: 'down',
    step: 'cut',
    title: { en: 'Cut' },
    verdict: 'passed',
    durationMs: 9_000,
    checks: [],
    targets: {},
  },
  probes: [
    {
      ...{ probe: 'vip', kind: 'ping', target: '10.0.0.24', sent: 500, answered: 80, everyMs: 20, largestGapMs: 21 },
      ran: { fromMs: 900, toMs: 10_000 },
      windows: [{ fromMs: 1_015, toMs: 9_255, durationMs: 8_240, ended: true }],
      breakdown: {
        ...{ beganMs: 1_015, missing: [], unread: [], clocks: [] },
        phases: [
          { phase: 'detect', atMs: 4_665, durationMs: 3_650, uncertainMs: 0, node: 'b', source: 'token lost' },
          { phase: 'answers', atMs: 9_255, durationMs: 4_590, uncertainMs: 0, source: 'first answer' },
        ],
      },
    },
  ],
};
const FAULT = { kind: 'link-down', node: 'a', link: 'eth1' } as const;

const view = (members: NodeView['members'], vip: readonly string[], more: Partial<NodeView> = {}): NodeView => ({
  ...{ answered: true, clusterRuns: true, quorate: true },
  ...{ members, resources: { vip: vip.map((node) => ({ node, role: 'Started' as const })) } },
  ...more,
});
const ALL = { a: 'online', b: 'online', c: 'online' } as const;
const WITHOUT_A = { ...ALL, a: 'offline' } as const;

const EVENTS: readonly (readonly [ms: number, event: RunEvent])[] = [
  [0, { kind: 'run-started', run: 'x', lab: 'l', backend: 'embedded', plan: [] }],
  [100, { kind: 'node-seen', node: 'a', view: view(ALL, ['a'], { dc: 'c' }) }],
  [100, { kind: 'node-seen', node: 'b', view: view(ALL, ['a'], { dc: 'c' }) }],
  [100, { kind: 'node-seen', node: 'c', view: view(ALL, ['a'], { dc: 'c' }) }],
  [500, { kind: 'scenario-started', scenario: 'down', title: { en: 'Down' }, asGiven: false }],
  [600, { kind: 'step-started', scenario: 'down', step: 'cut', title: { en: 'Cut' } }],
  [1_000, { kind: 'fault-injected', id: 'f', fault: FAULT }],
  [
    8_000,
    {
      kind: 'node-seen',
      node: 'a',
      view: view({ a: 'online', b: 'offline', c: 'offline' }, ['a'], { quorate: false, dc: 'a' }),
    },
  ],
  [9_000, { kind: 'node-seen', node: 'b', view: view(WITHOUT_A, ['b'], { dc: 'c' }) }],
  [9_100, { kind: 'node-seen', node: 'c', view: view(WITHOUT_A, ['b'], { dc: 'c' }) }],
  [
    9_300,
    { kind: 'node-seen', node: 'a', view: view({ a: 'online', b: 'offline', c: 'offline' }, [], { quorate: false }) },
  ],
  [10_000, { kind: 'step-finished', result: CUT }],
  [12_000, { kind: 'fault-healed', id: 'f', fault: FAULT }],
  [13_000, { kind: 'node-seen', node: 'a', view: { answered: false, machine: 'frozen' } }],
  [14_000, { kind: 'run-finished', verdict: 'passed', durationMs: 14_000 }],
];
const stateOf = (events: typeof EVENTS) =>
  events.map(([ms, event], seq): StampedEvent => ({ ...event, ms, seq, at: '' })).reduce(apply, INITIAL);
const picture = pictureOf(stateOf(EVENTS));

const values = (spans: readonly { fromMs: number; toMs: number; value: string }[] = []) =>
  spans.map(({ fromMs, toMs, value }) => [fromMs, toMs, value]);
const lanesOf = (name: string) => picture.nodes.find(({ node }) => node === name);

describe('the picture of a run', () => {
  it('takes membership from the nodes with quorum, and quorum from each node itself', () => {
    expect(values(lanesOf('a')?.membership)).to.deep.equal([
      [100, 9_000, 'online'],
      [9_000, 14_000, 'offline'],
    ]);
    expect(values(lanesOf('a')?.quorum)).to.deep.equal([
      [100, 8_000, 'yes'],
      [8_000, 13_000, 'no'],
    ]);
    expect(lanesOf('a')?.membership.at(-1)?.by).to.deep.equal(['b', 'c']);
  });

  it('counts no DC that only a node without quorum names', () => {
    expect(lanesOf('a')?.dc).to.deep.equal([]);
    expect(values(lanesOf('c')?.dc)).to.deep.equal([[100, 14_000, 'dc']]);
  });

  it('has a machine that does not answer as the backend reports it', () => {
    expect(values(lanesOf('a')?.power)).to.deep.equal([
      [100, 13_000, 'running'],
      [13_000, 14_000, 'frozen'],
    ]);
  });

  it('names the steps before one that no audit followed', () => {
    const skipped = { ...CUT.audits, skipped: 'audited together with the next step' } as typeof CUT.audits;
    const steps = (['one', 'two', 'three', 'four'] as const).flatMap((step, index): (typeof EVENTS)[number][] => {
      const result = { ...CUT, step, ...(index < 2 ? { audits: skipped } : {}) };
      return [
        [1_000 * index, { kind: 'step-started', scenario: 'down', step, title: { en: step } }],
        [1_000 * index + 500, { kind: 'step-finished', result }],
      ];
    });
    const { steps: drawn } = pictureOf(stateOf([...EVENTS.slice(0, 5), ...steps]));
    expect(drawn.map(({ unaudited }) => unaudited)).to.deep.equal([[], ['one'], ['one', 'two'], []]);
  });

  it('asks each node what it runs itself, so that a resource on two nodes is seen', () => {
    expect(values(picture.resources[0]?.spans)).to.deep.equal([
      [100, 9_000, 'a'],
      [9_000, 9_300, 'a, b'],
      [9_300, 14_000, 'b'],
    ]);
  });

  it('draws probes to the millisecond, from their own beginning to their end', () => {
    expect(values(picture.probes[0]?.spans)).to.deep.equal([
      [900, 1_015, 'answered'],
      [1_015, 9_255, 'silent'],
      [9_255, 10_000, 'answered'],
    ]);
  });

  it('has faults, steps with their audits, and the ends of phases', () => {
    expect(picture.faults).to.deep.equal([
      { id: 'f', kind: 'link-down', place: 'a', nodes: ['a'], fromMs: 1_000, toMs: 12_000, isHealed: true },
    ]);
    expect(picture.steps[0]).to.include({ fromMs: 600, judgedMs: 9_600, toMs: 10_000, verdict: 'passed' });
    expect(picture.marks.map(({ atMs, kind }) => [atMs, kind])).to.deep.equal([
      [1_000, 'injected'],
      [4_665, 'detect'],
      [9_255, 'answers'],
      [12_000, 'healed'],
    ]);
  });

  it('begins with the scenarios that were asked for', () => {
    expect(picture.focus.fromMs).to.be.within(0, 600);
    expect(picture.focus.toMs).to.be.within(10_000, 10_500);
  });

  it('is empty for a run that has nothing, and complete wherever a run is cut off', () => {
    expect(pictureOf(INITIAL).nodes).to.deep.equal([]);
    for (let length = 1; length <= EVENTS.length; length += 1) {
      const { toMs, nodes, steps } = pictureOf(stateOf(EVENTS.slice(0, length)));
      for (const span of [...nodes.flatMap((each) => each.membership), ...steps])
        expect(span.toMs).to.be.at.most(toMs).and.at.least(span.fromMs);
    }
  });
});

describe('the lab at a moment', () => {
  it('has every node, resource, probe and fault as they were', () => {
    const { nodes, probes, faults, step } = momentAt(picture, 9_200);
    expect(
      nodes.map(({ node, membership, isDc, resources }) => [node, membership?.value, isDc, resources]),
    ).to.deep.equal([
      ['a', 'offline', false, ['vip']],
      ['b', 'online', false, ['vip']],
      ['c', 'online', true, []],
    ]);
    expect(probes[0]?.span?.value).to.equal('silent');
    expect(faults.map(({ kind }) => kind)).to.deep.equal(['link-down']);
    expect(step?.step).to.equal('cut');
  });

  it('knows nothing before anything was reported', () => {
    const { nodes, step } = momentAt(picture, 50);
    expect(nodes[0]).to.deep.equal({ node: 'a', isDc: false, resources: [] });
    expect(step).to.equal(undefined);
  });

  it('changes at the edges of what is drawn, in order', () => {
    const changes = changesOf(picture);
    expect(changes).to.include.members([0, 1_015, 4_665, 9_000, 9_255, 9_300, 14_000]);
    expect(changes).to.deep.equal([...new Set(changes)].sort((one, other) => one - other));
  });
});
