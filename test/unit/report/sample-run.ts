import type { RunEvent, RunInfo, ScenarioResult, StampedEvent, StepResult } from '../../../src/model/event.js';

export const HOSTILE = '<script>alert("x")</script> & \'q\' ]]> \u0007\u001b[31m \ud800 漢';

export const INFO: RunInfo = {
  run: '2024-05-01T10-00-00-walkthrough',
  halab: '0.1.0',
  startedAt: '2024-05-01T10:00:00.000Z',
  lab: 'linuxha',
  instance: 'demo',
  backend: 'embedded',
  image: 'debian-12',
  imageHash: '0123456789abcdef',
  kernel: '6.1.0',
  seed: 7,
  audits: true,
  language: 'en',
  packages: {
    'ha-host1': { pacemaker: '2.1.5', corosync: '3.1.7' },
    'ha-host2': { pacemaker: '2.1.5', corosync: '3.1.7' },
    'ha-host3': { pacemaker: '2.1.5', corosync: '3.1.7' },
    'iscsi-disks': { tgt: '1.0.85' },
  },
  scenarios: ['walkthrough'],
};

export const CUT: StepResult = {
  scenario: 'walkthrough',
  step: 'cut',
  title: { en: 'Pull the cluster link of the holder', zh: '停掉持有 VIP 的节点的网口' },
  verdict: 'passed',
  durationMs: 8420,
  checks: [
    {
      expected: 'resource vip is started, not on ha-host1',
      verdict: 'passed',
      seen: 'vip Started on ha-host2',
      evidence: ['evidence/cut/pcs-status.txt'],
    },
  ],
  targets: { '{holder of vip}': 'ha-host1' },
  probes: [
    {
      probe: 'cut',
      kind: 'ping',
      target: '192.168.56.24',
      sent: 600,
      answered: 190,
      everyMs: 20,
      largestGapMs: 21,
      windows: [{ fromMs: 20_000, toMs: 28_240, durationMs: 8240, ended: true, atLeastMs: 8220, atMostMs: 8260 }],
    },
  ],
  constants: { token: 3650, consensus: 4380, 'dc-deadtime': 20_000 },
};

export const MEND: StepResult = {
  scenario: 'walkthrough',
  step: 'mend',
  title: { en: 'Put the link back' },
  verdict: 'passed',
  durationMs: 2500,
  checks: [
    { expected: 'all nodes are online', verdict: 'passed', seen: 'online: ha-host1, ha-host2, ha-host3', evidence: [] },
  ],
  targets: {},
};

export const FAILED_CUT: StepResult = {
  ...CUT,
  verdict: 'failed',
  reason: 'vip did not start elsewhere within 18.0s',
  checks: [
    {
      expected: 'resource vip is started, not on ha-host1',
      verdict: 'failed',
      seen: `vip Stopped ${HOSTILE}`,
      evidence: ['evidence/cut/pcs-status.txt'],
    },
  ],
  hint: { en: 'Look for a ban with pcs constraint.' },
};

export const SKIPPED_MEND: StepResult = {
  ...MEND,
  verdict: 'skipped',
  durationMs: 0,
  reason: 'an earlier step failed',
  checks: [],
};

export const UNKNOWN_MEND: StepResult = { ...MEND, verdict: 'unknown', reason: 'ha-host1 did not answer', checks: [] };

export function scenarioOf(steps: readonly StepResult[], verdict: ScenarioResult['verdict']): ScenarioResult {
  return {
    scenario: 'walkthrough',
    title: { en: 'The walk-through', zh: '完整演练' },
    verdict,
    durationMs: steps.reduce((sum, step) => sum + step.durationMs, 0),
    steps,
  };
}

const FAULT = { kind: 'link-down', node: 'ha-host1', link: 'eth1', by: 'admin' } as const;

/** The events of a run with one scenario of the given steps. */
export function eventsOf(
  steps: readonly StepResult[],
  verdict: ScenarioResult['verdict'],
  info: RunInfo = INFO,
): readonly RunEvent[] {
  const title = { en: 'The walk-through', zh: '完整演练' };
  const plan = [
    {
      scenario: 'walkthrough',
      title,
      asGiven: false,
      steps: steps.map((step) => ({ step: step.step, title: step.title })),
    },
  ];
  return [
    { kind: 'run-started', run: info.run, lab: info.lab, backend: info.backend, plan },
    { kind: 'stage-started', stage: 'up', title: 'Lab up' },
    { kind: 'stage-progress', stage: 'up', text: 'ha-host1 booted' },
    { kind: 'stage-finished', stage: 'up', durationMs: 4200 },
    { kind: 'run-info', info },
    { kind: 'scenario-started', scenario: 'walkthrough', title, asGiven: false },
    ...steps.flatMap((result): RunEvent[] =>
      result.verdict === 'skipped' ? [{ kind: 'step-finished', result }] : eventsOfStep(result),
    ),
    { kind: 'scenario-finished', result: scenarioOf(steps, verdict) },
    { kind: 'evidence-fetched', node: 'ha-host1', files: ['evidence/ha-host1/corosync.log'] },
    { kind: 'run-finished', verdict, durationMs: 62_000 },
  ];
}

function eventsOfStep(result: StepResult): RunEvent[] {
  const { scenario, step, title } = result;
  const say = { en: `eth1 carries heartbeat and service here ${HOSTILE}` };
  const broken: RunEvent[] =
    step === 'cut'
      ? [
          { kind: 'fault-journalled', id: 'f1', fault: FAULT },
          { kind: 'fault-injected', id: 'f1', fault: FAULT },
        ]
      : [];
  const healed: RunEvent[] = step === 'mend' ? [{ kind: 'fault-healed', id: 'f1', fault: FAULT }] : [];
  return [
    { kind: 'step-started', scenario, step, title, say, deadlineMs: 18_000 },
    ...broken,
    ...healed,
    {
      kind: 'command-finished',
      scenario,
      step,
      node: 'ha-host1',
      argv: ['pcs', 'status'],
      exitCode: 0,
      durationMs: 90,
      stdout: `out ${HOSTILE}`,
      stderr: '',
    },
    { kind: 'step-waiting', scenario, step, seen: 'vip Stopped', elapsedMs: 1000 },
    { kind: 'step-finished', result },
  ];
}

/** Each event a second after the one before. */
export function stamped(events: readonly RunEvent[]): readonly StampedEvent[] {
  return events.map((event, seq) => ({
    ...event,
    seq,
    ms: seq * 1000,
    at: new Date(Date.UTC(2024, 4, 1) + seq * 1000).toISOString(),
  }));
}
