import { expect } from 'chai';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { LabError } from '../../../src/model/errors.js';
import type { Expectation } from '../../../src/model/expectation.js';
import type { ClusterPort } from '../../../src/ports/cluster.js';
import { poll } from '../../../src/runner/poll.js';
import { createRound } from '../../../src/runner/round.js';
import type { RunSession } from '../../../src/runner/session.js';
import { createMemoryRun, MAJORITY, vipStarted } from '../../support/memory-run.js';

/** A memory run whose cluster counts how often each node's state is read. */
async function countingRun(answersAfterMs = 0) {
  const asked = new Map<string, number>();
  const plain = await createMemoryRun();
  const counting: ClusterPort = {
    ...plain.deps.cluster,
    readState: async (transport, signal) => {
      asked.set(transport.node, (asked.get(transport.node) ?? 0) + 1);
      await plain.deps.clock.sleep(answersAfterMs, signal);
      return plain.deps.cluster.readState(transport, signal);
    },
  };
  const memory = await createMemoryRun({ deps: { ...plain.deps, cluster: counting } });
  const offline = {
    kind: 'node',
    node: { kind: 'node', name: 'ha-host2' },
    is: 'offline',
    seenFrom: MAJORITY,
  } as const;
  const look = (isMeasuring?: () => boolean) =>
    poll(memory.session, {
      expectations: [offline],
      deadlineMs: memory.deps.clock.monotonicMs() + 5_000,
      onWaiting: () => undefined,
      ...(isMeasuring ? { isMeasuring } : {}),
    });
  return { asked, look };
}

describe('poll', () => {
  it('takes one node’s word for "not yet", and asks everyone once a second', async () => {
    const { asked, look } = await countingRun();
    const [judged] = await look();
    expect(judged?.judgement.verdict).to.equal('failed');
    expect(asked.get('ha-host1')).to.be.within(40, 60);
    expect(asked.get('ha-host2')).to.be.within(5, 8);
    expect(asked.get('ha-host3')).to.equal(asked.get('ha-host2'));
  });

  it('says in the first round what is slow to confirm, and later only what pcs status confirms', async () => {
    const memory = await createMemoryRun();
    const log: string[] = [];
    const { checks } = memory.deps;
    let warnings = 0;
    const slowly = {
      ...checks,
      warning: {
        ...checks.warning,
        observe: async () => {
          log.push('slow');
          warnings += 1;
          return warnings;
        },
        judge: (_expectation: unknown, seen: number) =>
          ({ verdict: seen > 1 ? 'passed' : 'failed', seen: `${seen} readings` }) as const,
      },
    } as unknown as typeof checks;
    const session = { ...memory.session, deps: { ...memory.deps, checks: slowly } };
    const judged = await poll(session, {
      expectations: [{ kind: 'warning', text: 'any', is: 'absent' }, vipStarted()],
      deadlineMs: memory.deps.clock.monotonicMs() + 5_000,
      onWaiting: () => log.push('waiting'),
      onPassing: () => log.push('passing'),
    });
    expect(judged.map(({ judgement }) => judgement.verdict)).to.deep.equal(['passed', 'passed']);
    expect(log.slice(0, 5)).to.deep.equal(['passing', 'slow', 'waiting', 'slow', 'passing']);
  });

  it('leaves a node alone for as long as it took to answer, and for a second at most', async () => {
    const slow = await countingRun(250);
    await slow.look();
    expect(slow.asked.get('ha-host1')).to.be.within(9, 11);
    const slower = await countingRun(1_500);
    await slower.look();
    expect(slower.asked.get('ha-host1')).to.equal(3);
  });

  it('hardly looks while an outage is timed', async () => {
    const { asked, look } = await countingRun();
    await look(() => true);
    expect(asked.get('ha-host1')).to.be.within(5, 8);
  });
});

/** Looks for the VIP to be started, as it is, while `pcs status` tells of the cluster what `told` makes of it. */
async function lookWhile(told: (state: ClusterState) => ClusterState) {
  const memory = await createMemoryRun();
  memory.lab.mischief.pcsStatus = told;
  const begunMs = memory.deps.clock.monotonicMs();
  const waitedFor: string[] = [];
  const judged = await poll(memory.session, {
    expectations: [vipStarted()],
    deadlineMs: begunMs + 3_000,
    onWaiting: (seen) => waitedFor.push(seen),
  });
  return { judged, waitedFor, tookMs: memory.deps.clock.monotonicMs() - begunMs };
}

