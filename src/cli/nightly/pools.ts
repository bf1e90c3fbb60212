import { availableParallelism, loadavg } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { readPool } from '../../config/pool.js';
import { LabError } from '../../model/errors.js';
import type { PoolFile } from '../../model/pool.js';
import type { Cell } from '../../nightly/cell.js';
import { usualLimits } from '../../nightly/packing.js';
import { createLocalPool } from '../../pools/local.js';
import { createSshHome, type Home, SHARED_HOME } from '../../pools/slurm/home.js';
import { isUsable, type ListedMachine } from '../../pools/slurm/queue.js';
import { createSlurmPool, machinesOf } from '../../pools/slurm/slurm.js';
import type { Pool } from '../../ports/pool.js';
import { livenessOn } from '../../store/lock.js';
import { systemClock } from '../../system/clock.js';
import { createProcessRunner, sendSignal } from '../../system/process-runner.js';
import { busyWith } from '../lab-session.js';
import { ROOT, type Settings } from '../settings.js';
import { backendsHere } from '../wire.js';

export interface PoolFlags {
  /** The pool file; this machine alone without one. */
  readonly pool?: string;
  /** How many labs side by side, on this machine. */
  readonly labs?: number;
  /** What runs a cell instead of halab, in tests. */
  readonly program?: string;
}

/** Where the jobs of a night are run. */
export async function poolFor(settings: Settings, flags: PoolFlags): Promise<Pool> {
  if (flags.pool === undefined) return localPool(settings, flags);
  const file = readPool(flags.pool, settings);
  const { partition, sbatch, halab } = file;
  return createSlurmPool({
    processes: createProcessRunner(),
    clock: systemClock,
    place: { partition, options: sbatch, halab: flags.program === undefined ? halab : [flags.program] },
    home: homeOf(settings, file),
    path: settings.path,
  });
}

async function localPool(settings: Settings, { labs, program }: PoolFlags): Promise<Pool> {
  const cores = availableParallelism();
  const backends = await backendsHere(settings);
  const { markOf } = livenessOn(process.platform);
  return createLocalPool({
    processes: createProcessRunner(),
    halab: [process.execPath, join(ROOT, 'bin', 'halab.js')],
    ...(program === undefined ? {} : { program: [program] }),
    limits: usualLimits(cores, labs),
    measure: () => {
      const spare = backends[0]?.spare?.();
      return { cores, load: loadavg()[0] ?? 0, ...(spare === undefined ? {} : { spare }) };
    },
    markOf,
    signal: sendSignal,
    isBusy: (lab) => busyWith(settings, lab) !== undefined,
    isThere: async (lab, backend) =>
      (await backends.find(({ name }) => name === backend)?.list())?.includes(lab) ?? false,
  });
}

function homeOf({ reportsDir }: Settings, { file, shared, machines }: PoolFile): Home {
  if (isBelow(shared, reportsDir)) return SHARED_HOME;
  if (machines.length === 0)
    throw new LabError('usage', `the reports would be in ${reportsDir}, which is in no shared folder of ${file}`, {
      hint: `set HALAB_REPORTS_DIR to a folder in ${shared.join(' or ')}`,
    });
  return createSshHome({
    processes: createProcessRunner(),
    clock: systemClock,
    machines: new Map(machines.map(({ name, ssh }) => [name, ssh])),
  });
}

function isBelow(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => resolve(path) === resolve(folder) || resolve(path).startsWith(resolve(folder) + sep));
}

/** Before anything begins. Throws LabError where a job could not run on the pool: `usage` for files that it would not find there. */
export async function requirePool(settings: Settings, pool: string, cells: readonly Cell[]): Promise<void> {
  const file = readPool(pool, settings);
  homeOf(settings, file);
  const files = cells.flatMap(({ file: own, labFile, stack = [] }) =>
    [own, labFile, ...stack].filter((each) => each?.startsWith(sep)),
  );
  const away = [...new Set(files)].filter((each) => each !== undefined && !isBelow(file.shared, each));
  if (away.length > 0)
    throw new LabError('usage', `the machines of the pool do not have ${away.join(', ')}`, {
      hint: `put it where every machine has it under the same path, and name that folder under shared in ${file.file}`,
    });
  if (!(await usableMachines(file)).length)
    throw new LabError('pool-failed', `no machine of the pool ${file.file} is up`, { hint: 'halab pool status' });
}

/** How many labs the pool runs side by side, most of the time. */
export async function labsOnPool(settings: Settings, pool: string): Promise<number> {
  const machines = await usableMachines(readPool(pool, settings));
  return Math.max(
    1,
    machines.reduce((sum, { cpus }) => sum + cpus, 0),
  );
}

async function usableMachines({ partition }: PoolFile): Promise<readonly ListedMachine[]> {
  return (await machinesOf({ processes: createProcessRunner(), partition })).filter(isUsable);
}
