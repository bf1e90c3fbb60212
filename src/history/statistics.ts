/** The middle of the values; of an even number of them, the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** From 1 for the least; those that are equal share the mean of their ranks. */
export function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((value, index) => ({ value, index })).toSorted((one, other) => one.value - other.value);
  const ranks = values.map(() => 0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1;
    for (const { index } of order.slice(from, to)) ranks[index] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/**
 * The two-sided p of the Mann-Whitney U test that both samples are alike, by the normal approximation with correction for ties; 1
 * where all values are equal.
 */
export function mannWhitneyP(one: readonly number[], other: readonly number[]): number {
  const all = [...one, ...other];
  const ranks = ranksOf(all);
  const [n, m, count] = [one.length, other.length, all.length];
  const rankSum = sum(ranks.slice(0, n));
  const u = rankSum - (n * (n + 1)) / 2;
  const variance = ((n * m) / 12) * (count + 1 - tiesIn(all) / (count * (count - 1)));
  if (!(variance > 0)) return 1;
  return 2 * (1 - normalCdf(Math.abs(u - (n * m) / 2) / Math.sqrt(variance)));
}

/** The sum of t³ − t over groups of t equal values. */
function tiesIn(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return sum([...counts.values()].map((t) => t ** 3 - t));
}

/** Of the standard normal distribution, for z ≥ 0; off by less than 10⁻⁷ (Abramowitz and Stegun 26.2.17). */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}

/**
 * Of the allowed indexes, the one at which the values before and from there on differ most: the energy statistic of E-divisive
 * (Matteson and James 2014, with exponent 1). Undefined where none is allowed.
 */
export function bestSplit(values: readonly number[], isAllowed: (at: number) => boolean): number | undefined {
  const distancesTo = (value: number, others: readonly number[]) => sum(others.map((each) => Math.abs(value - each)));
  const count = values.length;
  let left = 0;
  let right = sum(values.map((value, index) => distancesTo(value, values.slice(index + 1))));
  const all = right;
  let best: { readonly at: number; readonly energy: number } | undefined;
  for (const [index, value] of values.entries()) {
    left += distancesTo(value, values.slice(0, index));
    right -= distancesTo(value, values.slice(index + 1));
    const at = index + 1;
    const rest = count - at;
    if (rest === 0 || !isAllowed(at)) continue;
    const between = (2 * (all - left - right)) / (at * rest);
    const energy = ((at * rest) / count) * (between - meanOfPairs(left, at) - meanOfPairs(right, rest));
    if (best === undefined || energy > best.energy) best = { at, energy };
  }
  return best?.at;
}

function meanOfPairs(distances: number, count: number): number {
  return count < 2 ? 0 : (2 * distances) / (count * (count - 1));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The 95 % Wilson interval of a share, for `count` events of which `hits` are of the kind; neither need be whole. */
export function wilson(hits: number, count: number): { readonly low: number; readonly high: number } {
  const z = 1.959964;
  const share = hits / count;
  const middle = share + z ** 2 / (2 * count);
  const spread = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const scale = 1 + z ** 2 / count;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
