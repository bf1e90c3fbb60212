/** Choices by a stream of numbers in [0, 1): the same numbers make the same choices. */
export interface Chance {
  /** Undefined only where there is nothing to choose from. */
  one<T>(candidates: readonly T[]): T | undefined;
  /** `weightOf` above 0. */
  weighted<T>(candidates: readonly T[], weightOf: (each: T) => number): T | undefined;
  isHit(probability: number): boolean;
}

export function createChance(random: () => number): Chance {
  return {
    one: (candidates) => candidates[Math.floor(random() * candidates.length)],
    weighted(candidates, weightOf) {
      let left = random() * candidates.reduce((sum, each) => sum + weightOf(each), 0);
      for (const each of candidates) {
        left -= weightOf(each);
        if (left < 0) return each;
      }
      return candidates.at(-1);
    },
    isHit: (probability) => random() < probability,
  };
}
