import type { LastGreen } from '../model/night-state.js';
import { decisive, type Series } from './series.js';
import { type PackageSets, whatDiffers } from './what-differs.js';

/** Pure. Of a series whose last result is failed, and that passed before. */
export function lastGreenOf({ nights }: Pick<Series, 'nights'>, sets: PackageSets): LastGreen | undefined {
  const attempts = nights.flatMap((each) => decisive(each.attempts));
  const now = attempts.at(-1);
  const green = attempts.findLast(({ outcome }) => outcome === 'passed');
  if (now?.outcome !== 'failed' || green === undefined) return undefined;
  const firstFailed = attempts[attempts.indexOf(green) + 1] ?? now;
  const { night, run, folder } = green;
  return { ...{ night, run, folder }, failedSince: firstFailed.night, differences: whatDiffers(green, now, sets) };
}
