import { isLabError, LabError } from '../../model/errors.js';
import type { Clock } from '../../ports/clock.js';
import { type Pool, type PoolJob, type Started, turnOf } from '../../ports/pool.js';
import type { ProcessRunner } from '../../ports/process.js';
import type { Home } from './home.js';
import {
  LABS_ARGV,
  type ListedMachine,
  machinesArgv,
  parseLabs,
  parseMachines,
  parseQueue,
  QUEUE_ARGV,
  type QueuedJob,
} from './queue.js';
import { arraysOf, type JobPlace, sbatchArgv, scriptFor } from './script.js';
import { handleIn, handleText, isTaken, phaseOf, sightOf } from './sight.js';

interface SlurmDeps {
  readonly processes: ProcessRunner;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly place: Omit<JobPlace, 'folderOf'>;
  readonly home: Home;
  /** The program search path. */
  readonly path: string;
}

const COMMAND_MS = 60_000;
/** A night asks for every job, several times a second. */
const FRESH_MS = 2_000;
/** A controller that is started again answers within that. */
const SILENCE_MS = 10 * 60_000;

/** Jobs in the queue of a Slurm cluster: it reserves what they need, and begins again what it loses. */
export function createSlurmPool(deps: SlurmDeps): Pool {
  const { home } = deps;
  const place: JobPlace = { ...deps.place, folderOf: home.folderOf };
  const queue = createQueue(deps);
  const hastened = new Set<string>();
  const submit = (jobs: readonly [PoolJob, ...PoolJob[]]) =>
    slurm(deps, sbatchArgv(jobs, place, deps.path), scriptFor(jobs, place));
  return {
    name: 'slurm',
    whyNotYet: async () => undefined,
    async start(jobs) {
      const started: Started[] = [];
      for (const array of arraysOf(jobs)) started.push(...(await startArray(array, submit)));
      queue.forget();
      return started;
    },
    async look(job) {
      const handle = job.handle ?? (await handleOf(deps, job.lab));
      if (handle === undefined) return { state: 'ended', reason: 'it was not given to Slurm' };
      const found = job.handle === undefined ? { handle } : {};
      const jobs = await queue.read();
      if (jobs === undefined) return { ...found, state: 'running' };
      const read = handleIn(handle);
      const queued = jobs.get(read.id);
      const isLost = queued !== undefined && (queued.restarts > read.turn || isTaken(queued));
      const machines = isLost ? await machinesOf({ ...deps, partition: place.partition }) : [];
      if (queued !== undefined) await hasten(queued);
      return { ...found, ...sightOf(read, queued, job, (name) => machines.find((each) => each.name === name)) };
    },
    async stop(handle, how) {
      const { id, turn } = handleIn(handle);
      queue.forget();
      const queued = (await queue.read())?.get(id);
      // Begun again, it is another attempt.
      if (queued === undefined || queued.restarts > turn || phaseOf(queued) === 'over') return;
      for (const flags of stopFlags(queued, how)) await cancel(flags, id);
      queue.forget();
    },
    ...(home.bring === undefined ? {} : { collect: home.bring }),
    // The epilog has done it on the machine itself.
    clear: async () => undefined,
  };

  /** One that ends at the same moment is over all the same. */
  async function cancel(flags: readonly string[], id: string): Promise<void> {
    try {
      await slurm(deps, ['scancel', ...flags, id]);
    } catch (error) {
      queue.forget();
      const queued = (await queue.read())?.get(id);
      if (queued !== undefined && phaseOf(queued) !== 'over') throw error;
    }
  }

  /** Slurm lets a job wait for two minutes before it begins it again, whatever its machine was lost by. */
  async function hasten({ id, state, restarts, reason }: QueuedJob): Promise<void> {
    const turn = handleText({ id, turn: restarts });
    if (state !== 'PENDING' || restarts === 0 || reason !== 'BeginTime' || hastened.has(turn)) return;
    hastened.add(turn);
    await deps.processes.run(['scontrol', 'update', `JobId=${id}`, 'StartTime=now'], { timeoutMs: COMMAND_MS });
  }
}

/** For each call of scancel. Only the script gets a signal, which halab has taken the place of. */
function stopFlags(job: QueuedJob, how: 'ask' | 'kill'): readonly (readonly string[])[] {
  if (phaseOf(job) === 'waiting') return [[]];
  return how === 'ask' ? [['--batch', '--signal=INT']] : [['--full', '--signal=KILL'], []];
}

