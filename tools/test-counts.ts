export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NO_COUNTS: Counts = { passed: 0, failed: 0, skipped: 0 };

export function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** What a mocha run came to; one that crashed, or failed without naming a test, is one failure. */
export function countsOfMocha(counts: Counts | undefined, exitCode: number | undefined): Counts {
  if (!counts) return { ...NO_COUNTS, failed: 1 };
  return exitCode === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** A command that is no test run counts as one test. */
export function countsOfCommand(exitCode: number | undefined): Counts {
  return exitCode === 0 ? { ...NO_COUNTS, passed: 1 } : { ...NO_COUNTS, failed: 1 };
}

export interface Circumstances {
  /** All tiers of `npm test`: then a run without an end-to-end test is no success. */
  readonly whole: boolean;
  /** A tier took longer than it may, where that is a failure. */
  readonly overBudget: boolean;
}

/** The closing lines and the exit code. */
export function verdictOf(
  tiers: ReadonlyMap<string, Counts>,
  { whole, overBudget }: Circumstances,
): { readonly lines: readonly string[]; readonly exitCode: number } {
  const total = [...tiers.values()].reduce(sum, NO_COUNTS);
  const e2e = tiers.get('e2e');
  const real = e2e ? e2e.passed + e2e.failed : 0;
  const missing = whole && real === 0;
  const lines = [
    ...(e2e ? [`end-to-end tests on a real cluster: ${real}`] : []),
    ...(missing ? ['no end-to-end test ran, so this is not a success'] : []),
    ...(overBudget ? ['a tier took longer than its budget, so this is not a success (HALAB_TEST_BUDGET=strict)'] : []),
    `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
  ];
  return { lines, exitCode: total.failed > 0 || missing || overBudget ? 1 : 0 };
}
