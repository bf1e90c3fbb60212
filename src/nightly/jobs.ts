import { groupBy } from '../model/group-by.js';
import { type Cell, type Unit, unitsOf } from './cell.js';
import { type AttemptState, type NightState, ownCells } from './state.js';

/** Cells of a unit that are to be run in one lab. */
export interface Job {
  /** Unique in the night: the unit and the number of the attempt. */
  readonly attempt: string;
  readonly unit: string;
  readonly cells: readonly [Cell, ...Cell[]];
  readonly ms: number;
  /** One of them measures an outage. */
  readonly measures: boolean;
  readonly isRetry: boolean;
}

interface JobOptions {
  /** How often a cell that did not pass is run again. */
  readonly retries: number;
}

/** An attempt that was lost so often is not made again. */
const MOST_LOST = 2;

/**
 * What is to be run now, in this order: units that have no result yet, the longest first; then cells that did not pass, as
 * long as there are retries. What is running, was left out or is skipped is not in it.
 */
export function jobsOf(cells: readonly Cell[], state: NightState, { retries }: JobOptions): readonly Job[] {
  const own = new Set(ownCells(cells, state).map(({ id }) => id));
  const jobs = unitsOf(cells).flatMap((unit) => {
    const attempts = state.attempts.filter((each) => each.unit === unit.id);
    const to = (isRetry: boolean) => jobFor(unit, attempts, isRetry, (cell) => isDue(cell, attempts, isRetry, retries));
    return [to(false), to(true)].flatMap((job) => job ?? []);
  });
  return jobs.toSorted((one, other) => Number(one.isRetry) - Number(other.isRetry) || other.ms - one.ms);

  function isDue({ id }: Cell, attempts: readonly AttemptState[], isRetry: boolean, most: number): boolean {
    const mine = attempts.filter((each) => each.cells.includes(id));
    if (!own.has(id) || state.leftOut.has(id) || mine.some(({ ended }) => ended === undefined)) return false;
    const verdicts = mine.flatMap(({ ended }) => ended?.results.filter(({ cell }) => cell === id) ?? []);
    if (verdicts.length === 0) return !isRetry && lostOften(mine) < MOST_LOST;
    const isBad = verdicts.every(({ verdict }) => verdict === 'failed' || verdict === 'unknown');
    return isRetry && isBad && verdicts.length <= most && lostOften(mine) < MOST_LOST;
  }
}

function lostOften(attempts: readonly AttemptState[]): number {
  return attempts.filter(({ ended }) => ended?.outcome === 'lost' && !ended.innocent).length;
}

/** Whether a pool may begin this attempt again that it has just lost. */
export function mayBeginAgain({ attempts }: NightState, { unit }: Pick<AttemptState, 'unit'>): boolean {
  return lostOften(attempts.filter((each) => each.unit === unit)) + 1 < MOST_LOST;
}

function jobFor(
  unit: Unit,
  attempts: readonly AttemptState[],
  isRetry: boolean,
  isWanted: (cell: Cell) => boolean,
): Job | undefined {
  const [first, ...others] = unit.cells.filter(isWanted);
  if (first === undefined) return undefined;
  const cells: Job['cells'] = [first, ...others];
  // The first cell of the unit bears the lab and the set-ups, without which none can be run.
  const bearer = unit.cells[0];
  const needed: readonly Cell[] = cells.includes(bearer) ? cells : [bearer, ...cells];
  return {
    attempt: `${unit.id}/${attempts.length + 1}`,
    unit: unit.id,
    cells,
    ms: needed.reduce((sum, { expected }) => sum + expected.ms, 0),
    measures: cells.some(({ measures }) => measures),
    isRetry,
  };
}

/** Which jobs a budget leaves no time for: a job is begun only if it is expected to end in time. */
export function leftOutBy(jobs: readonly Job[], leftMs: number): readonly Job[] {
  return jobs.filter(({ ms }) => ms > leftMs);
}

/** Cells of another night that have not passed: what `--only-failed` runs. */
export function notPassed(cells: readonly Cell[], state: NightState): readonly string[] {
  const results = groupBy(
    state.attempts.flatMap(({ ended }) => ended?.results ?? []),
    ({ cell }) => cell,
  );
  const hasPassed = (id: string) =>
    results.get(id)?.some(({ verdict }) => verdict === 'passed' || verdict === 'skipped') ?? false;
  return cells.filter(({ id, skipped }) => skipped === undefined && !hasPassed(id)).map(({ id }) => id);
}
