import type { GivenJob, JobSight } from '../../ports/pool.js';
import type { ListedMachine, QueuedJob } from './queue.js';

/** What finds a job again: its id, and how often Slurm had begun it again when it was noted. */
interface Handle {
  readonly id: string;
  readonly turn: number;
}

export function handleText({ id, turn }: Handle): string {
  return `${id}#${turn}`;
}

export function handleIn(text: string): Handle {
  const [id = '', turn = '0'] = text.split('#');
  return { id, turn: Number(turn) };
}

/** The rest are states of a job that is over (squeue(1), JOB STATE CODES). */
const WAITING = ['PENDING', 'CONFIGURING', 'REQUEUED', 'REQUEUE_FED', 'REQUEUE_HOLD', 'SPECIAL_EXIT', 'RESV_DEL_HOLD'];
/** The epilog belongs to it: a job that is completing has not taken its lab down yet. */
const RUNNING = ['RUNNING', 'COMPLETING', 'SUSPENDED', 'STOPPED', 'RESIZING', 'SIGNALING', 'STAGE_OUT'];

const WHY: Readonly<Record<string, string>> = {
  CANCELLED: 'it was cancelled',
  TIMEOUT: 'it took longer than its time limit',
  OUT_OF_MEMORY: 'it ran out of memory',
  DEADLINE: 'its deadline was over',
  BOOT_FAIL: 'its machine did not boot',
};

export function phaseOf({ state }: Pick<QueuedJob, 'state'>): 'waiting' | 'running' | 'over' {
  if (WAITING.includes(state)) return 'waiting';
  return RUNNING.includes(state) ? 'running' : 'over';
}

/** Its machine was lost or taken from it, and Slurm does not begin it again. */
export function isTaken({ state }: Pick<QueuedJob, 'state'>): boolean {
  return state === 'NODE_FAIL' || state === 'PREEMPTED';
}

/** Pure. Where a job is; `machineNamed` answers how a machine is doing now. */
export function sightOf(
  { id, turn }: Handle,
  job: QueuedJob | undefined,
  { machine }: Pick<GivenJob, 'machine'>,
  machineNamed: (name: string) => ListedMachine | undefined,
): JobSight {
  const seen = machine === undefined ? {} : { machine };
  // Slurm forgets a job some time after its end (slurm.conf(5), MinJobAge).
  if (job === undefined) return { state: 'ended', ...seen, reason: 'Slurm does not know it any more' };
  const { state, restarts } = job;
  const place = job.machine === '' ? seen : { machine: job.machine };
  if (restarts > turn)
    return {
      state: 'lost',
      ...seen,
      ...whyLost(machine, machineNamed),
      again: { handle: handleText({ id, turn: restarts }), turn: restarts },
    };
  const phase = phaseOf(job);
  // One that waits to be begun again is completing, too, as long as its epilog runs on the machine that it had.
  const isOfBefore = state === 'COMPLETING' && machine === undefined;
  if (phase === 'waiting' || isOfBefore) return { state: 'waiting' };
  if (phase === 'running') return { state: 'running', ...place };
  if (isTaken(job)) return { state: 'lost', ...place, ...whyLost(job.machine || machine, machineNamed) };
  const reason = WHY[state];
  return {
    state: 'ended',
    ...place,
    ...(reason === undefined ? {} : { reason }),
    ...(job.machine === '' ? { neverBegan: true } : {}),
  };
}

/** A job that takes its machine down with it must not do so on every machine; for the other reasons nothing speaks against it. */
function whyLost(
  name: string | undefined,
  machineNamed: (name: string) => ListedMachine | undefined,
): { readonly reason: string; readonly isInnocent: boolean } {
  if (name === undefined) return { reason: 'its machine was lost, or was taken from it', isInnocent: true };
  const { state, reason } = machineNamed(name) ?? { state: 'unknown', reason: '' };
  if (/down|\*|unknown|fail/.test(state)) {
    const why = reason === '' ? state : `${state}: ${reason}`;
    return { reason: `the machine ${name} was lost (${why})`, isInnocent: false };
  }
  if (/drain/.test(state) && /prolog/i.test(reason))
    return { reason: `${name} did not pass the check before the job, and is drained`, isInnocent: true };
  return { reason: `${name} was taken from it: it was preempted, or requeued manually`, isInnocent: true };
}
