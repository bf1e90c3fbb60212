import { isLabError } from '../model/errors.js';
import type { Expectation } from '../model/scenario.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext, CheckDriver, CheckTable } from '../ports/check.js';

type AnyDriver = CheckDriver<Expectation, unknown>;

export function checkDriverOf(checks: CheckTable, expectation: Expectation): AnyDriver {
  return checks[expectation.kind] as unknown as AnyDriver;
}

/** Looks and judges; a LabError on the way means that we could not tell. */
export async function judgeOnce(
  checks: CheckTable,
  expectation: Expectation,
  context: CheckContext,
): Promise<Judgement> {
  const driver = checkDriverOf(checks, expectation);
  try {
    return driver.judge(expectation, await driver.observe(expectation, context));
  } catch (error) {
    if (!isLabError(error)) throw error;
    return { verdict: 'unknown', seen: error.message };
  }
}

/** Rank in a round: what is had for nothing first, what needs a login last. */
const COST: { readonly [K in Expectation['kind']]: number } = {
  exit: 0,
  output: 0,
  node: 1,
  nodes: 1,
  resource: 1,
  quorum: 1,
  dc: 1,
  address: 2,
  property: 3,
  fenced: 3,
  agent: 3,
  failcount: 1,
  constraint: 3,
  untouched: 6,
  'any-of': 4,
  daemons: 5,
  warning: 5,
  ssh: 6,
  outage: 7,
  writes: 7,
  'answered-by': 7,
};

export function cheapFirst(expectations: readonly Expectation[]): readonly Expectation[] {
  return expectations.toSorted((a, b) => COST[a.kind] - COST[b.kind]);
}

/** The expectation and all that stand inside it. */
export function withNested(expectation: Expectation): readonly Expectation[] {
  return expectation.kind === 'any-of' ? [expectation, ...expectation.anyOf.flat().flatMap(withNested)] : [expectation];
}

/** Whether it can only be judged when the probe has ended. */
export function isOfProbe(expectation: Expectation): boolean {
  return withNested(expectation).some(({ kind }) => kind === 'outage' || kind === 'writes' || kind === 'answered-by');
}

/** Whether it is about the step's own command, which does not run twice: no waiting changes it. */
export function isOfCommand(expectation: Expectation): boolean {
  return expectation.kind === 'exit' || expectation.kind === 'output';
}
