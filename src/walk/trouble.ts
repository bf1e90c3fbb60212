import type { ScenarioResult, StepResult } from '../model/event.js';

/** What stopped a walk. */
export interface Trouble {
  readonly step: string;
  readonly verdict: 'failed' | 'unknown';
  /** The audit that it was, or else what part of the step. */
  readonly what: string;
  readonly reason?: string;
}

/** Undefined where nothing did, or where it was only interrupted. */
export function troubleOf(result: Pick<ScenarioResult, 'steps'>): Trouble | undefined {
  const step = result.steps.find(({ verdict }) => verdict === 'failed' || verdict === 'unknown');
  if (step === undefined || step.reason === 'interrupted') return undefined;
  const verdict = step.verdict as Trouble['verdict'];
  return {
    step: step.step,
    verdict,
    what: whatOf(step, verdict),
    ...(step.reason === undefined ? {} : { reason: step.reason }),
  };
}

/** Where two runs of the same faults end alike, names of nodes aside. */
export function isAlike(one: Trouble, other: Trouble | undefined): boolean {
  return other !== undefined && one.verdict === other.verdict && one.what === other.what;
}

function whatOf({ checks, audits }: StepResult, verdict: Trouble['verdict']): string {
  if (checks.some((check) => check.verdict === verdict)) return 'expectation';
  const audit = audits?.results.find((each) => each.verdict === verdict);
  return audit === undefined ? 'action' : `audit ${audit.audit}`;
}