/** What the expectation does not ask for. */
const withHost3Away = (state: ClusterState): ClusterState => ({
  ...state,
  nodes: state.nodes.map((node) => (node.name === 'ha-host3' ? { ...node, online: false } : node)),
});

describe('a node whose machine is off', () => {
  it('is known to a round by the backend; one that is frozen is not off, nor is any if the backend cannot tell', async () => {
    const { session, deps, lab } = await createMemoryRun();
    await lab.backend.power?.off(deps.instance, 'ha-host3');
    await lab.backend.pause?.freeze(deps.instance, 'ha-host2');
    const offIn = async (asked: RunSession) => {
      const round = createRound(asked);
      return Promise.all(asked.haNodes.map((name) => round.isOff(name)));
    };
    expect(await offIn(session)).to.deep.equal([false, false, true]);
    const status = async () => {
      throw new LabError('process-failed', 'the hypervisor does not answer');
    };
    const blind = { ...session, deps: { ...deps, backend: { ...deps.backend, status } } };
    expect(await offIn(blind)).to.deep.equal([false, false, false]);
  });
});

describe('the two readings of a node', () => {
  it('pass what they agree on at the first look', async () => {
    const { judged, tookMs } = await lookWhile((state) => state);
    expect(judged[0]?.judgement.verdict).to.equal('passed');
    expect(tookMs).to.equal(0);
  });

  it('pass nothing while they tell different clusters, and keep the text', async () => {
    const { judged, tookMs } = await lookWhile(withHost3Away);
    expect(judged[0]?.judgement).to.deep.equal({
      verdict: 'unknown',
      seen: 'the readings of ha-host1 disagree: ha-host3: pcs status says offline, crm_mon says online',
    });
    expect(judged[0]?.texts.map(({ text }) => text)[0]).to.contain('OFFLINE: [ ha-host3 ]');
    expect(tookMs).to.equal(3_000);
  });

  it('are read again when they disagree once, as when the cluster changes between them', async () => {
    let asked = 0;
    const { judged, waitedFor, tookMs } = await lookWhile((state) => {
      asked += 1;
      return asked === 1 ? withHost3Away(state) : state;
    });
    expect(judged[0]?.judgement.verdict).to.equal('passed');
    expect(waitedFor).to.have.lengthOf(1);
    expect(waitedFor[0]).to.contain('ha-host3: pcs status says offline');
    expect(tookMs).to.be.within(1, 2_000);
  });

  it('are both read on one node, even where every node is asked', async () => {
    const memory = await createMemoryRun();
    const asked: string[] = [];
    const { cluster } = memory.deps;
    const counting: ClusterPort = {
      ...cluster,
      readPcsStatus: (transport, signal) => {
        asked.push(transport.node);
        return cluster.readPcsStatus(transport, signal);
      },
    };
    const counted = await createMemoryRun({ deps: { ...memory.deps, cluster: counting } });
    const [judged] = await poll(counted.session, {
      expectations: [{ kind: 'dc', dc: 'agreed', seenFrom: { kind: 'target', target: { kind: 'all' } } }],
      deadlineMs: counted.deps.clock.monotonicMs() + 1_000,
      onWaiting: () => undefined,
    });
    expect(judged?.judgement.verdict, judged?.judgement.seen).to.equal('passed');
    expect(asked).to.deep.equal(['ha-host1']);
  });

  it('are both of the step before where that has just passed and nothing was done since', async () => {
    const memory = await createMemoryRun();
    let asked = 0;
    memory.lab.mischief.pcsStatus = (state) => {
      asked += 1;
      return state;
    };
    const { session, deps } = memory;
    const look = () =>
      poll(session, {
        expectations: [vipStarted()],
        deadlineMs: deps.clock.monotonicMs() + 3_000,
        onWaiting: () => undefined,
      });
    await look();
    const [again] = await look();
    expect(again?.judgement.verdict).to.equal('passed');
    expect(again?.texts).to.have.length(1);
    expect(asked, 'right after it').to.equal(1);
    await deps.clock.sleep(2_001);
    await look();
    expect(asked, 'later').to.equal(2);
    session.observed.outdate();
    await look();
    expect(asked, 'after something was done').to.equal(3);
    memory.lab.world().resources.set('left', { id: 'left', agent: 'ocf:pacemaker:Dummy', banned: new Set() });
    await look();
    expect(asked, 'where the XML says otherwise now').to.equal(4);
  });

  it('shows the first three of many disagreements', async () => {
    const { judged } = await lookWhile((state) => ({
      ...state,
      nodes: [1, 2, 3, 4, 5].map((number) => ({
        name: `stranger${number}`,
        type: 'member',
        online: true,
        standby: false,
        maintenance: false,
        pending: false,
        unclean: false,
      })),
    }));
    expect(judged[0]?.judgement.seen).to.match(/stranger1: .*; stranger2: .*; stranger3: .*; and 5 more$/);
    expect(judged[0]?.judgement.seen).to.not.contain('stranger4');
  });

  it('leave a failure a failure', async () => {
    const memory = await createMemoryRun();
    memory.lab.mischief.pcsStatus = withHost3Away;
    const [failed] = await poll(memory.session, {
      expectations: [{ kind: 'node', node: { kind: 'node', name: 'ha-host2' }, is: 'offline', seenFrom: MAJORITY }],
      deadlineMs: memory.deps.clock.monotonicMs() + 1_000,
      onWaiting: () => undefined,
    });
    expect(failed?.judgement.verdict).to.equal('failed');
  });
});

