import { defined } from '../model/defined.js';
import type { LastNights } from '../model/night-state.js';
import { lastGreenOf } from './last-green.js';
import { measuresOf } from './measures.js';
import type { Attempt } from './run-index.js';
import { seriesOf } from './series.js';
import type { PackageSets } from './what-differs.js';

/** Pure. What a report shows of the history of the scenarios in it: `attempts` by time, in one lab on one image. */
export function lastNightsOf(attempts: readonly Attempt[], sets: PackageSets): readonly LastNights[] {
  return seriesOf(attempts).map((series) => {
    const measures = measuresOf(series);
    const nights = series.nights.map(({ night, state }) => {
      const medians = measures.flatMap((measure) => measure.nights.find((each) => each.night === night)?.median ?? []);
      return { night, state, ...defined({ outageMs: medians.length === 0 ? undefined : Math.max(...medians) }) };
    });
    return { scenario: series.scenario, nights, ...defined({ lastGreen: lastGreenOf(series, sets) }) };
  });
}
