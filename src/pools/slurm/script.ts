import type { PoolJob } from '../../ports/pool.js';
import { commentOf } from './queue.js';

/** What a job on a machine of the pool needs to know. */
export interface JobPlace {
  readonly partition: string;
  /** More flags for sbatch, such as an account. */
  readonly options: readonly string[];
  /** The command that runs halab there. */
  readonly halab: readonly string[];
  /** Where the runs of a job are written there. */
  folderOf(job: Pick<PoolJob, 'lab' | 'folder'>): string;
}

/** On every machine: for each Slurm job a file with the names of the labs that it makes, one a line. */
export const JOBS_FOLDER = '/var/lib/halab/pool/jobs';
/** On every machine: what its jobs write, until it has been fetched. */
export const RUNS_FOLDER = '/var/lib/halab/pool/runs';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The script of an array: the n-th job is its n-th task. Slurm keeps it, so that no file has to be on the machines before. What a job
 * makes is noted before it is made; a job that is begun again has another lab and another folder (`turnOf`).
 */
export function scriptFor(jobs: readonly PoolJob[], place: JobPlace): string {
  const tasks = jobs.map((job, index) => {
    const env = Object.entries(job.env).map(([name, value]) => `${name}=${value}`);
    const argv = words([...env, ...place.halab, ...job.argv]);
    return `${index})\n  lab=${word(job.lab)} folder=${word(place.folderOf(job))}\n  set -- ${argv} ;;`;
  });
  return `#!/bin/sh
# Written by halab: units of a night, one for each task of this array.
set -eu
export PATH=${PATH}
case $SLURM_ARRAY_TASK_ID in
${tasks.join('\n')}
esac
turn=\${SLURM_RESTART_COUNT:-0}
if [ "$turn" != 0 ]; then lab=\${lab}r$turn folder=\${folder}r$turn; fi
mkdir -p "$folder" ${JOBS_FOLDER}
echo "$lab" >> "${JOBS_FOLDER}/$SLURM_JOB_ID"
exec >> "$folder/log" 2>&1 < /dev/null
exec env -i PATH="$PATH" HOME=/root LANG=C.UTF-8 HALAB_NAME="$lab" HALAB_REPORTS_DIR="$folder" "$@"
`;
}

/** To end in an orderly way before Slurm kills it, when its time is over. */
const GRACE_S = 240;

/** For jobs that need the same. Standard input takes the script; `env -i` because sbatch takes options from the environment, too. */
export function sbatchArgv(
  jobs: readonly [PoolJob, ...PoolJob[]],
  { partition, options }: JobPlace,
  path: string,
): readonly string[] {
  const [{ memoryMiB, cores }] = jobs;
  const minutes = Math.ceil(Math.max(...jobs.map(({ limitMs }) => limitMs)) / 60_000);
  const flags = {
    array: `0-${jobs.length - 1}`,
    partition,
    'job-name': 'halab',
    comment: commentOf(jobs.map(({ lab }) => lab)),
    nodes: 1,
    ntasks: 1,
    'cpus-per-task': Math.max(1, Math.ceil(cores)),
    mem: `${memoryMiB}M`,
    time: minutes + GRACE_S / 60,
    signal: `B:INT@${GRACE_S}`,
    chdir: '/',
    output: '/dev/null',
    'open-mode': 'append',
  };
  const named = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  return ['env', '-i', `PATH=${path}`, 'sbatch', '--parsable', '--requeue', '--export=ALL', ...named, ...options];
}

/** Slurm's own limit for the tasks of an array, where it is not changed (slurm.conf(5), MaxArraySize). */
const MOST_TASKS = 1_000;

/** Neighbours that need the same: an array has one request for all of its tasks, and the order of the jobs is kept. */
export function arraysOf(jobs: readonly PoolJob[]): readonly (readonly [PoolJob, ...PoolJob[]])[] {
  const arrays: [PoolJob, ...PoolJob[]][] = [];
  for (const job of jobs) {
    const last = arrays.at(-1);
    const fits = last?.[0].memoryMiB === job.memoryMiB && last[0].cores === job.cores && last.length < MOST_TASKS;
    if (last !== undefined && fits) last.push(job);
    else arrays.push([job]);
  }
  return arrays;
}

function words(argv: readonly string[]): string {
  return argv.map(word).join(' ');
}

/** One word of a POSIX shell. */
export function word(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
