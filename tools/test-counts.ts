export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Each failure by name, with the first lines of what it said. */
  readonly failures: readonly string[];
}

export const NO_COUNTS: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function sum(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** What the mocha run called `name` came to; one that crashed, or failed without naming a test, is one failure. */
export function countsOfMocha(name: string, counts: Counts | undefined, exitCode: number | undefined): Counts {
  if (!counts) return { ...NO_COUNTS, failed: 1, failures: [`${name}: ended without counts`] };
  if (exitCode === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, failures: [`${name}: ${howItEnded(exitCode)}, though no test failed`] };
}

/** A command that is no test run counts as one test. */
export function countsOfCommand(name: string, exitCode: number | undefined): Counts {
  if (exitCode === 0) return { ...NO_COUNTS, passed: 1 };
  return { ...NO_COUNTS, failed: 1, failures: [`${name}: ${howItEnded(exitCode)}`] };
}

function howItEnded(exitCode: number | undefined): string {
  return exitCode === undefined ? 'ended by a signal' : `exit code ${exitCode}`;
}

const MESSAGE_LINES = 8;

/** A failed test in the closing lines: its titles, outermost suite first, and below them how its message begins. */
export function failureText(titles: readonly string[], message: string): string {
  const lines = message.trimEnd().split('\n');
  const more = lines.length > MESSAGE_LINES ? ['…'] : [];
  return [titles.join(' › '), ...[...lines.slice(0, MESSAGE_LINES), ...more].map((line) => `  ${line}`)].join('\n');
}

export interface Circumstances {
  /** All tiers of `npm test`: then a run without an end-to-end test is no success. */
  readonly whole: boolean;
  /** A tier took longer than it may, where that is a failure. */
  readonly overBudget: boolean;
}

/** The closing lines, failures first: a log that was cut in the middle still names them. The exit code goes with them. */
export function verdictOf(
  tiers: ReadonlyMap<string, Counts>,
  { whole, overBudget }: Circumstances,
): { readonly lines: readonly string[]; readonly exitCode: number } {
  const total = [...tiers.values()].reduce(sum, NO_COUNTS);
  const e2e = tiers.get('e2e');
  const real = e2e ? e2e.passed + e2e.failed : 0;
  const missing = whole && real === 0;
  const lines = [
    ...(total.failures.length > 0 ? ['what failed:', ...total.failures.map(indented), ''] : []),
    ...(e2e ? [`end-to-end tests on a real cluster: ${real}`] : []),
    ...(missing ? ['no end-to-end test ran, so this is not a success'] : []),
    ...(overBudget ? ['a tier took longer than its budget, so this is not a success (HALAB_TEST_BUDGET=strict)'] : []),
    `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
  ];
  return { lines, exitCode: total.failed > 0 || missing || overBudget ? 1 : 0 };
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
