import type { POOL as EN } from '../en/pool.js';
import type { Translation } from '../translation.js';

export const POOL: Translation<typeof EN> = {
  'pool.silent': '没有应答',
  'pool.facts': ({ cpus, memoryMiB, slurm, halab, aheadMs }) =>
    `${cpus} 个处理器，${memoryMiB} MiB，Slurm ${slurm || '–'}，halab ${halab || '–'}，时钟 ${aheadMs} ms`,
  'pool.use': ({ cpusInUse, cpus, memoryMiB }) => `${cpus} 个位置中已用 ${cpusInUse} 个，${memoryMiB} MiB`,
  'pool.no-jobs': '没有实验环境在运行或等待',
};
