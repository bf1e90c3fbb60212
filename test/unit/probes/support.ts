import type { Attempt } from '../../../src/probes/attempts.js';

/** Attempts every 20 ms from 0 on: `.` answered after 1 ms, `x` in vain, a number answered after that many ms. */
export function attemptsOf(pattern: readonly (string | number)[], everyMs = 20): readonly Attempt[] {
  return pattern.map((what, index): Attempt => {
    const beforeMs = index * everyMs;
    const attempt = { sequence: index + 1, beforeMs, afterMs: beforeMs };
    if (what === 'x') return attempt;
    return { ...attempt, answeredMs: beforeMs + (typeof what === 'number' ? what : 1) };
  });
}

export function many(what: string, count: number): readonly string[] {
  return Array.from({ length: count }, () => what);
}