async function startArray(
  jobs: readonly [PoolJob, ...PoolJob[]],
  submit: (jobs: readonly [PoolJob, ...PoolJob[]]) => Promise<string>,
): Promise<readonly Started[]> {
  try {
    // `12`, or `12;cluster`
    const [id = ''] = (await submit(jobs)).trim().split(';');
    return jobs.map((_, task) => ({ handle: handleText({ id: `${id}_${task}`, turn: 0 }) }));
  } catch (problem) {
    if (isLabError(problem)) return jobs.map(() => ({ problem }));
    throw problem;
  }
}

/** Of a job that was given to Slurm by somebody who did not live to note it. */
async function handleOf(deps: SlurmDeps, lab: string): Promise<string | undefined> {
  const id = parseLabs(await slurm(deps, LABS_ARGV)).get(lab);
  return id === undefined ? undefined : handleText({ id, turn: 0 });
}

/** Throws LabError `pool-failed`. */
export async function machinesOf({
  processes,
  partition,
}: {
  readonly processes: ProcessRunner;
  readonly partition: string;
}): Promise<readonly ListedMachine[]> {
  return parseMachines(await slurm({ processes }, machinesArgv(partition)));
}

/** A job of ours that runs or waits. */
interface JobInQueue {
  readonly lab: string;
  readonly state: 'waiting' | 'running';
  readonly machine?: string;
}

/** Throws LabError `pool-failed`. */
export async function jobsInQueue(deps: Pick<SlurmDeps, 'processes'>): Promise<readonly JobInQueue[]> {
  const labs = new Map([...parseLabs(await slurm(deps, LABS_ARGV))].map(([lab, id]) => [id, lab]));
  return parseQueue(await slurm(deps, QUEUE_ARGV)).flatMap((job): readonly JobInQueue[] => {
    const lab = labs.get(job.id);
    const state = phaseOf(job);
    if (lab === undefined || state === 'over') return [];
    const machine = state === 'running' ? { machine: job.machine } : {};
    return [{ lab: turnOf(lab, job.restarts), state, ...machine }];
  });
}

/** Gives a machine no more jobs, for this reason; without one it takes jobs again. Throws LabError `pool-failed`. */
export async function drainMachine(
  deps: Pick<SlurmDeps, 'processes'>,
  machine: string,
  because: string | undefined,
): Promise<void> {
  const to = because === undefined ? ['State=RESUME'] : ['State=DRAIN', `Reason=${because}`];
  await slurm(deps, ['scontrol', 'update', `NodeName=${machine}`, ...to]);
}

/** The queue as it was at most two seconds ago, by the ids of its jobs; undefined while the controller does not answer. */
function createQueue(deps: SlurmDeps) {
  let last: { readonly atMs: number; readonly jobs: ReadonlyMap<string, QueuedJob> } | undefined;
  let silentSinceMs: number | undefined;
  return {
    forget: () => {
      last = undefined;
    },
    async read(): Promise<ReadonlyMap<string, QueuedJob> | undefined> {
      const nowMs = deps.clock.monotonicMs();
      if (last !== undefined && nowMs - last.atMs < FRESH_MS) return last.jobs;
      try {
        const jobs = parseQueue(await slurm(deps, QUEUE_ARGV));
        silentSinceMs = undefined;
        last = { atMs: nowMs, jobs: new Map(jobs.map((job) => [job.id, job])) };
        return last.jobs;
      } catch (error) {
        if (!isLabError(error)) throw error;
        silentSinceMs ??= nowMs;
        if (nowMs - silentSinceMs > SILENCE_MS) throw error;
        return undefined;
      }
    },
  };
}

async function slurm(
  { processes }: Pick<SlurmDeps, 'processes'>,
  argv: readonly string[],
  stdin = '',
): Promise<string> {
  const { exitCode, stdout, stderr } = await processes.run(argv, { timeoutMs: COMMAND_MS, stdin });
  if (exitCode === 0) return stdout;
  const name = argv.find((each) => !/^env$|^-i$|^PATH=/.test(each));
  throw new LabError('pool-failed', `${name} failed: ${stderr.trim() || `exit code ${exitCode}`}`, {
    hint: 'halab pool status says what the controller and the machines do; a night goes on with halab nightly run --resume',
  });
}
