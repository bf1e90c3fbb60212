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

/** The closing lines and the exit code. A whole run in which no end-to-end test ran is no success. */
export function verdictOf(
  tiers: ReadonlyMap<string, Counts>,
  whole: boolean,
): { readonly lines: readonly string[]; readonly exitCode: number } {
  const total = [...tiers.values()].reduce(sum, NO_COUNTS);
  const e2e = tiers.get('e2e');
  const real = e2e ? e2e.passed + e2e.failed : 0;
  const missing = whole && real === 0;
  const lines = [
    ...(e2e ? [`end-to-end tests on a real cluster: ${real}`] : []),
    ...(missing ? ['no end-to-end test ran, so this is not a success'] : []),
    `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
  ];
  return { lines, exitCode: total.failed > 0 || missing ? 1 : 0 };
}
