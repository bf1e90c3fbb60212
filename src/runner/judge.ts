import { isLabError } from '../model/errors.js';
import type { Expectation } from '../model/scenario.js';
import type { Judgement } from '../model/verdict.js';
import { type CheckContext, type CheckTable, checkOf, withNested } from '../ports/check.js';

/** Looks and judges; a LabError on the way means that we could not tell. */
export async function judgeOnce(
  checks: CheckTable,
  expectation: Expectation,
  context: CheckContext,
): Promise<Judgement> {
  const check = checkOf(checks, expectation);
  try {
    return check.judge(expectation, await check.observe(expectation, context));
  } catch (error) {
    if (!isLabError(error)) throw error;
    return { verdict: 'unknown', seen: error.message };
  }
}

export function cheapFirst(checks: CheckTable, expectations: readonly Expectation[]): readonly Expectation[] {
  return expectations.toSorted((a, b) => checkOf(checks, a).cost - checkOf(checks, b).cost);
}

/** What takes a program of pcs or a login costs this much. */
const SLOW_COST = 5;

export function isSlow(checks: CheckTable, expectation: Expectation): boolean {
  return checkOf(checks, expectation).cost >= SLOW_COST;
}

/** Whether it can only be judged when the probe has ended. */
export function isOfProbe(checks: CheckTable, expectation: Expectation): boolean {
  return withNested(checks, expectation).some((each) => checkOf(checks, each).when === 'after-probe');
}

/** Whether it is about the step's own command, which does not run twice: no waiting changes it. */
export function isOfCommand(checks: CheckTable, expectation: Expectation): boolean {
  return checkOf(checks, expectation).when === 'of-command';
}
