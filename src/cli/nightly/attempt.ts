import { join, relative } from 'node:path';
import { isLabError, messageOf } from '../../model/errors.js';
import type { Cell } from '../../nightly/cell.js';
import type { NightEvent, StampedNightEvent } from '../../nightly/events.js';
import { type Job, mayBeginAgain } from '../../nightly/jobs.js';
import { passedBefore, resultsOf } from '../../nightly/results.js';
import { runFactsIn } from '../../nightly/run-facts.js';
import { signOf } from '../../nightly/signs.js';
import type { AttemptState, NightState } from '../../nightly/state.js';
import type { Clock } from '../../ports/clock.js';
import { firstOf, type GivenJob, type JobSight, type Pool, type PoolJob, turnOf } from '../../ports/pool.js';
import { eventsOf, lastWordsIn, type NightFolder, runsIn } from '../../store/night-folder.js';

export interface NightDeps {
  readonly folder: NightFolder<NightEvent>;
  readonly cells: readonly Cell[];
  readonly pool: Pool;
  readonly clock: Clock;
  readonly retries: number;
  /** When no more is begun that would not end by then, on the clock's monotonic time. */
  readonly untilMs: number | undefined;
  readonly budget: string | undefined;
  readonly signal: AbortSignal;
  jobFor(job: Job, lab: string, folder: string): PoolJob;
  onEvent(event: StampedNightEvent, state: NightState): void;
  /** Several times a second, for a view. */
  onTick(state: NightState, waiting: number, why: string | undefined): void;
}

/** What this process knows of an attempt and the log does not. */
export interface Watched {
  /** Since when it runs, as far as this process has seen. */
  sinceMs: number;
  collectedMs: number;
  askedMs?: number;
  isKilled?: true;
}

/** The night as it is known so far; what is noted is on the disk before anything follows from it. */
export interface NightLog {
  readonly state: NightState;
  note(event: NightEvent): void;
}

/** A job that takes so much longer than it should hangs. */
const OVERDUE_MS = 10 * 60_000;
const OVERDUE_FACTOR = 4;
/** To undo faults, fetch evidence and take the lab down. */
const GRACE_MS = 4 * 60_000;
/** So often what a job has written is brought home, for its last sign of life. */
const COLLECT_MS = 20_000;

export function watch({ clock }: Pick<NightDeps, 'clock'>): Watched {
  const nowMs = clock.monotonicMs();
  return { sinceMs: nowMs, collectedMs: nowMs };
}

/** Past this a job of so much expected time hangs. */
export function limitMs(expectedMs: number): number {
  return OVERDUE_MS + OVERDUE_FACTOR * expectedMs;
}

export function noTime({ budget }: Pick<NightDeps, 'budget'>): string {
  return `the budget of ${budget} left no time for it`;
}

export function leftMs({ untilMs, clock }: Pick<NightDeps, 'untilMs' | 'clock'>): number {
  return untilMs === undefined ? Number.POSITIVE_INFINITY : untilMs - clock.monotonicMs();
}

/** Notes where an attempt is and that it ended, and stops one that hangs or that is not wanted any more. */
export async function look(deps: NightDeps, attempt: AttemptState, watched: Watched, log: NightLog): Promise<void> {
  const { pool, clock } = deps;
  const sight = await pool.look(givenJob(deps, attempt));
  if (attempt.handle === undefined && sight.handle !== undefined)
    log.note({ kind: 'attempt-running', attempt: attempt.attempt, handle: sight.handle });
  const handle = attempt.handle ?? sight.handle;
  const machine = 'machine' in sight ? sight.machine : undefined;
  if (machine !== undefined && machine !== attempt.machine)
    log.note({ kind: 'attempt-placed', attempt: attempt.attempt, machine });
  switch (sight.state) {
    case 'waiting':
      watched.sinceMs = clock.monotonicMs();
      if (handle !== undefined) await stopWaiting(deps, { ...attempt, handle }, watched, log);
      return;
    case 'running':
      await collectNow(deps, attempt, watched);
      if (handle !== undefined) await stopIfLate(deps, attempt, handle, watched);
      return;
    default:
      await end(deps, { ...attempt, machine: machine ?? attempt.machine }, watched, log, sight);
  }
}

/** The cells that an attempt is to run. */
export function cellsOf({ cells }: Pick<NightDeps, 'cells'>, attempt: Pick<AttemptState, 'cells'>): readonly Cell[] {
  return cells.filter(({ id }) => attempt.cells.includes(id));
}

function givenJob(deps: NightDeps, attempt: AttemptState): GivenJob {
  const { handle, lab, machine } = attempt;
  return {
    ...(handle === undefined ? {} : { handle }),
    lab,
    folder: join(deps.folder.path, attempt.folder),
    ...(machine === '' ? {} : { machine }),
    backend: cellsOf(deps, attempt)[0]?.backend ?? '',
  };
}

function expectedMs(deps: NightDeps, attempt: AttemptState): number {
  return cellsOf(deps, attempt).reduce((sum, { expected }) => sum + expected.ms, 0);
}

