import { expect } from 'chai';
import { CHECKS, type KnownExpectation } from '../../../src/checks/index.js';
import { CLUSTER_COMMANDS } from '../../../src/cluster/create-cluster.js';
import { FAULTS } from '../../../src/faults/index.js';
import { AUDITS, type AuditKind, type Finding } from '../../../src/model/audit.js';
import type { LabObservation, NodeObservation } from '../../../src/model/observation.js';
import type { Action, FormationStage, ResolvedFault, Step } from '../../../src/model/scenario.js';
import type { Target } from '../../../src/model/target.js';
import type { AuditInput, Auditor, AuditTable, PendingActivity } from '../../../src/ports/audit.js';
import { activeFaults } from '../../../src/ports/fault.js';
import { touchedBy, withExpected } from '../../../src/runner/audit-step.js';
import { executeStep } from '../../../src/runner/execute-step.js';
import {
  createMemoryRun,
  cutHolder,
  HOLDER,
  MAJORITY,
  run,
  step,
  vipStarted,
  WAS_HOLDER,
  within,
} from '../../support/memory-run.js';
import { testLab } from '../cluster/test-lab.js';

const place = { id: 'scene' };
const BECAUSE = { en: 'a second holder is what this step is about' };
const TWICE: Finding = { verdict: 'failed', subjects: ['vip', 'ha-host2'], seen: 'vip is on ha-host1 and ha-host2' };

/** Audits whose findings and observations a test chooses; `inputs` and `asked` keep what the runner gave them. */
function scripted(script: {
  readonly finds?: Partial<Record<AuditKind, readonly Finding[]>>;
  readonly pendingActivity?: (look: number) => PendingActivity | undefined;
  readonly node?: (name: string, since: string) => Partial<NodeObservation>;
}): { readonly auditor: Auditor; readonly inputs: AuditInput[]; readonly asked: string[] } {
  const inputs: AuditInput[] = [];
  const asked: string[] = [];
  let looks = 0;
  const table = Object.fromEntries(
    AUDITS.map((kind) => [
      kind,
      {
        kind,
        holds: { en: `${kind} holds` },
        reads: { en: 'nothing' },
        judge(input: AuditInput): readonly Finding[] {
          if (kind === 'settled') {
            inputs.push(input);
            return input.unsettled === undefined ? [] : [{ verdict: 'unknown', subjects: [], seen: input.unsettled }];
          }
          return script.finds?.[kind] ?? [];
        },
      },
    ]),
  ) as unknown as AuditTable;
  const auditor: Auditor = {
    table,
    pendingActivityIn(_now: LabObservation) {
      looks += 1;
      return script.pendingActivity?.(looks);
    },
    async observe(transport, { since }) {
      asked.push(`${transport.node} since ${since}`);
      await transport.exec(['true'], { timeoutMs: 1_000 });
      const own = script.node?.(transport.node, since) ?? {};
      return { node: transport.node, answered: true, problems: {}, clockS: 1_000.5, controller: 'S_NOT_DC', ...own };
    },
    askForMacs: async (transport, { address, device }) => ({ address, from: `${transport.node} ${device}`, macs: [] }),
  };
  return { auditor, inputs, asked };
}

async function executed(one: Step, script: Parameters<typeof scripted>[0] = {}) {
  const audits = scripted(script);
  const memory = await createMemoryRun({ deps: { auditor: audits.auditor } });
  return { ...audits, memory, result: await executeStep(memory.session, place, one) };
}

