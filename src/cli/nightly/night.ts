import { join } from 'node:path';
import type { Cell } from '../../nightly/cell.js';
import type { NightEvent } from '../../nightly/events.js';
import { type Job, jobsOf, leftOutBy } from '../../nightly/jobs.js';
import { type AttemptState, applyNight, foldNight, type NightState, openAttempts } from '../../nightly/state.js';
import type { RunningJob } from '../../ports/pool.js';
import { cellsOf, leftMs, look, type NightDeps, type NightLog, noTime, type Watched, watch } from './attempt.js';

const TICK_MS = 400;

/** Runs what the plan has and the log does not: the longest first, as many at once as the pool takes. Returns the state at its end. */
export async function runNight(deps: NightDeps): Promise<NightState> {
  const { clock, signal } = deps;
  const log = logOf(deps);
  const watched = new Map<string, Watched>();
  const watchedAs = ({ attempt }: AttemptState): Watched => {
    const known = watched.get(attempt) ?? watch(deps);
    watched.set(attempt, known);
    return known;
  };
  for (;;) {
    for (const attempt of openAttempts(log.state)) await look(deps, attempt, watchedAs(attempt), log);
    const jobs = signal.aborted ? [] : jobsOf(deps.cells, log.state, deps);
    const running = openAttempts(log.state);
    const { taken, why } = await jobsTaken(
      deps,
      jobs,
      running.map((attempt) => runningJob(deps, attempt, watchedAs(attempt))),
    );
    if (taken.length > 0) {
      await begin(deps, taken, log);
      continue;
    }
    const late = running.length === 0 ? jobs : leftOutBy(jobs, leftMs(deps));
    if (late.length > 0) {
      const cells = late.flatMap((each) => each.cells.map(({ id }) => id));
      log.note({ kind: 'cells-left-out', cells, reason: noTime(deps) });
      continue;
    }
    if (running.length === 0) break;
    deps.onTick(log.state, jobs.length, why);
    await clock.sleep(TICK_MS);
  }
  if (!signal.aborted) log.note({ kind: 'night-ended' });
  return log.state;
}

function logOf({ folder, onEvent }: NightDeps): NightLog {
  let state = foldNight(folder.log.read());
  return {
    get state() {
      return state;
    },
    note(event: NightEvent) {
      const stamped = folder.log.append(event);
      state = applyNight(state, stamped);
      onEvent(stamped, state);
    },
  };
}

/** Those of the jobs, in their order, that the pool takes now and that are expected to end in time; why the first of the others waits. */
async function jobsTaken(
  deps: NightDeps,
  jobs: readonly Job[],
  running: readonly RunningJob[],
): Promise<{ readonly taken: readonly Job[]; readonly why?: string }> {
  const taken: Job[] = [];
  let first: string | undefined;
  for (const job of jobs.filter(({ ms }) => ms <= leftMs(deps))) {
    const beside = taken.map((each) => ({ ...needsOf(each.cells, each.measures), runsForMs: 0 }));
    const why = await deps.pool.whyNotYet(needsOf(job.cells, job.measures), [...running, ...beside]);
    if (why === undefined) taken.push(job);
    else first ??= why;
  }
  return first === undefined ? { taken } : { taken, why: first };
}

function runningJob(deps: NightDeps, attempt: AttemptState, { sinceMs }: Watched): RunningJob {
  const own = cellsOf(deps, attempt);
  const measures = own.some((cell) => cell.measures);
  return { ...needsOf(own, measures), runsForMs: deps.clock.monotonicMs() - sinceMs };
}

export function needsOf(cells: readonly Cell[], measures: boolean) {
  const most = (need: 'memoryMiB' | 'inotifyInstances') => Math.max(0, ...cells.map(({ needs }) => needs[need]));
  return { memoryMiB: most('memoryMiB'), inotifyInstances: most('inotifyInstances'), measures };
}

/** The log knows of them before there is anything to undo. */
async function begin(deps: NightDeps, jobs: readonly Job[], log: NightLog): Promise<void> {
  const { folder, pool } = deps;
  const begun = jobs.map((job) => {
    const { attempt, unit, cells } = job;
    const lab = `n${labMark(folder.id)}-${log.state.attempts.length + 1}`;
    const own = join('cells', ...attempt.split('/'));
    log.note({ kind: 'attempt-started', attempt, unit, cells: cells.map(({ id }) => id), lab, folder: own });
    return { attempt, job: deps.jobFor(job, lab, join(folder.path, own)) };
  });
  const started = await pool.start(begun.map(({ job }) => job));
  for (const [index, { attempt }] of begun.entries()) {
    const one = started[index];
    if (one === undefined) continue;
    if ('handle' in one) log.note({ kind: 'attempt-running', attempt, handle: one.handle });
    else {
      const reason = one.problem.message;
      log.note({ kind: 'attempt-ended', attempt, outcome: 'lost', reason, results: [], durationMs: 0 });
    }
  }
}

/** Six digits of its date and time: two nights on one machine never share a lab. */
function labMark(night: string): string {
  const digits = night.replaceAll(/\D/g, '');
  return Number(digits).toString(36).slice(-8);
}
