import { expect } from 'chai';
import fc from 'fast-check';
import { bestSplit, mannWhitneyP, median, ranksOf, wilson } from '../../../src/history/statistics.js';

describe('the statistics of a history', () => {
  it('know the middle, and ranks with ties', () => {
    expect(median([3, 1, 2])).to.equal(2);
    expect(median([4, 1, 3, 2])).to.equal(2.5);
    expect(median([])).to.be.NaN;
    expect(ranksOf([10, 30, 20, 20])).to.deep.equal([1, 4, 2.5, 2.5]);
  });

  it('test two samples as Mann and Whitney do, without and with ties', () => {
    // SciPy 1.17: mannwhitneyu(method='asymptotic', use_continuity=False).
    expect(mannWhitneyP([1.1, 2.2, 3.3, 4.4, 5.5], [6, 7, 8, 9, 10])).to.be.closeTo(0.009023439, 1e-6);
    expect(mannWhitneyP([1, 2, 2, 3, 3], [2, 3, 3, 4, 5])).to.be.closeTo(0.1014806, 1e-6);
    expect(mannWhitneyP([1, 2, 3], [1, 2, 3])).to.be.closeTo(1, 1e-6);
    expect(mannWhitneyP([7, 7], [7, 7, 7])).to.equal(1);
  });

  it('split where the energy between both parts is greatest, as counting every pair does', () => {
    const distances = (one: readonly number[], other: readonly number[]) =>
      one.flatMap((each) => other.map((value) => Math.abs(each - value)));
    const mean = (values: readonly number[], count: number) =>
      count === 0 ? 0 : values.reduce((total, value) => total + value, 0) / count;
    const energyAt = (values: readonly number[], at: number) => {
      const [x, y] = [values.slice(0, at), values.slice(at)];
      const [n, m] = [x.length, y.length];
      const within = (part: readonly number[]) => mean(distances(part, part), part.length * (part.length - 1));
      return ((n * m) / (n + m)) * (2 * mean(distances(x, y), n * m) - within(x) - within(y));
    };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 6, maxLength: 25 }), (values) => {
        const found = bestSplit(values, (at) => at >= 3 && values.length - at >= 3) ?? -1;
        const places = Array.from({ length: values.length - 5 }, (_, index) => index + 3);
        const best = Math.max(...places.map((at) => energyAt(values, at)));
        expect(places).to.include(found);
        expect(energyAt(values, found)).to.be.closeTo(best, 1e-9);
      }),
    );
    expect(bestSplit([1, 2, 3, 4, 5], () => false)).to.equal(undefined);
    expect(bestSplit([1, 1, 1, 1, 9, 9, 9], () => true)).to.equal(4);
  });

  it('know how sure a share is', () => {
    // SciPy 1.17: binomtest(1, 10).proportion_ci(method='wilson').
    expect(wilson(1, 10).low).to.be.closeTo(0.0178762, 1e-6);
    expect(wilson(1, 10).high).to.be.closeTo(0.40415, 1e-5);
    expect(wilson(0, 10).low).to.equal(0);
  });
});
