import { join } from 'node:path';
import { isLabError, LabError } from '../model/errors.js';
import { type Limits, type Measured, whyNotYet } from '../nightly/packing.js';
import type { Pool, PoolJob, Started } from '../ports/pool.js';
import type { ProcessRunner } from '../ports/process.js';

interface LocalDeps {
  readonly processes: ProcessRunner;
  /** The command that runs halab. */
  readonly halab: readonly string[];
  /** What runs jobs, if it is not halab itself. */
  readonly program?: readonly string[];
  readonly limits: Limits;
  measure(): Measured;
  /** A mark of the process with this id; undefined where none runs. */
  markOf(pid: number): string | undefined;
  signal(pid: number, signal: NodeJS.Signals): void;
  /** Whether a command works on this lab. */
  isBusy(lab: string): boolean;
  /** Whether anything of the lab is left on that backend. */
  isThere(lab: string, backend: string): Promise<boolean>;
}

const DOWN_MS = 180_000;

/** Jobs as processes on this machine, as many side by side as it can run. */
export function createLocalPool(deps: LocalDeps): Pool {
  const { processes, halab, program = halab } = deps;
  const isAlive = ({ pid, mark }: Handle) => deps.markOf(pid) === mark;
  const startOne = async ({ lab, folder, argv, env }: PoolJob): Promise<Started> => {
    const own = { ...env, HALAB_NAME: lab, HALAB_REPORTS_DIR: folder };
    try {
      const { pid } = await processes.start([...program, ...argv], { logFile: join(folder, 'log'), env: own });
      // One that has ended already has no mark, and is found to be not running.
      return { handle: `${pid}:${deps.markOf(pid) ?? 'ended'}` };
    } catch (problem) {
      if (isLabError(problem)) return { problem };
      throw problem;
    }
  };
  return {
    name: 'local',
    whyNotYet: async (needs, running) => whyNotYet(needs, running, deps.measure(), deps.limits),
    start: (jobs) => Promise.all(jobs.map(startOne)),
    async look({ handle, lab }) {
      const runs = handle === undefined ? deps.isBusy(lab) : isAlive(handleIn(handle));
      return { state: runs ? 'running' : 'ended' };
    },
    async stop(handle, how) {
      const read = handleIn(handle);
      if (!isAlive(read)) return;
      // It is the leader of a process group; when it is asked, it stops what it has started by itself.
      if (how === 'ask') deps.signal(read.pid, 'SIGINT');
      else deps.signal(-read.pid, 'SIGKILL');
    },
    async clear({ lab, backend }) {
      if (!(await deps.isThere(lab, backend))) return;
      // Taking a lab down undoes its faults: nothing of it is outside of its own namespaces and machines.
      const argv = [...halab, 'down', '--name', lab];
      const { exitCode, stderr } = await processes.run(argv, { timeoutMs: DOWN_MS });
      if (exitCode !== 0)
        throw new LabError('backend-failed', `the lab ${lab} could not be taken down: ${stderr.trim()}`, {
          hint: `halab down --name ${lab} tries again`,
        });
    },
  };
}

interface Handle {
  readonly pid: number;
  readonly mark: string;
}

function handleIn(text: string): Handle {
  const [pid = '', mark = ''] = text.split(':');
  return { pid: Number(pid), mark };
}
