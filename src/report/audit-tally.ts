import type { AuditResult, Finding } from '../model/audit.js';
import type { ScenarioResult, StepResult } from '../model/event.js';

/** What became of an audit; `excused` is broken as its step had declared, and in no other way. */
export type AuditOutcome = 'held' | 'excused' | 'unknown' | 'broken' | 'skipped';

export type DeclaredExcuse = AuditResult['excused'][number];

export interface AuditTally {
  /** False with `--no-audits`. */
  readonly on: boolean;
  /** After how many steps audits were made. */
  readonly steps: number;
  readonly outcomes: { readonly [O in AuditOutcome]: number };
  /** Of one step: the fewest and the most that held. */
  readonly heldLeast: number;
  readonly heldMost: number;
  /** Excuses of audits that held all the same. */
  readonly needlessExcuses: number;
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
  return excusesThatCameTrue(result).length > 0 ? 'excused' : 'held';
}

export function excusesThatCameTrue({ excused }: AuditResult): readonly DeclaredExcuse[] {
  return excused.filter(({ findings }) => findings.length > 0);
}

/** Where it could not be told, an excuse without a finding says nothing. */
export function needlessExcusesOf({ verdict, excused }: AuditResult): readonly DeclaredExcuse[] {
  return verdict === 'passed' || verdict === 'failed' ? excused.filter(({ findings }) => findings.length === 0) : [];
}

/** What no excuse covers of a step's audits, each with the audit that found it. */
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
      excused: count('excused'),
      unknown: count('unknown'),
      broken: count('broken'),
      skipped: count('skipped'),
    },
    heldLeast: made.length === 0 ? 0 : Math.min(...heldOfEach),
    heldMost: Math.max(0, ...heldOfEach),
    needlessExcuses: results.flatMap(needlessExcusesOf).length,
    notMade: { steps: reasons.length, reasons: [...new Set(reasons)] },
    durationMs: audits.reduce((sum, each) => sum + each.durationMs - each.settledAfterMs, 0),
    settlingMs: audits.reduce((sum, each) => sum + each.settledAfterMs, 0),
  };
}