describe('what must not come true for a time', () => {
  const never = (text: string, ms: number, is: 'started' | 'stopped') => ({
    kind: 'never',
    never: vipStarted({ is }),
    for: { source: text, terms: [{ kind: 'ms' as const, ms }] },
  });
  const ask = (memory: Awaited<ReturnType<typeof createMemoryRun>>, expectations: readonly Expectation[], ms = 2_000) =>
    poll(memory.session, {
      expectations,
      deadlineMs: memory.deps.clock.monotonicMs() + ms,
      onWaiting: () => undefined,
    });

  it('is looked at over the whole time, however soon all else holds', async () => {
    const memory = await createMemoryRun();
    const begunMs = memory.deps.clock.monotonicMs();
    const judged = await ask(memory, [vipStarted(), never('10s', 10_000, 'stopped')]);
    expect(judged.map(({ judgement }) => judgement.verdict)).to.deep.equal(['passed', 'passed']);
    expect(judged[1]?.judgement.seen).to.match(/^as expected at each of 1[01] looks in 10s$/);
    expect(memory.deps.clock.monotonicMs() - begunMs).to.be.within(10_000, 11_100);
  });

  it('fails as soon as it is seen', async () => {
    const memory = await createMemoryRun();
    const begunMs = memory.deps.clock.monotonicMs();
    const [, judged] = await ask(memory, [vipStarted(), never('1min', 60_000, 'started')]);
    expect(judged?.judgement).to.deep.include({ verdict: 'failed' });
    expect(memory.deps.clock.monotonicMs() - begunMs).to.be.below(2_000);
  });

  it('gives the rest no more time than it had', async () => {
    const memory = await createMemoryRun();
    const begunMs = memory.deps.clock.monotonicMs();
    const [plain, judged] = await ask(memory, [vipStarted({ is: 'stopped' }), never('1min', 60_000, 'stopped')]);
    expect(plain?.judgement.verdict).to.equal('failed');
    expect(judged?.judgement.verdict).to.equal('unknown');
    expect(memory.deps.clock.monotonicMs() - begunMs).to.be.below(4_000);
  });

  it('is unknown where nobody answers for a while', async () => {
    const memory = await createMemoryRun();
    for (const name of ['ha-host1', 'ha-host2', 'ha-host3']) memory.lab.mischief.closed.add(name);
    const [judged] = await ask(memory, [never('10s', 10_000, 'stopped')], 0);
    expect(judged?.judgement.verdict).to.equal('unknown');
    expect(judged?.judgement.seen).to.match(/^0 looks in 10s, and not known for 10 s: no reading of the cluster/);
  });
});
