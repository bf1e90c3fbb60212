import { z } from 'zod';
import { defined } from '../model/defined.js';
import type { StepResult } from '../model/event.js';
import { worstVerdict } from '../model/verdict.js';
import { outageMsOf } from '../report/summary-json.js';
import type { Cell } from './cell.js';
import type { CellResult } from './events.js';
import { baseOf, outageOf, type RunFacts } from './run-facts.js';

/** A run that an attempt made; `folder` is relative to that of the night. */
interface AttemptRun {
  readonly folder: string;
  /** Absent where the run did not get as far as its summary. */
  readonly facts?: RunFacts;
}

/** What of a cell decides which part of a run is about it. */
type Sought = Pick<Cell, 'id' | 'scenario' | 'requires'>;

/** What a finished run says about each cell; undefined where the attempt has no finished run: it is lost. */
export function resultsOf(cells: readonly Sought[], runs: readonly AttemptRun[]): readonly CellResult[] | undefined {
  const finished = runs.flatMap(({ folder, facts }) => (facts?.finished ? [{ folder, facts }] : []));
  if (finished.length === 0) return undefined;
  return cells.map((cell) => {
    const [run] = finished.filter(({ facts }) => scenarioOf(cell, facts) !== undefined);
    const { folder, facts } = run ?? (finished[0] as (typeof finished)[number]);
    return { cell: cell.id, ...outcomeOf(cell, facts), run: folder };
  });
}

const passedSchema = z.looseObject({
  kind: z.literal('scenario-finished'),
  result: z.looseObject({
    scenario: z.string(),
    verdict: z.literal('passed'),
    durationMs: z.number().min(0),
    steps: z.array(z.custom<StepResult>()).default([]),
  }),
});

/**
 * The cells of a lost or stopped attempt that had passed before, by the events of its runs: they need not be run again. One that
 * had failed is run again, because what ended the attempt may have made it fail.
 */
export function passedBefore(
  cells: readonly Sought[],
  runs: readonly { readonly folder: string; readonly events: readonly unknown[] }[],
): readonly CellResult[] {
  const passed = runs.flatMap(({ folder, events }) =>
    events.flatMap((event) => {
      const { data } = passedSchema.safeParse(event);
      return data === undefined ? [] : [{ ...data.result, folder }];
    }),
  );
  return cells.flatMap(({ id, scenario }) => {
    const found = passed.find((each) => each.scenario === scenario);
    if (found === undefined) return [];
    const { durationMs, steps, folder } = found;
    const outageMs = outageOf(steps.map((step) => ({ outageMs: step.probes && outageMsOf(step) })));
    return [{ cell: id, verdict: 'passed', durationMs, ...defined({ outageMs }), run: folder } as const];
  });
}

function scenarioOf({ scenario }: Sought, { scenarios }: RunFacts): RunFacts['scenarios'][number] | undefined {
  return scenarios.find((each) => each.scenario === scenario && !each.asGiven);
}

function outcomeOf(cell: Sought, facts: RunFacts): Omit<CellResult, 'cell' | 'run'> {
  const found = scenarioOf(cell, facts);
  const problem = problemOf(facts);
  // The lab did not come up, or the run was cut off before it.
  if (found === undefined) return { verdict: 'unknown', reason: problem ?? 'it was not run', durationMs: 0 };
  const { verdict, reason, durationMs } = found;
  const measured = { durationMs, ...defined({ outageMs: outageOf(found.steps) }) };
  if (verdict === 'skipped') return { ...whySkipped(cell, facts, reason), durationMs };
  if (verdict === 'passed' && problem !== undefined) return { verdict: 'unknown', reason: problem, ...measured };
  return { verdict, ...defined({ reason }), ...measured };
}

/** What went wrong with the run as a whole, and with none of its scenarios. */
function problemOf({ verdict, reason, scenarios }: RunFacts): string | undefined {
  const blamed = scenarios.some((each) => each.verdict === verdict);
  return verdict === 'passed' || verdict === 'skipped' || blamed ? undefined : (reason ?? `the run is ${verdict}`);
}

/** A cell that was not run because a set-up did not pass says as much about the stack as the set-up. */
function whySkipped(
  { requires }: Sought,
  { verdict, scenarios }: RunFacts,
  reason = 'skipped',
): Omit<CellResult, 'cell' | 'run' | 'durationMs'> {
  const setUps = scenarios.filter((each) => requires.includes(baseOf(each.scenario)) && each.verdict !== 'skipped');
  const worst = worstVerdict(setUps.map((each) => each.verdict));
  if (worst === 'failed' || worst === 'unknown') return { verdict: worst, reason };
  return { verdict: verdict === 'passed' || verdict === 'skipped' ? 'skipped' : 'unknown', reason };
}