describe('the audits after a step', () => {
  it('are all judged by one look at every node, and their time is not the step’s', async () => {
    const { result, asked } = await executed(step('look', { expect: [vipStarted()] }));
    expect(result.verdict).to.equal('passed');
    expect(result.audits?.results.map(({ audit, verdict }) => `${audit} ${verdict}`)).to.deep.equal(
      AUDITS.map((kind) => `${kind} passed`),
    );
    expect(asked).to.deep.equal([
      ...['ha-host1', 'ha-host2', 'ha-host3'].map((node) => `${node} since now`),
      ...['ha-host1', 'ha-host2', 'ha-host3'].map((node) => `${node} since @1000`),
    ]);
    expect(result.audits?.evidence).to.deep.equal([]);
  });

  it('observe nothing before the first step in a lab that was made for the run', async () => {
    const { auditor, inputs, asked } = scripted({});
    const memory = await createMemoryRun({ deps: { auditor, isNewLab: true } });
    await executeStep(memory.session, place, step('look', { expect: [vipStarted()] }));
    expect(asked.filter((each) => each.startsWith('ha-host1'))).to.have.length(1);
    expect(inputs.map(({ before }) => before?.nodes)).to.deep.equal([[]]);
  });

  it('fail a step whose expectations all hold, say why, and keep what was seen', async () => {
    const { result, memory } = await executed(step('look', { expect: [vipStarted()] }), {
      finds: { 'single-active': [TWICE] },
    });
    expect(result.verdict).to.equal('failed');
    expect(result.reason).to.equal('audit single-active: vip is on ha-host1 and ha-host2');
    expect(result.checks.every(({ verdict }) => verdict === 'passed')).to.equal(true);
    expect(result.audits?.evidence).to.deep.equal(['evidence/audits/scene/look.json']);
    expect(JSON.parse(memory.files.get('evidence/audits/scene/look.json') ?? '').now.nodes).to.have.length(3);
  });

  it('begin while the text of pcs status is still to confirm the step, and again where it does not', async () => {
    const order: string[] = [];
    const { auditor } = scripted({});
    const memory = await createMemoryRun({
      deps: {
        auditor: {
          ...auditor,
          observe: (transport, question, signal) => {
            if (transport.node === 'ha-host1') order.push('look');
            return auditor.observe(transport, question, signal);
          },
        },
      },
    });
    memory.lab.mischief.pcsStatus = (state) => {
      order.push('text');
      // The first text tells of another cluster.
      return order.filter((each) => each === 'text').length > 1
        ? state
        : { ...state, nodes: state.nodes.map((node) => ({ ...node, standby: true })) };
    };
    const result = await executeStep(memory.session, place, step('look', { expect: [vipStarted()] }));
    expect(result.verdict).to.equal('passed');
    expect(order).to.deep.equal(['look', 'look', 'text', 'look', 'text']);
    expect(result.audits?.settledAfterMs).to.equal(0);
  });

  it('do not take the look of a round that did not pass, though the last one did at the deadline', async () => {
    const looks: number[] = [];
    const { auditor } = scripted({});
    const memory = await createMemoryRun({
      deps: {
        auditor: {
          ...auditor,
          observe: (transport, question, signal) => {
            looks.push(memory.deps.clock.monotonicMs());
            return auditor.observe(transport, question, signal);
          },
        },
      },
    });
    // The text tells of another cluster until just before the deadline.
    memory.lab.mischief.pcsStatus = (state) =>
      memory.deps.clock.monotonicMs() >= 500
        ? state
        : { ...state, nodes: state.nodes.map((node) => ({ ...node, standby: true })) };
    const result = await executeStep(
      memory.session,
      place,
      step('look', { expect: [vipStarted()], within: within(500) }),
    );
    expect(result.verdict).to.equal('passed');
    expect(looks.at(-1)).to.be.at.least(500);
  });

  it('do not take a look from before the end of a step that did not pass', async () => {
    const looks: number[] = [];
    const { auditor } = scripted({});
    const memory = await createMemoryRun({
      deps: {
        auditor: {
          ...auditor,
          observe: (transport, question, signal) => {
            looks.push(memory.deps.clock.monotonicMs());
            return auditor.observe(transport, question, signal);
          },
        },
      },
    });
    memory.lab.mischief.pcsStatus = (state) => ({
      ...state,
      nodes: state.nodes.map((node) => ({ ...node, standby: true })),
    });
    const result = await executeStep(
      memory.session,
      place,
      step('look', { expect: [vipStarted()], within: within(500) }),
    );
    expect(result.verdict).to.equal('unknown');
    expect(looks.at(-1)).to.be.at.least(500);
  });

  it('leave a step unknown that one of them could not judge, unless something failed', async () => {
    const silent: Finding = { verdict: 'unknown', subjects: ['ha-host3'], seen: 'ha-host3 did not answer' };
    const { result } = await executed(step('look'), { finds: { 'one-dc': [silent] } });
    expect(result.verdict).to.equal('unknown');
    const both = await executed(step('look'), { finds: { 'one-dc': [silent], 'single-active': [TWICE] } });
    expect(both.result.verdict).to.equal('failed');
    expect(both.result.reason).to.match(/^audit single-active/);
  });

  it('say what failed, although a check before could not be told', async () => {
    const { result } = await executed(
      step('look', {
        expect: [vipStarted({ seenFrom: { kind: 'target', target: { kind: 'node', name: 'ha-host9' } } })],
        within: within(500),
      }),
      { finds: { 'single-active': [TWICE] } },
    );
    expect(result.checks.map(({ verdict }) => verdict)).to.deep.equal(['unknown']);
    expect(result).to.include({ verdict: 'failed', reason: 'audit single-active: vip is on ha-host1 and ha-host2' });
  });

  it('fail a step that broke off, if they find something broken', async () => {
    const action = { kind: 'form', stage: 'start' } as const;
    const finds = { 'single-active': [TWICE] };
    const audits = scripted({ finds });
    const memory = await createMemoryRun({ deps: { auditor: audits.auditor } });
    memory.lab.mischief.formation = { start: 'ha-host2 refused the password' };
    const result = await executeStep(memory.session, place, step('start', { action }));
    expect(result.verdict).to.equal('failed');
    expect(result.reason).to.equal(
      'ha-host2 refused the password\naudit single-active: vip is on ha-host1 and ha-host2',
    );
  });

  it('wait until the cluster is idle, and tell what they wait for', async () => {
    const busy = { seen: 'the controller of ha-host1 is in state S_TRANSITION_ENGINE', mayStay: false };
    const { result, memory } = await executed(step('look'), {
      pendingActivity: (look) => (look < 4 ? busy : undefined),
    });
    expect(result.verdict).to.equal('passed');
    // Three pauses, of 50, 100 and 200 ms.
    expect(result.audits?.settledAfterMs).to.be.at.least(350);
    expect(memory.events.flatMap((event) => (event.kind === 'step-waiting' ? [event.seen] : []))[0]).to.equal(
      `until the cluster is idle: ${busy.seen}`,
    );
  });

  it('tell of a cluster that did not become idle in time only what is broken all the same', async () => {
    const busy = { seen: 'ha-host1 sees ha-host2 pending', mayStay: false };
    const moving: Finding = { verdict: 'unknown', subjects: ['vip'], seen: 'vip may be on its way' };
    const { result, inputs } = await executed(step('look', { settle: within(2_000) }), {
      pendingActivity: () => busy,
      finds: { 'one-mac': [TWICE, moving], 'single-active': [moving] },
    });
    expect(result.verdict).to.equal('failed');
    expect(result.reason).to.equal(`audit one-mac: ${TWICE.seen}`);
    const [idle, ...rest] = result.audits?.results ?? [];
    expect(idle).to.include({ audit: 'settled', verdict: 'unknown' });
    expect(rest.find(({ audit }) => audit === 'one-mac')?.findings).to.deep.equal([TWICE]);
    const others = rest.filter(({ audit }) => audit !== 'one-mac');
    expect(others).to.have.length(AUDITS.length - 2);
    for (const { verdict, seen } of others)
      expect({ verdict, seen }).to.deep.equal({ verdict: 'skipped', seen: 'the cluster is not idle' });
    expect(inputs[0]?.unsettled).to.equal(busy.seen);
    expect(result.audits?.settledAfterMs).to.be.within(1_500, 2_500);
  });

  it('judge all the same where a step expects it never to be idle', async () => {
    const { result } = await executed(
      step('look', { settle: within(500), expectedViolations: [{ audit: 'settled', because: BECAUSE }] }),
      { pendingActivity: () => ({ seen: 'fencing is tried again and again', mayStay: false }) },
    );
    expect(result.verdict).to.equal('passed');
    expect(result.audits?.results).to.have.length(AUDITS.length);
  });

  it('do not wait for ever for CIBs to be alike: that is for an audit to say', async () => {
    const { result, inputs } = await executed(step('look', { settle: within(30_000) }), {
      pendingActivity: () => ({ seen: 'the CIBs differ', mayStay: true }),
    });
    expect(inputs[0]?.unsettled).to.equal(undefined);
    expect(result.audits?.settledAfterMs).to.be.within(5_000, 6_000);
  });

  it('wait longer for what is known to pass later, and anew for something else', async () => {
    const split = { seen: 'there are 2 partitions', mayStay: true, patienceMs: 30_000 };
    const merging = await executed(step('look', { settle: within(60_000) }), {
      pendingActivity: (look) => (look < 40 ? split : undefined),
    });
    expect(merging.result.audits?.settledAfterMs).to.be.within(9_000, 12_000);
    const { result } = await executed(step('look', { settle: within(60_000) }), {
      pendingActivity: (look) => (look < 30 ? split : { seen: 'the CIBs differ', mayStay: true }),
    });
    expect(result.audits?.settledAfterMs).to.be.within(11_500, 15_000);
  });

  it('wait for nothing after a step that did not pass', async () => {
    const { result } = await executed(
      step('look', { expect: [vipStarted({ on: { kind: 'node', name: 'ha-host3' } })], within: within(500) }),
      {
        pendingActivity: () => ({ seen: 'at work', mayStay: false }),
      },
    );
    expect(result.verdict).to.equal('failed');
    expect(result.reason).to.match(/vip/);
    expect(result.audits?.settledAfterMs).to.equal(0);
  });

  it('are skipped with the reason where no cluster runs', async () => {
    const { result } = await executed(step('look'), {
      node: () => ({ controller: undefined }) as Partial<NodeObservation>,
    });
    expect(result.audits).to.deep.include({ skipped: 'no cluster runs on any node', results: [] });
    expect(result.verdict).to.equal('passed');
  });

  it('judge a step that is audited with the next one only then, against what was seen before both', async () => {
    const { auditor, inputs, asked } = scripted({ node: (name) => ({ bootId: `${name} ${asked.length}` }) });
    const memory = await createMemoryRun({ deps: { auditor } });
    await executeStep(memory.session, place, step('first', { expect: [vipStarted()] }));
    const looks = asked.length;
    memory.lab.mischief.command = (_node, [program]) => (program === 'pcs' ? {} : undefined);
    const standby = run(['pcs', 'node', 'standby', 'ha-host2']);
    const move = await executeStep(memory.session, place, step('move', { action: standby, isAuditedWithNext: true }));
    expect(move.audits).to.deep.include({ skipped: 'audited together with the next step', results: [] });
    expect(asked).to.have.length(looks);
    await executeStep(memory.session, place, step('next', { action: run(['true']) }));
    await executeStep(memory.session, place, step('last', { action: run(['true']) }));
    expect(inputs.map(({ touched }) => touched)).to.deep.equal([[], ['ha-host1', 'ha-host2'], ['ha-host1']]);
    expect(inputs[1]?.before, 'what the audits of the first step saw').to.equal(inputs[0]?.now);
  });

  it('judge such a step at once if it does not pass', async () => {
    const { result, inputs } = await executed(
      step('move', { expect: [vipStarted({ is: 'stopped' })], within: within(100), isAuditedWithNext: true }),
    );
    expect(result.verdict).to.equal('failed');
    expect(inputs).to.have.length(1);
  });

  it('ask nobody after a stage of forming that starts no cluster, where there was none', async () => {
    const script = { node: () => ({ controller: undefined }) as Partial<NodeObservation> };
    const looksAfter = async (stage: FormationStage) => {
      const { result, asked } = await executed(step('form', { action: { kind: 'form', stage } }), script);
      expect(result.audits?.skipped).to.equal('no cluster runs on any node');
      return asked.length / 3;
    };
    expect(await looksAfter('auth')).to.equal(1);
    expect(await looksAfter('start')).to.equal(2);
  });

  it('are skipped while a cluster is being formed, and waited for by nobody', async () => {
    const forming = step('start', { action: { kind: 'form', stage: 'start' }, settle: within(30_000) });
    const { result, memory } = await executed(forming, {
      pendingActivity: () => ({ seen: 'no DC yet', mayStay: false }),
    });
    expect(result.audits).to.deep.include({ skipped: 'the cluster is being formed', results: [] });
    const joining = await executed(forming, { pendingActivity: () => ({ seen: 'they differ', mayStay: true }) });
    expect(joining.result.audits?.skipped).to.equal('the cluster is being formed');
    expect(memory.kinds()).to.not.include('step-waiting');
    const formed = await executed(forming);
    expect(formed.result.audits?.results).to.have.length(AUDITS.length);
  });

  it('are off where there is no auditor', async () => {
    const memory = await createMemoryRun();
    expect((await executeStep(memory.session, place, step('look'))).audits).to.equal(undefined);
  });

  it('know the faults in force, whom the step touched, and of a silent node whether its machine runs', async () => {
    const audits = scripted({});
    const memory = await createMemoryRun({ deps: { auditor: audits.auditor } });
    await executeStep(memory.session, place, step('cut', { action: cutHolder, within: within(20_000) }));
    expect(audits.inputs[0]?.faults.map(({ fault }) => fault)).to.deep.equal([
      { kind: 'link-down', node: 'ha-host1', link: 'eth1', by: 'admin' },
    ]);
    expect(audits.inputs[0]?.touched).to.deep.equal(['ha-host1']);
    expect(audits.inputs[0]?.before?.nodes).to.have.length(3);
    await memory.deps.backend.power?.off(memory.deps.instance, 'ha-host3');
    await executeStep(memory.session, place, step('look'));
    const dark = audits.inputs[1]?.now.nodes.find(({ node }) => node === 'ha-host3');
    expect(dark).to.deep.include({ answered: false, machine: 'stopped' });
  });
});

