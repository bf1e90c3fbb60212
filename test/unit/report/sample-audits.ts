import { AUDITS, type AuditKind, type AuditResult, type Finding } from '../../../src/model/audit.js';
import type { RunInfo, StepAudits, StepResult } from '../../../src/model/event.js';
import { CUT, HOSTILE, INFO, MEND, SKIPPED_MEND } from './sample-run.js';

const VIP_TWICE: Finding = {
  verdict: 'failed',
  subjects: ['vip', 'ha-host1', 'ha-host2'],
  seen: 'vip is active on ha-host1 and ha-host2',
};
const ADDRESS_TWICE: Finding = {
  verdict: 'failed',
  subjects: ['192.168.56.24'],
  seen: '192.168.56.24 is on eth1 of ha-host1 and on eth1 of ha-host2, and iscsi-disks hears an answer from each of them',
};
const SILENT: Finding = { verdict: 'unknown', subjects: ['ha-host1'], seen: 'ha-host1 did not answer' };
const BECAUSE = { en: 'nothing fences the node that was cut off', zh: '没有隔离,被断开的节点仍在运行 VIP' };

function held(audit: AuditKind): AuditResult {
  return { audit, verdict: 'passed', seen: `what ${audit} asks for holds`, findings: [], expected: [] };
}

/** All of them, of which all hold but those given. */
export function stepAudits(others: readonly AuditResult[] = [], more: Partial<StepAudits> = {}): StepAudits {
  const results = AUDITS.map((audit) => others.find((other) => other.audit === audit) ?? held(audit));
  return { results, durationMs: 2350, settledAfterMs: 800, evidence: [], ...more };
}

const EVIDENCE = { evidence: ['evidence/audits/walkthrough/cut.json'] };

const BROKEN: AuditResult = {
  ...held('single-active'),
  verdict: 'failed',
  seen: VIP_TWICE.seen,
  findings: [VIP_TWICE, ADDRESS_TWICE],
};
const UNTOLD: AuditResult = { ...held('one-dc'), verdict: 'unknown', seen: SILENT.seen, findings: [SILENT] };

export const EXPECTED: AuditResult = {
  ...held('single-active'),
  seen: VIP_TWICE.seen,
  expected: [{ because: BECAUSE, of: ['vip', '192.168.56.24'], findings: [VIP_TWICE, ADDRESS_TWICE] }],
};
export const NOT_FOUND: AuditResult = { ...held('one-mac'), expected: [{ because: BECAUSE, findings: [] }] };

/** Steps of which nothing but the audits is bad. */
export const HELD_CUT: StepResult = { ...CUT, audits: stepAudits() };
export const HELD_MEND: StepResult = { ...MEND, audits: stepAudits() };
export const BROKEN_CUT: StepResult = {
  ...CUT,
  verdict: 'failed',
  reason: `audit single-active: ${VIP_TWICE.seen}`,
  audits: stepAudits([BROKEN], EVIDENCE),
  hint: { en: 'Look for a node that nobody fenced.' },
};
export const UNTOLD_CUT: StepResult = {
  ...CUT,
  verdict: 'unknown',
  reason: `audit one-dc: ${SILENT.seen}`,
  audits: stepAudits([UNTOLD], EVIDENCE),
};
export const EXPECTED_CUT: StepResult = { ...CUT, audits: stepAudits([EXPECTED], EVIDENCE) };
export const NOT_FOUND_CUT: StepResult = { ...CUT, audits: stepAudits([NOT_FOUND]) };

/** Before there is a cluster nothing is audited. */
export const EARLY_MEND: StepResult = {
  ...MEND,
  audits: { skipped: 'no cluster runs on any node', results: [], durationMs: 100, settledAfterMs: 0, evidence: [] },
};
/** One audit was left out, and the rest held. */
export const PARTIAL_MEND: StepResult = {
  ...MEND,
  audits: stepAudits([{ ...held('one-mac'), verdict: 'skipped', seen: 'no address is up', findings: [] }]),
};
export const HOSTILE_CUT: StepResult = {
  ...BROKEN_CUT,
  reason: HOSTILE,
  audits: stepAudits(
    [
      { ...BROKEN, seen: HOSTILE, findings: [{ ...VIP_TWICE, seen: HOSTILE }] },
      { ...EXPECTED, audit: 'one-mac', expected: [{ because: { en: HOSTILE }, of: [HOSTILE], findings: [SILENT] }] },
      { ...NOT_FOUND, audit: 'one-dc', expected: [{ because: { en: HOSTILE }, of: [HOSTILE], findings: [] }] },
    ],
    { evidence: [HOSTILE] },
  ),
};

export const INFO_WITHOUT_AUDITS: RunInfo = { ...INFO, audits: false };

/** As run.json was before there were audits. */
export const OLD_INFO = JSON.parse(JSON.stringify({ ...INFO, audits: undefined })) as RunInfo;

/** Steps and verdict of each run that reports must be able to tell. */
export const AUDITED_RUNS = {
  'all hold': [[HELD_CUT, HELD_MEND], 'passed'],
  'one is broken': [[BROKEN_CUT, SKIPPED_MEND], 'failed'],
  'one could not be told': [[UNTOLD_CUT, SKIPPED_MEND], 'unknown'],
  'one is broken as expected': [[EXPECTED_CUT, HELD_MEND], 'passed'],
  'one was expected and held': [[NOT_FOUND_CUT, HELD_MEND], 'passed'],
  'one was left out': [[HELD_CUT, PARTIAL_MEND], 'passed'],
  'none was made after a step': [[EARLY_MEND, HELD_CUT], 'passed'],
  'everything is hostile': [[HOSTILE_CUT], 'failed'],
} as const satisfies Readonly<Record<string, readonly [readonly StepResult[], 'passed' | 'unknown' | 'failed']>>;
