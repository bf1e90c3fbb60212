import type { WritesResult } from '../model/event.js';
import type { Attempt } from './attempts.js';

/** Holds what was acknowledged against what the service has, as `r NUMBER` lines tell. */
export function writesOf(attempts: readonly Attempt[], readBack: string): WritesResult {
  const times = new Map<number, number>();
  for (const [, digits] of readBack.matchAll(/^r (\d+)$/gm)) {
    const number = Number(digits);
    times.set(number, (times.get(number) ?? 0) + 1);
  }
  const acknowledged = new Set(
    attempts.filter(({ answeredMs }) => answeredMs !== undefined).map(({ sequence }) => sequence),
  );
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((number) => !times.has(number)),
    doubled: [...times].filter(([, count]) => count > 1).map(([number]) => number),
    unacknowledged: [...times.keys()].filter((number) => !acknowledged.has(number)).length,
  };
}

/** As far as is known where the records could not be read back. */
export function unreadWrites(attempts: readonly Attempt[], problem: string): WritesResult {
  const acknowledged = attempts.filter(({ answeredMs }) => answeredMs !== undefined).length;
  return { acknowledged, lost: [], doubled: [], unacknowledged: 0, problem };
}