describe('an expected violation', () => {
  it('covers what it names and nothing else', () => {
    const other: Finding = { verdict: 'failed', subjects: ['web'], seen: 'web is on two nodes' };
    const violation = { audit: 'single-active', of: ['vip'], because: BECAUSE } as const;
    const result = withExpected('single-active', [TWICE, other], [violation], 'holds');
    expect(result).to.deep.equal({
      audit: 'single-active',
      verdict: 'failed',
      seen: 'web is on two nodes',
      findings: [other],
      expected: [{ because: BECAUSE, of: ['vip'], findings: [TWICE] }],
    });
    expect(withExpected('one-mac', [TWICE], [violation], 'holds').verdict).to.equal('failed');
  });

  it('of one operation covers a failure of that on that node, and no other', () => {
    const failure = (change: Partial<Finding> & { readonly on?: string } = {}): Finding => {
      const { on = 'ha-host1', ...more } = change;
      return { verdict: 'failed', subjects: ['vip', on], operation: 'monitor', seen: `it failed on ${on}`, ...more };
    };
    const violation = {
      audit: 'no-failures',
      of: ['vip'],
      operation: 'monitor',
      on: 'ha-host1',
      because: BECAUSE,
    } as const;
    const judged = (...findings: readonly Finding[]) => withExpected('no-failures', findings, [violation], 'holds');
    expect(judged(failure())).to.deep.equal({
      audit: 'no-failures',
      verdict: 'passed',
      seen: 'it failed on ha-host1',
      findings: [],
      expected: [{ because: BECAUSE, of: ['vip'], operation: 'monitor', on: 'ha-host1', findings: [failure()] }],
    });
    const { operation: _, ...untold } = failure();
    const unknown: Finding = { verdict: 'unknown', subjects: ['vip', 'ha-host1'], seen: 'it could not be read' };
    for (const other of [
      failure({ operation: 'start' }),
      failure({ operation: 'probe' }),
      failure({ on: 'ha-host2' }),
      failure({ subjects: ['web', 'ha-host1'] }),
      untold,
      unknown,
    ])
      expect(judged(failure(), other).findings, JSON.stringify(other)).to.deep.equal([other]);
    const { on: _on, ...anywhere } = violation;
    expect(withExpected('no-failures', [failure({ on: 'ha-host2' })], [anywhere], 'holds').verdict).to.equal('passed');
  });

  it('of one operation may name its node by role', async () => {
    const finds = {
      'no-failures': [{ verdict: 'failed', subjects: ['vip', 'ha-host1'], operation: 'monitor', seen: 'it failed' }],
    } as const;
    const expectedViolations = [
      { audit: 'no-failures', of: ['vip'], operation: 'monitor', on: '{was holder of vip}', because: BECAUSE },
    ] as const;
    const { result } = await executed(step('cut', { action: cutHolder, expectedViolations, within: within(20_000) }), {
      finds,
    });
    expect(result.verdict).to.equal('passed');
  });

  it('leaves the worst to be told first', () => {
    const silent: Finding = { verdict: 'unknown', subjects: ['ha-host3'], seen: 'ha-host3 did not answer' };
    expect(withExpected('single-active', [silent, TWICE], [], 'holds')).to.include({
      verdict: 'failed',
      seen: TWICE.seen,
    });
  });

  it('covers everything where it names nothing, what is unknown too', () => {
    const unknown: Finding = { verdict: 'unknown', subjects: ['ha-host1'], seen: 'frozen' };
    const result = withExpected('one-dc', [unknown], [{ audit: 'one-dc', because: BECAUSE }], 'holds');
    expect(result).to.deep.include({ verdict: 'passed', findings: [] });
    expect(result.expected[0]?.findings).to.deep.equal([unknown]);
  });

  it('of all audits covers what none can tell of a node, and nothing that is broken', () => {
    const silent: Finding = { verdict: 'unknown', subjects: ['ha-host2'], seen: 'ha-host2 did not answer' };
    const violation = { audit: 'any', of: ['ha-host2'], because: BECAUSE } as const;
    const result = withExpected('single-active', [silent, TWICE], [violation], 'holds');
    expect(result).to.deep.include({ verdict: 'failed', findings: [TWICE] });
    expect(result.expected).to.deep.equal([{ because: BECAUSE, of: ['ha-host2'], findings: [silent] }]);
    expect(
      withExpected('one-dc', [], [violation], 'holds').expected,
      'nothing to cover, nothing to tell',
    ).to.deep.equal([]);
  });

  it('for what is a matter of chance is told only where it was needed', () => {
    const violation = { audit: 'no-failures', of: ['vip'], optional: true, because: BECAUSE } as const;
    expect(withExpected('no-failures', [], [violation], 'holds').expected).to.deep.equal([]);
    const needed = withExpected('no-failures', [TWICE], [violation], 'holds');
    expect(needed).to.deep.include({ verdict: 'passed', findings: [] });
    expect(needed.expected[0]?.findings).to.deep.equal([TWICE]);
  });

  it('is in the result although the audit held', () => {
    const result = withExpected('one-dc', [], [{ audit: 'one-dc', because: BECAUSE }], 'there is one DC');
    expect(result).to.deep.equal({
      audit: 'one-dc',
      verdict: 'passed',
      seen: 'there is one DC',
      findings: [],
      expected: [{ because: BECAUSE, findings: [] }],
    });
  });

  it('may name a role of the step', async () => {
    const finds = { 'single-active': [{ ...TWICE, subjects: ['ha-host1'] }] };
    const expectedViolations = [{ audit: 'single-active', of: ['{holder of vip}'], because: BECAUSE }] as const;
    const { result } = await executed(step('cut', { action: cutHolder, expectedViolations, within: within(20_000) }), {
      finds,
    });
    expect(result.verdict).to.equal('passed');
  });

  it('may name a role that an earlier step has told, with was or without', async () => {
    const finds = { 'single-active': [{ ...TWICE, subjects: ['ha-host1'] }] };
    const { auditor } = scripted({ finds });
    const { session } = await createMemoryRun({ deps: { auditor } });
    const expectedViolations = [{ audit: 'single-active', of: ['{was holder of vip}'], because: BECAUSE }] as const;
    await executeStep(session, place, step('cut', { action: cutHolder, within: within(20_000) }));
    expect((await executeStep(session, place, step('later', { expectedViolations }))).verdict).to.equal('passed');
    const other = [{ audit: 'single-active', of: ['{was dc}'], because: BECAUSE }] as const;
    expect((await executeStep(session, place, step('nobody', { expectedViolations: other }))).verdict).to.equal(
      'failed',
    );
  });

  it('may name whoever a role was not, whom an earlier step has told', async () => {
    const finds = { 'single-active': [{ ...TWICE, subjects: ['ha-host2'] }] };
    const { auditor } = scripted({ finds });
    const { session } = await createMemoryRun({ deps: { auditor } });
    const than: Target = { kind: 'other', than: WAS_HOLDER };
    const freezeOther: Action = { kind: 'fault', fault: { kind: 'freeze', node: than } };
    const of = ['{any other than was holder of vip}'];
    const expectedViolations = [{ audit: 'single-active', of, because: BECAUSE }] as const;
    await executeStep(session, place, step('first', { action: run(['true'], HOLDER) }));
    await executeStep(session, place, step('freeze', { action: freezeOther }));
    expect((await executeStep(session, place, step('later', { expectedViolations }))).verdict).to.equal('passed');
  });
});

