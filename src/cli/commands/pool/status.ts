import { readPool } from '../../../config/pool.js';
import { EXIT } from '../../../model/verdict.js';
import { jobLines, machineLines } from '../../../pools/pool-text.js';
import { isUsable, type ListedMachine } from '../../../pools/slurm/queue.js';
import { drainMachine, jobsInQueue, machinesOf } from '../../../pools/slurm/slurm.js';
import { createProcessRunner } from '../../../system/process-runner.js';
import { unknownOne } from '../../errors.js';
import { output, terminalPage } from '../../output.js';
import type { Settings } from '../../settings.js';

const POOL_FILE = 'pool.yaml';

/** 3 where no machine takes jobs. */
export async function poolStatus(settings: Settings, path = POOL_FILE): Promise<number> {
  const { file, partition } = readPool(path, settings);
  const processes = createProcessRunner();
  const machines = await machinesOf({ processes, partition });
  const jobs = await jobsInQueue({ processes });
  if (settings.json) output.answer('pool-status', { file, partition, machines: machines.map(machineJson), jobs });
  else {
    const page = terminalPage(settings.language);
    for (const line of [...machineLines(machines, page), ...jobLines(jobs, page)]) output.line(line);
  }
  return machines.some(isUsable) ? EXIT.passed : EXIT.unknown;
}

export function machineJson({ name, state, cpus, cpusInUse, memoryMiB, reason }: ListedMachine) {
  return {
    ...{ name, state, takesJobs: isUsable({ state }), cpus, cpusInUse, memoryMiB },
    ...(reason === '' ? {} : { reason }),
  };
}

const USUAL_REASON = 'drained by halab pool drain';

/** Idempotent. */
export async function poolDrain(
  settings: Settings,
  machine: string,
  path = POOL_FILE,
  { because, undo = false }: { readonly because?: string; readonly undo?: boolean } = {},
): Promise<number> {
  const { partition } = readPool(path, settings);
  const processes = createProcessRunner();
  const known = (await machinesOf({ processes, partition })).map(({ name }) => name);
  if (!known.includes(machine)) throw unknownOne('machine', machine, known);
  await drainMachine({ processes }, machine, undo ? undefined : (because ?? USUAL_REASON));
  return poolStatus(settings, path);
}
