import { expect } from 'chai';
import type { ClusterMoment, NodeClock } from '../../../src/model/breakdown.js';
import { LabError } from '../../../src/model/errors.js';
import type { Step } from '../../../src/model/scenario.js';
import type { Target } from '../../../src/model/target.js';
import { createRunSession } from '../../../src/runner/create-session.js';
import { executeStep } from '../../../src/runner/execute-step.js';
import { combineClocks } from '../../../src/runner/measure.js';
import { createMemoryRun, cutHolder, HOLDER, type MemoryRun, step, VIP, within } from '../../support/memory-run.js';

const SPEC = { id: 'vip', kind: 'ping', target: VIP, from: { kind: 'storage' }, everyMs: 20 } as const;
const execute = ({ session }: MemoryRun, one: Step) => executeStep(session, { id: 'scene' }, one);
const cut = step('cut', { action: cutHolder, probes: [SPEC], within: within(20_000) });

/** What ha-host2 logs of the cut that the simulated cluster takes 8,030 ms to get over; in ms after the run began. */
function journal(startedMs: number): (node: string) => readonly ClusterMoment[] {
  const told = (ms: number, moment: object) => ({ ...moment, atMs: startedMs + ms, line: 'a line' }) as ClusterMoment;
  return (node) =>
    node === 'ha-host2'
      ? [
          told(3_650, { kind: 'token-lost' }),
          told(8_000, { kind: 'membership', left: true }),
          told(8_020, { kind: 'started', resource: 'vip', node: 'ha-host2' }),
        ]
      : [];
}

const phasesOf = (result: Awaited<ReturnType<typeof execute>>) =>
  result.probes?.[0]?.breakdown?.phases.map(({ phase }) => phase);

/** Nodes on the machine's own clock. */
async function onOneClock(): Promise<MemoryRun> {
  const memory = await createMemoryRun();
  return { ...memory, session: createRunSession({ ...memory.deps, backend: { ...memory.deps.backend, kernel: [] } }) };
}

describe('explaining outages', () => {
  it('breaks an outage down by the journals, whose resource is found by the address', async () => {
    const memory = await onOneClock();
    memory.lab.mischief.history = journal(Date.parse(memory.deps.clock.now()));
    const result = await execute(memory, cut);
    expect(phasesOf(result)).to.deep.equal(['detect', 'membership', 'start', 'answers']);
    const breakdown = result.probes?.[0]?.breakdown;
    expect(breakdown?.resource).to.equal('vip');
    expect(breakdown?.clocks).to.deep.equal([]);
    const total = breakdown?.phases.reduce((sum, { durationMs }) => sum + durationMs, 0);
    expect(total).to.be.closeTo(result.probes?.[0]?.windows[0]?.durationMs ?? 0, 25);
  });

  it('says which phases no journal tells of', async () => {
    const memory = await onOneClock();
    const result = await execute(memory, cut);
    expect(phasesOf(result)).to.deep.equal(['answers']);
    expect(result.probes?.[0]?.breakdown?.missing.map(({ phase }) => phase)).to.deep.equal([
      ...['detect', 'membership', 'fence', 'start'],
    ]);
  });

  it('leaves alone what has not ended, and a step that does nothing', async () => {
    const memory = await onOneClock();
    const short = await execute(memory, { ...cut, within: within(2_000) });
    expect(short.probes?.[0]?.breakdown).to.equal(undefined);
    const idle = await execute(memory, step('look', { probes: [{ ...SPEC, id: 'idle' }] }));
    expect(idle.probes?.[0]?.breakdown).to.equal(undefined);
  });

  it('asks no node of a fault on several whose journal is out of reach, and goes by the others', async () => {
    const memory = await onOneClock();
    const asked: string[] = [];
    const told = journal(Date.parse(memory.deps.clock.now()));
    memory.lab.mischief.history = (node) => {
      asked.push(node);
      return told(node);
    };
    const nodes: readonly Target[] = [HOLDER, { kind: 'storage' }];
    const dark = step('dark', {
      action: { kind: 'fault', fault: { kind: 'power-off', nodes } },
      probes: [{ ...SPEC, from: { kind: 'node', name: 'ha-host3' } }],
      within: within(20_000),
    });
    const result = await execute(memory, dark);
    expect(result.verdict, result.reason).to.equal('passed');
    expect(phasesOf(result)).to.deep.equal(['detect', 'membership', 'start', 'answers']);
    expect(result.probes?.[0]?.breakdown?.unread).to.deep.equal(['ha-host1']);
    expect(new Set(asked)).to.deep.equal(new Set(['ha-host2', 'ha-host3']));
  });

  it('says whose journal could not be read', async () => {
    const memory = await onOneClock();
    memory.lab.mischief.history = (node) => {
      if (node === 'ha-host3') throw new LabError('status-unreadable', 'no journal');
      return journal(Date.parse('2026-11-23T08:31:55.000Z'))(node);
    };
    const result = await execute(memory, cut);
    expect(result.probes?.[0]?.breakdown?.unread).to.deep.equal(['ha-host3']);
  });

  it('puts the clocks of nodes that have their own on the run’s', async () => {
    const plain = await createMemoryRun();
    plain.lab.mischief.command = (_node, argv) =>
      argv[0] === 'date' ? { stdout: `${(Date.parse(plain.deps.clock.now()) + 60_000) / 1000}\n` } : undefined;
    plain.lab.mischief.history = journal(Date.parse(plain.deps.clock.now()) + 60_000);
    const session = createRunSession({ ...plain.deps, backend: { ...plain.deps.backend, kernel: ['clock'] } });
    const result = await execute({ ...plain, session }, cut);
    expect(phasesOf(result)).to.deep.equal(['detect', 'membership', 'start', 'answers']);
    const clocks = result.probes?.[0]?.breakdown?.clocks ?? [];
    expect(clocks.map(({ node }) => node)).to.include.members(['ha-host2', 'ha-host3']);
    for (const { offsetMs } of clocks) expect(offsetMs).to.equal(60_000);
  });
});

describe('combineClocks', () => {
  const clock = (offsetMs: number, uncertainMs: number): NodeClock => ({ node: 'ha-host1', offsetMs, uncertainMs });

  it('takes the middle of before and after, and is unsure by how much they differ', () => {
    expect(combineClocks([clock(10, 2)], [clock(14, 3)])).to.deep.equal([clock(12, 5)]);
  });

  it('does with one measurement where there is no other', () => {
    expect(combineClocks([], [clock(14, 3)])).to.deep.equal([clock(14, 3)]);
    expect(combineClocks([clock(10, 2)], [])).to.deep.equal([]);
  });
});
