import { defined } from '../model/defined.js';
import { groupBy } from '../model/group-by.js';
import { PHASES, type Phase } from '../model/scenario.js';
import { ENOUGH_NIGHTS, type Sample } from './changes.js';
import type { Attempt } from './run-index.js';
import type { StepTimes } from './run-rows.js';
import { decisive, type Series } from './series.js';
import { median } from './statistics.js';

/** The outages of one step of a series, on machines of one kind. Times in ms. */
export interface Measure {
  readonly step: string;
  /** Token and consensus in the last night. */
  readonly floorMs?: number;
  readonly nights: readonly MeasuredNight[];
  /** Runs that are left out, because they were on machines of other kinds. */
  readonly elsewhere: number;
  /** Why changes are not searched, or are found late. */
  readonly tooFew?: 'nights' | 'repeats';
}

interface MeasuredNight extends Sample {
  readonly median: number;
  readonly phases: { readonly [P in Phase]?: number };
}

const ENOUGH_REPEATS = 3;

/** Pure. Of each step that measured an outage, in the order of the scenario. */
export function measuresOf({ nights }: Series): readonly Measure[] {
  const all = nights.flatMap(({ attempts }) => decisive(attempts));
  const last = all.at(-1);
  if (last === undefined) return [];
  const like = all.filter((each) => machineClass(each) === machineClass(last));
  const measured = like.flatMap((attempt) =>
    attempt.steps.flatMap((step) => (step.outageMs === undefined ? [] : [{ attempt, step, outageMs: step.outageMs }])),
  );
  const elsewhere = all.length - like.length;
  return [...groupBy(measured, ({ step }) => step.step)].map(([step, own]) => measureOf(step, own, elsewhere));
}

interface Measured {
  readonly attempt: Attempt;
  readonly step: StepTimes;
  readonly outageMs: number;
}

/** Nights with other timeouts are compared as if they had had the last one's: what comes on top of the floor stays. */
function measureOf(step: string, measured: readonly Measured[], elsewhere: number): Measure {
  const floorMs = measured.findLast((each) => each.step.floorMs !== undefined)?.step.floorMs;
  const outageIn = ({ step: { floorMs: own = floorMs }, outageMs }: Measured) => outageMs - (own ?? 0) + (floorMs ?? 0);
  const nights = [...groupBy(measured, ({ attempt }) => attempt.night)].map(([night, own]) => {
    const values = own.map(outageIn);
    return { night, values, median: median(values), phases: phasesOf(own.map((each) => each.step)) };
  });
  const repeats = median(nights.map(({ values }) => values.length));
  const tooFew = tooFewOf(nights.length, repeats);
  return { step, nights, elsewhere, ...defined({ floorMs, tooFew }) };
}

function tooFewOf(nights: number, repeats: number): Measure['tooFew'] {
  if (nights < ENOUGH_NIGHTS) return 'nights';
  return repeats < ENOUGH_REPEATS ? 'repeats' : undefined;
}

function phasesOf(steps: readonly StepTimes[]): MeasuredNight['phases'] {
  const medians = PHASES.flatMap((phase) => {
    const known = steps.flatMap(({ phases }) => phases[phase] ?? []);
    return known.length === 0 ? [] : [[phase, median(known)] as const];
  });
  return Object.fromEntries(medians);
}

/** A slow machine must not look like a regression. */
function machineClass({ facts: { machine } }: Attempt): string {
  return machine === undefined ? '' : `${machine.cpu} ${machine.cores} ${Math.round(machine.memoryMiB / 1024)}`;
}
