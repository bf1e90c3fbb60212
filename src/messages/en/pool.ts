import { plural } from './grammar.js';

/** What `halab pool` says. */
export const POOL = {
  'pool.silent': 'does not answer',
  'pool.facts': ({
    cpus,
    memoryMiB,
    slurm,
    halab,
    aheadMs,
  }: {
    cpus: number;
    memoryMiB: number;
    slurm: string;
    halab: string;
    aheadMs: number;
  }) =>
    `${cpus} ${plural(cpus, { one: 'processor', other: 'processors' })}, ${memoryMiB} MiB, Slurm ${slurm || '–'}, halab ${halab || '–'}, clock ${aheadMs} ms`,
  'pool.use': ({ cpusInUse, cpus, memoryMiB }: { cpusInUse: number; cpus: number; memoryMiB: number }) =>
    `${cpusInUse} of ${cpus} ${plural(cpus, { one: 'place', other: 'places' })} in use, ${memoryMiB} MiB`,
  'pool.no-jobs': 'no lab runs or waits',
};
