/** Three values: `unknown` outranks `passed`, `failed` outranks both. `skipped` takes no part in the ranking. */
export type Verdict = 'passed' | 'unknown' | 'failed' | 'skipped';

/** A check's verdict on one observation, and what it saw, in words. */
export interface Judgement {
  readonly verdict: 'passed' | 'unknown' | 'failed';
  /** One line: what was seen, with the names and values that decided it. */
  readonly seen: string;
  /** Failed because what it is about is not known or not seen alike, so that its negation does not hold either. */
  readonly isUndecided?: true;
}

const RANK: { readonly [V in Verdict]: number } = { skipped: 0, passed: 1, unknown: 2, failed: 3 };

/** The highest-ranking verdict; without any verdict, `skipped`. */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  return [...verdicts].reduce((worst, verdict) => (RANK[verdict] > RANK[worst] ? verdict : worst), 'skipped');
}

/** The exit codes of the command line; CI must be able to tell 1 from 3. */
export const EXIT = {
  passed: 0,
  failed: 1,
  usage: 2,
  unknown: 3,
  bug: 70,
  interrupted: 130,
} as const;

export function exitCodeOf(verdict: Verdict): number {
  return verdict === 'failed' ? EXIT.failed : verdict === 'unknown' ? EXIT.unknown : EXIT.passed;
}
