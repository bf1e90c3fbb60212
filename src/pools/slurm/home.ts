import { LabError } from '../../model/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { GivenJob, PoolJob } from '../../ports/pool.js';
import type { ProcessRunner } from '../../ports/process.js';
import { RUNS_FOLDER, word } from './script.js';

/** How what a job writes on its machine comes home. */
export interface Home {
  /** Where the job writes it, on its machine. */
  folderOf(job: Pick<PoolJob, 'lab' | 'folder'>): string;
  /** Throws LabError `pool-failed` where it does not come. */
  bring?(job: GivenJob, isOver: boolean): Promise<void>;
}

/** The folder of the reports is on every machine under the same path. */
export const SHARED_HOME: Home = { folderOf: ({ folder }) => folder };

interface SshHomeDeps {
  readonly processes: ProcessRunner;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Machines to what ssh is given for them, such as root@10.0.0.4. */
  readonly machines: ReadonlyMap<string, string>;
}

const COPY_MS = 120_000;
const TRIES = 3;
const PAUSE_MS = 5_000;

/** Nobody answers questions here, and a dead machine is given up. */
export const SSH_ARGV = ['ssh', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-o', 'ServerAliveInterval=10'];

/** Each machine keeps the runs of its jobs until this one has fetched them by ssh. */
export function createSshHome({ processes, clock, machines }: SshHomeDeps): Home {
  const folderOf = ({ lab }: Pick<PoolJob, 'lab'>) => `${RUNS_FOLDER}/${lab}`;
  const copy = (target: string, job: GivenJob) =>
    processes.run(
      [
        'rsync',
        '--archive',
        '--mkpath',
        '--timeout=30',
        `--rsh=${SSH_ARGV.join(' ')}`,
        `${target}:${folderOf(job)}/`,
        `${job.folder}/`,
      ],
      { timeoutMs: COPY_MS },
    );
  return {
    folderOf,
    async bring(job, isOver) {
      const known = job.machine === undefined ? undefined : machines.get(job.machine);
      // One that was never seen running may have run on any of them.
      const targets = known === undefined ? [...machines.values()] : [known];
      let problem = '';
      for (let turn = 0; turn < (isOver ? TRIES : 1); turn += 1) {
        if (turn > 0) await clock.sleep(PAUSE_MS);
        for (const target of targets) {
          const { exitCode, stderr } = await copy(target, job);
          if (exitCode === 0) {
            if (isOver) await remove(processes, target, folderOf(job));
            return;
          }
          problem = stderr.trim().split('\n')[0] ?? '';
        }
      }
      const where = job.machine ?? 'any machine of the pool';
      throw new LabError('pool-failed', `the results of ${job.lab} did not come from ${where}: ${problem}`, {
        hint: 'halab pool status says which machines answer',
      });
    },
  };
}

/** What stays is removed by the check before a later job. */
async function remove(processes: ProcessRunner, target: string, folder: string): Promise<void> {
  await processes.run([...SSH_ARGV, target, `rm -rf ${word(folder)}`], { timeoutMs: COPY_MS });
}