describe('whom a step touches', () => {
  const haNodes = ['a', 'b', 'c'];
  const { mayChangeNodes } = CLUSTER_COMMANDS;
  const touched = (one: Step, nodes: readonly string[] = ['a']) =>
    touchedBy(one, {
      nodes,
      haNodes,
      mayChangeNodes,
      checks: CHECKS,
      nodeOf: (target) => (target.kind === 'node' ? target.name : 'c'),
    });
  const command = (...argv: readonly string[]) =>
    step('x', { action: { kind: 'run', on: { kind: 'node', name: 'a' }, argv } });

  it('is nobody for a command that only asks, or only changes the CIB', () => {
    expect(touched(command('pcs', 'resource', 'create', 'vip', 'ocf:heartbeat:IPaddr2'))).to.deep.equal([]);
    expect(touched(command('/usr/sbin/cibadmin', '--query'))).to.deep.equal([]);
    expect(touched(step('look'))).to.deep.equal([]);
  });

  it('is whom a command names, everybody for --all, and otherwise where it runs', () => {
    expect(touched(command('pcs', 'cluster', 'stop', 'b', 'c'))).to.deep.equal(['b', 'c']);
    expect(touched(command('pcs', 'node', 'standby', 'b'))).to.deep.equal(['b']);
    expect(touched(command('pcs', 'cluster', 'stop', '--all'))).to.deep.equal(['a', 'b', 'c']);
    expect(touched(command('systemctl', 'restart', 'pcsd'))).to.deep.equal(['a']);
    expect(touched(command('sh', '-c', 'pcs cluster stop b; true'))).to.deep.equal(['b']);
    expect(touched(command('pcs', 'stonith', 'fence', 'b'))).to.deep.equal(['b']);
    expect(touched(command('pcs', 'stonith', 'create', 'b', 'fence_ipmilan'))).to.deep.equal([]);
    expect(touched(command('crm_attribute', '--node=b', '--name', 'standby', '--update', 'on'))).to.deep.equal(['b']);
    expect(touched(command('crm_attribute', '--name', 'maintenance-mode', '--update', 'true'))).to.deep.equal([]);
  });

  it('is nobody by what is denied', () => {
    const off: KnownExpectation = {
      kind: 'node',
      node: { kind: 'node', name: 'b' },
      is: 'offline',
      seenFrom: MAJORITY,
    };
    expect(touched(step('x', { expect: [off] }))).to.deep.equal(['b']);
    expect(touched(step('x', { expect: [{ kind: 'any-of', anyOf: [[off], [off]] }] }))).to.deep.equal(['b']);
    expect(touched(step('x', { expect: [{ kind: 'not', not: off }] }))).to.deep.equal([]);
    const on = { ...off, is: 'online' as const };
    expect(touched(step('x', { expect: [{ kind: 'not', not: on }] }))).to.deep.equal(['b']);
    expect(touched(step('x', { expect: [{ kind: 'not', not: { kind: 'not', not: on } }] }))).to.deep.equal([]);
    expect(touched(step('x', { expect: [{ kind: 'not', not: off }] }))).to.deep.equal([]);
  });

  it('is whom the roles in a command mean', () => {
    const roles = { '{holder of vip}': WAS_HOLDER };
    const argv = ['pcs', 'node', 'standby', '{holder of vip}'];
    const action = { kind: 'run', on: { kind: 'node', name: 'a' }, argv, roles } as const;
    expect(touched(step('x', { action }))).to.deep.equal(['c']);
  });

  it('is whom the fault is on that it injects or heals, unless that is between them', () => {
    const about = (fault: ResolvedFault) =>
      touchedBy(step('x'), {
        nodes: [],
        faults: activeFaults([fault], FAULTS, testLab),
        haNodes,
        mayChangeNodes,
        checks: CHECKS,
        nodeOf: () => undefined,
      });
    expect(about({ kind: 'freeze', node: 'a' })).to.deep.equal(['a']);
    expect(about({ kind: 'isolate', node: 'a' })).to.deep.equal(['a']);
    expect(about({ kind: 'one-way-loss', node: 'a', from: 'b', link: 'eth1' })).to.deep.equal(['a']);
    expect(about({ kind: 'partition', groups: [['a'], ['b', 'c']] })).to.deep.equal([]);
    expect(about({ kind: 'ring', nodes: haNodes })).to.deep.equal([]);
  });

  it('is whoever the step expects not to be online', () => {
    const offline = step('x', {
      expect: [{ kind: 'node', node: { kind: 'dc', was: true }, is: 'offline', seenFrom: { kind: 'majority' } }],
    });
    expect(touched(offline)).to.deep.equal(['c']);
  });
});