/** What waits for a machine is not begun if it would not end in time. */
async function stopWaiting(
  deps: NightDeps,
  attempt: AttemptState & { readonly handle: string },
  watched: Watched,
  log: NightLog,
): Promise<void> {
  const isLate = expectedMs(deps, attempt) > leftMs(deps);
  if (!isLate && !deps.signal.aborted) return;
  await deps.pool.stop(attempt.handle, 'kill');
  watched.askedMs ??= deps.clock.monotonicMs();
  if (!isLate) return;
  const reason = noTime(deps);
  log.note({ kind: 'cells-left-out', cells: attempt.cells, reason });
  log.note({ kind: 'attempt-ended', attempt: attempt.attempt, outcome: 'stopped', reason, results: [], durationMs: 0 });
}

/** The last sign of life of a machine that dies is what was brought home before. */
async function collectNow(deps: NightDeps, attempt: AttemptState, watched: Watched): Promise<void> {
  const nowMs = deps.clock.monotonicMs();
  if (nowMs - watched.collectedMs < COLLECT_MS) return;
  watched.collectedMs = nowMs;
  await problemOf(async () => deps.pool.collect?.(givenJob(deps, attempt), false));
}

async function stopIfLate(deps: NightDeps, attempt: AttemptState, handle: string, watched: Watched): Promise<void> {
  const { pool, clock, signal } = deps;
  const nowMs = clock.monotonicMs();
  const isOverdue = nowMs - watched.sinceMs > limitMs(expectedMs(deps, attempt));
  if (!isOverdue && !signal.aborted) return;
  if (watched.askedMs === undefined) {
    watched.askedMs = nowMs;
    await pool.stop(handle, 'ask');
  } else if (nowMs - watched.askedMs > GRACE_MS && watched.isKilled === undefined) {
    watched.isKilled = true;
    await pool.stop(handle, 'kill');
  }
}

type Over = Extract<JobSight, { readonly state: 'ended' | 'lost' }>;

async function end(
  deps: NightDeps,
  attempt: AttemptState,
  watched: Watched,
  log: NightLog,
  sight: Over,
): Promise<void> {
  const { folder, signal, clock, pool } = deps;
  const given = givenJob(deps, attempt);
  const isLost = sight.state === 'lost';
  // A machine that is lost answers no more.
  const unbrought = isLost || sight.neverBegan ? undefined : await problemOf(async () => pool.collect?.(given, true));
  const runs = runsIn(given.folder);
  const cells = cellsOf(deps, attempt);
  const isStopped = signal.aborted && watched.askedMs !== undefined;
  const results =
    isStopped || isLost
      ? undefined
      : resultsOf(
          cells,
          runs.map(({ path, summary }) => {
            const facts = runFactsIn(summary);
            return { folder: relative(folder.path, path), ...(facts === undefined ? {} : { facts }) };
          }),
        );
  const left = isLost ? undefined : await problemOf(() => pool.clear(given));
  const sign = signOf(runs.at(-1)?.lastEvent);
  const words = lastWordsIn(join(given.folder, 'log'), 2);
  const why = isStopped ? 'the night was interrupted' : whyLost(watched, sight, words);
  const reason = [results === undefined ? why : undefined, unbrought, left]
    .filter((each) => each !== undefined)
    .join('; ');
  const again = isLost && !isStopped ? await begunAgain(deps, attempt, sight, log.state) : undefined;
  log.note({
    kind: 'attempt-ended',
    attempt: attempt.attempt,
    outcome: results === undefined ? (isStopped ? 'stopped' : 'lost') : 'finished',
    ...(reason === '' ? {} : { reason }),
    ...(results === undefined && sign !== undefined ? { lastSign: `${sign.at} ${sign.where}` } : {}),
    results:
      results ??
      passedBefore(
        cells,
        runs.map(({ path }) => ({ folder: relative(folder.path, path), events: eventsOf(path) })),
      ),
    durationMs: Math.max(0, Date.parse(clock.now()) - Date.parse(attempt.startedAt)),
    ...(isLost && sight.isInnocent ? { innocent: true } : {}),
    ...(again === undefined ? {} : { again }),
  });
}

/** The next attempt, which the pool has begun by itself; one too many is taken from it again. */
async function begunAgain(
  { pool }: NightDeps,
  attempt: AttemptState,
  { again, isInnocent }: Extract<JobSight, { readonly state: 'lost' }>,
  state: NightState,
) {
  if (again === undefined) return undefined;
  if (!isInnocent && !mayBeginAgain(state, attempt)) {
    await pool.stop(again.handle, 'kill');
    return undefined;
  }
  const next = (name: string) => turnOf(firstOf(name), again.turn);
  return {
    attempt: next(attempt.attempt),
    lab: next(attempt.lab),
    folder: next(attempt.folder),
    handle: again.handle,
  };
}

function whyLost({ askedMs }: Watched, sight: Over, words: string): string {
  if (sight.state === 'lost') return sight.reason;
  if (askedMs !== undefined) return 'it hung, and was stopped';
  const how = sight.reason ?? 'it ended without a result';
  return words === '' ? how : `${how}; it printed last: ${words}`;
}

async function problemOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!isLabError(error)) throw error;
    return messageOf(error);
  }
}
