import { expect } from 'chai';
import { createRandom } from '../../../src/cli/run/request.js';
import { alphaFor, changesIn, NEW_NIGHTS, type Sample } from '../../../src/history/changes.js';
import { dateOfNight, madeOutages } from '../../support/made-runs.js';

const NIGHTS = 60;
const samplesOf = (outages: readonly (readonly number[])[]): readonly Sample[] =>
  outages.map((values, night) => ({ night: dateOfNight(night), values }));

/** Nights, from 1, on whose evening a new change was shown. */
function alarmsIn(
  nights: readonly Sample[],
  alpha: number,
): readonly { readonly after: number; readonly night: string }[] {
  return nights.flatMap((_, index) => {
    const known = nights.slice(0, index + 1);
    const recent = known.slice(-NEW_NIGHTS).map(({ night }) => night);
    const found = changesIn(known, alpha).filter(({ night }) => recent.includes(night));
    return found.map(({ night }) => ({ after: index + 1, night }));
  });
}

describe('changes of an outage', () => {
  it('of 10 % at night 40 is found within 4 nights, and the night is named', () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const nights = samplesOf(madeOutages({ nights: NIGHTS, repeats: 3 }, createRandom(seed), { at: 39, share: 0.1 }));
      const [found] = alarmsIn(nights.slice(0, 43), alphaFor(1)).filter(({ after }) => after >= 40);
      expect(found, `seed ${seed}`).to.not.equal(undefined);
      const [change] = changesIn(nights, alphaFor(1));
      expect(change?.night, `seed ${seed}`).to.be.oneOf([38, 39, 40].map(dateOfNight));
      expect((change?.after ?? 0) / (change?.before ?? 1)).to.be.within(1.06, 1.14);
    }
  });

  it('are not seen in twenty series of noise, looked at every night, but for one at most', () => {
    const random = createRandom(20);
    const series = Array.from({ length: 20 }, () => samplesOf(madeOutages({ nights: NIGHTS, repeats: 3 }, random)));
    expect(series.filter((nights) => alarmsIn(nights, alphaFor(20)).length > 0)).to.have.length.at.most(1);
  });

  it('are all found, and a single slow night is none', () => {
    const level = (ms: number, nights: number) => Array.from({ length: nights }, () => [ms, ms + 40, ms + 90]);
    const outages = [...level(8_000, 20), ...level(9_000, 20), ...level(8_000, 20)];
    const nights = samplesOf(outages.with(10, [14_000, 14_100, 14_200]));
    expect(changesIn(nights, alphaFor(1)).map(({ night, before, after }) => [night, before, after])).to.deep.equal([
      [dateOfNight(20), 8_040, 9_040],
      [dateOfNight(40), 9_040, 8_040],
    ]);
  });

  it('below 4 %, in fewer than 12 nights or of less than three nights are none', () => {
    const level = (ms: number, nights: number) => Array.from({ length: nights }, () => [ms, ms + 1, ms + 2]);
    expect(changesIn(samplesOf([...level(8_000, 20), ...level(8_300, 20)]), alphaFor(1))).to.deep.equal([]);
    expect(changesIn(samplesOf([...level(8_000, 5), ...level(9_000, 6)]), alphaFor(1))).to.deep.equal([]);
    expect(changesIn(samplesOf([...level(8_000, 38), ...level(9_000, 2)]), alphaFor(1))).to.deep.equal([]);
    expect(changesIn(samplesOf([...level(8_000, 37), ...level(9_000, 3)]), alphaFor(1))).to.have.length(1);
  });

  it('from nothing lost to something lost are changes', () => {
    const nights = samplesOf([
      ...Array.from({ length: 20 }, () => [0, 0, 0]),
      ...Array.from({ length: 5 }, () => [200, 210, 190]),
    ]);
    expect(changesIn(nights, alphaFor(1)).map(({ before, after }) => [before, after])).to.deep.equal([[0, 200]]);
  });

  it('must be surer where many series are looked at', () => {
    expect([alphaFor(99), alphaFor(100)]).to.deep.equal([0.001, 0.0001]);
  });
});
