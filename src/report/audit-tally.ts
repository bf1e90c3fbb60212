import type { AuditResult, Finding } from '../model/audit.js';
import type { ScenarioResult, StepResult } from '../model/event.js';

/** The outcome of an audit; `expected` is broken as its step had declared, and in no other way. */
export type AuditOutcome = 'held' | 'expected' | 'unknown' | 'broken' | 'skipped';

export type DeclaredViolation = AuditResult['expected'][number];

export interface AuditTally {
  /** False with `--no-audits`. */
  readonly on: boolean;
  /** After how many steps audits were made. */
  readonly steps: number;
  readonly outcomes: { readonly [O in AuditOutcome]: number };
  /** Of one step: the fewest and the most that held. */
  readonly heldLeast: number;
  readonly heldMost: number;
  /** Violations that were expected and not found. */
  readonly expectedNotFound: number;
  /** After how many steps none was made, and why. */
  readonly notMade: { readonly steps: number; readonly reasons: readonly string[] };
  /** Looking and judging. */
  readonly durationMs: number;
  /** Waiting until the cluster was idle, which later steps need not do again. */
  readonly settlingMs: number;
}

export function auditOutcomeOf(result: AuditResult): AuditOutcome {
  if (result.verdict === 'failed') return 'broken';
  if (result.verdict !== 'passed') return result.verdict;
  return expectedAndFound(result).length > 0 ? 'expected' : 'held';
}

export function expectedAndFound({ expected }: AuditResult): readonly DeclaredViolation[] {
  return expected.filter(({ findings }) => findings.length > 0);
}

/** Where the verdict is inconclusive, a violation without a finding means nothing. */
export function expectedNotFoundOf({ verdict, expected }: AuditResult): readonly DeclaredViolation[] {
  return verdict === 'passed' || verdict === 'failed' ? expected.filter(({ findings }) => findings.length === 0) : [];
}

/** A step's findings that no expected violation covers, each with the audit that found it. */
export function findingsOf({ audits }: StepResult): readonly (Pick<Finding, 'verdict' | 'seen'> & {
  readonly audit: string;
})[] {
  return (audits?.results ?? []).flatMap(({ audit, verdict, seen, findings }) => {
    if (verdict !== 'failed' && verdict !== 'unknown') return [];
    return findings.length > 0 ? findings.map((finding) => ({ ...finding, audit })) : [{ audit, verdict, seen }];
  });
}

/** Undefined where nothing is known of audits, as in runs from before there were any. */
export function auditTallyOf(
  scenarios: readonly Pick<ScenarioResult, 'steps'>[],
  on: boolean | undefined,
): AuditTally | undefined {
  const audits = scenarios.flatMap(({ steps }) => steps.flatMap((step) => step.audits ?? []));
  if (on === undefined && audits.length === 0) return undefined;
  const made = audits.filter(({ skipped }) => skipped === undefined);
  const reasons = audits.flatMap(({ skipped }) => skipped ?? []);
  const results = made.flatMap((each) => each.results);
  const outcomes = results.map(auditOutcomeOf);
  const count = (outcome: AuditOutcome) => outcomes.filter((each) => each === outcome).length;
  const heldOfEach = made.map((each) => each.results.filter((result) => auditOutcomeOf(result) === 'held').length);
  return {
    on: on ?? true,
    steps: made.length,
    outcomes: {
      held: count('held'),
      expected: count('expected'),
      unknown: count('unknown'),
      broken: count('broken'),
      skipped: count('skipped'),
    },
    heldLeast: made.length === 0 ? 0 : Math.min(...heldOfEach),
    heldMost: Math.max(0, ...heldOfEach),
    expectedNotFound: results.flatMap(expectedNotFoundOf).length,
    notMade: { steps: reasons.length, reasons: [...new Set(reasons)] },
    durationMs: audits.reduce((sum, each) => sum + each.durationMs - each.settledAfterMs, 0),
    settlingMs: audits.reduce((sum, each) => sum + each.settledAfterMs, 0),
  };
}
