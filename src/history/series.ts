import { groupBy } from '../model/group-by.js';
import type { NightState } from '../model/night-state.js';
import type { Attempt } from './run-index.js';
import type { Outcome } from './run-rows.js';
import { sum, wilson } from './statistics.js';

/** One scenario in one lab on one image, night by night, oldest first; nights without it are left out. */
export interface Series {
  readonly scenario: string;
  readonly lab: string;
  readonly image: string;
  readonly backend: string;
  readonly nights: readonly SeriesNight[];
}

interface SeriesNight {
  readonly night: string;
  readonly state: NightState;
  /** By time, the first first. */
  readonly attempts: readonly Attempt[];
}

/** Pure. `attempts` by time. The series by name. */
export function seriesOf(attempts: readonly Attempt[]): readonly Series[] {
  const groups = groupBy(attempts, ({ scenario, facts }) =>
    [scenario, facts.lab, facts.image, facts.backend].join('\u0000'),
  );
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, own]) => {
      const [{ scenario, facts }] = own;
      const nights = [...groupBy(own, ({ night }) => night)].toSorted(([one], [other]) => (one < other ? -1 : 1));
      return {
        ...{ scenario, lab: facts.lab, image: facts.image, backend: facts.backend },
        nights: nights.map(([night, ofNight]) => ({ night, state: stateOf(ofNight), attempts: ofNight })),
      };
    });
}

/** Those that say something about the cluster: what was lost or is unknown counts in no test. */
export function decisive<T extends { readonly outcome: Outcome }>(attempts: readonly T[]): readonly T[] {
  return attempts.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed');
}

/** The last result counts. It is flaky where it passed after it had failed with the same versions. */
function stateOf(attempts: readonly Attempt[]): NightState {
  const decided = decisive(attempts);
  const last = decided.at(-1);
  if (last === undefined)
    return (['unknown', 'lost'] as const).find((each) => attempts.some(({ outcome }) => outcome === each)) ?? 'skipped';
  if (last.outcome === 'failed') return 'failed';
  const isFlaky = decided.some((each) => each.outcome === 'failed' && areAlike(each, last));
  return isFlaky ? 'flaky' : 'passed';
}

/** Whether both took place with the same packages, image, halab, lab file and scenario; false where that is not known. */
function areAlike(one: Attempt, other: Attempt): boolean {
  const mark = versionsOf(one);
  return mark !== undefined && mark === versionsOf(other);
}

function versionsOf({ facts, digest }: Attempt): string | undefined {
  const { packages, imageHash, halab, labDigest } = facts;
  return packages && [packages, imageHash, halab, labDigest, digest].join(' ');
}

/** So many of the last decided nights are looked at for flips. */
const FLIP_NIGHTS = 20;
/** One flip is a scenario that broke, or was put right. */
const FLIPS = 2;

/** Whether the verdict went and came back between nights with the same versions. */
export function isUnstable({ nights }: Series): boolean {
  const decided = nights.filter(({ state }) => state === 'passed' || state === 'flaky' || state === 'failed');
  const last = decided.slice(-FLIP_NIGHTS).map(({ state, attempts }) => ({
    hasFailed: state === 'failed',
    attempt: decisive(attempts).at(-1) as Attempt,
  }));
  const flips = last.filter((each, index) => {
    const before = last[index - 1];
    return before !== undefined && before.hasFailed !== each.hasFailed && areAlike(before.attempt, each.attempt);
  });
  return flips.length >= FLIPS;
}

/** How often a run contradicts the one before it with the same versions: a share with its 95 % interval. */
interface Disagreement {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** How many runs could be compared. */
  readonly runs: number;
}

/** From fewer runs no share is shown. */
const ENOUGH_RUNS = 10;
/** After so many runs one counts half. */
const HALF_LIFE_RUNS = 20;

/** Undefined where there are too few runs. */
export function disagreementOf({ nights }: Series): Disagreement | undefined {
  const decided = nights.flatMap(({ attempts }) => decisive(attempts));
  const pairs = decided.flatMap((each, index) => {
    const before = decided[index - 1];
    return before !== undefined && areAlike(before, each) ? [before.outcome !== each.outcome] : [];
  });
  if (pairs.length < ENOUGH_RUNS) return undefined;
  const weights = pairs.map((_, index) => 0.5 ** ((pairs.length - 1 - index) / HALF_LIFE_RUNS));
  const count = sum(weights);
  const hits = sum(weights.filter((_, index) => pairs[index]));
  return { share: hits / count, ...wilson(hits, count), runs: pairs.length };
}
