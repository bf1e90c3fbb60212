import { bestSplit, mannWhitneyP, median, ranksOf } from './statistics.js';

/** What was measured in one night; the raw repeats. */
export interface Sample {
  readonly night: string;
  readonly values: readonly number[];
}

/** A step in a series: from this night on the values are others. */
export interface Change {
  /** The first night of the new values. */
  readonly night: string;
  /** Medians of the nights since the change before, and until the next. */
  readonly before: number;
  readonly after: number;
  /** Of the Mann-Whitney test on the raw repeats, times the number of nights on which the step counts as new. */
  readonly p: number;
  /** The nights on both sides, by their places in the series: `from`, first of the new ones, end. */
  readonly span: readonly [from: number, at: number, to: number];
}

/** A part of a series has at least so many nights. */
const LEAST_NIGHTS = 3;
/** A series that is shorter is not judged. */
export const ENOUGH_NIGHTS = 12;
const LEAST_SHARE = 0.04;
const ALPHA = 0.001;
/** A step counts as new for so many nights. Each of them looks at it again, which p is corrected for (Bonferroni). */
export const NEW_NIGHTS = 7;
/** Of so many series one in a thousand would be a false alarm every other week. */
const MANY_SERIES = 100;
const ALPHA_OF_MANY = 0.0001;

/** How sure one has to be of a change, where so many series are looked at. */
export function alphaFor(series: number): number {
  return series >= MANY_SERIES ? ALPHA_OF_MANY : ALPHA;
}

/**
 * Pure. The changes of a series, oldest first: of the nights on whose two sides the medians differ by 4 %, E-divisive on the ranks
 * of the nightly medians proposes one, and the Mann-Whitney test on the raw repeats of both sides confirms it. A part in which a
 * change was found is searched on both sides of it. No random numbers: the same series has the same changes.
 */
export function changesIn(nights: readonly Sample[], alpha: number): readonly Change[] {
  return nights.length < ENOUGH_NIGHTS ? [] : search(nights, 0, nights.length, alpha);
}

function search(nights: readonly Sample[], from: number, to: number, alpha: number): readonly Change[] {
  const part = nights.slice(from, to);
  const medians = part.map((each) => median(each.values));
  const sidesOf = (at: number) => [median(medians.slice(0, at)), median(medians.slice(at))] as const;
  const isCandidate = (at: number) => at >= LEAST_NIGHTS && part.length - at >= LEAST_NIGHTS && isLarge(...sidesOf(at));
  const split = bestSplit(ranksOf(medians), isCandidate);
  if (split === undefined) return [];
  const p = Math.min(1, NEW_NIGHTS * mannWhitneyP(rawOf(part.slice(0, split)), rawOf(part.slice(split))));
  if (p >= alpha) return [];
  const at = from + split;
  const [before, after] = sidesOf(split);
  const change = { night: nights[at]?.night ?? '', before, after, p, span: [from, at, to] } as const;
  return [...search(nights, from, at, alpha), change, ...search(nights, at, to, alpha)];
}

function rawOf(nights: readonly Sample[]): readonly number[] {
  return nights.flatMap(({ values }) => values);
}

function isLarge(before: number, after: number): boolean {
  return Math.abs(after - before) >= LEAST_SHARE * before && after !== before;
}
