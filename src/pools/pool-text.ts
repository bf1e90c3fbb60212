import type { Language } from '../model/text.js';
import { pageOf } from '../report/closing-page.js';
import { oneLine, wrapDisplay } from '../report/format.js';
import type { CheckedPool } from './slurm/init.js';
import { isUsable, type ListedMachine } from './slurm/queue.js';

type PageOptions = { readonly language: Language; readonly color: boolean; readonly width: number };

/** A job as people read it. */
interface ShownJob {
  readonly lab: string;
  readonly state: string;
  readonly machine?: string;
}

/** What was found on each machine before anything is changed. */
export function checkLines({ machines }: CheckedPool, options: PageOptions): readonly string[] {
  const { say, paint } = pageOf(options);
  return machines.map(({ name, facts, problems }) => {
    const mark = problems.length === 0 ? paint.verdict('passed', '✔') : paint.verdict('failed', '✖');
    if (facts === undefined) return `  ${mark} ${name.padEnd(12)} ${say('pool.silent')}`;
    const { cpus, memoryMiB, slurm, halab, aheadMs } = facts;
    return `  ${mark} ${name.padEnd(12)} ${say('pool.facts', { cpus, memoryMiB, slurm, halab, aheadMs })}`;
  });
}

export function machineLines(machines: readonly ListedMachine[], options: PageOptions): readonly string[] {
  const { say, paint } = pageOf(options);
  return machines.flatMap((machine) => {
    const { name, state, cpus, cpusInUse, memoryMiB, reason } = machine;
    const mark = isUsable(machine) ? paint.verdict('passed', '✔') : paint.verdict('unknown', '?');
    const head = `  ${mark} ${name.padEnd(12)} ${state.padEnd(14)} ${say('pool.use', { cpusInUse, cpus, memoryMiB })}`;
    const why = reason === '' ? [] : wrapDisplay(oneLine(reason), options.width - 6);
    return [head, ...why.map((line) => `      ${paint.dim(line)}`)];
  });
}

export function jobLines(jobs: readonly ShownJob[], options: PageOptions): readonly string[] {
  const { say } = pageOf(options);
  if (jobs.length === 0) return ['', `  ${say('pool.no-jobs')}`];
  return ['', ...jobs.map(({ lab, state, machine = '' }) => `  ${lab.padEnd(16)} ${state.padEnd(12)} ${machine}`)];
}
