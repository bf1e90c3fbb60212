import { z } from 'zod';
import { cellSchema } from '../../nightly/cell.js';
import { answer } from './answer.js';

export const nightlyPlanAnswer = answer('nightly-plan', 'The plan of a nightly run', {
  file: z.string().describe('plan.jsonl, with a cell in each line.'),
  labs: z.int().min(1).describe('With how many labs side by side it is made.'),
  endsMs: z.number().min(0).describe('When the last lab is expected to end, in ms; 0 of a plan that was read again.'),
  cells: z.array(cellSchema).describe('Longest unit first, what is skipped last.'),
});

export const poolStatusAnswer = answer('pool-status', 'The machines of a pool, and its labs', {
  file: z.string().describe('The pool file.'),
  partition: z.string(),
  machines: z
    .array(
      z.strictObject({
        name: z.string(),
        state: z.string().describe("In Slurm's words, such as idle or down*."),
        takesJobs: z.boolean(),
        cpus: z.int().min(0).describe('How many labs boot there side by side.'),
        cpusInUse: z.int().min(0),
        memoryMiB: z.int().min(0),
        reason: z.string().optional().describe('Why it is down or drained.'),
      }),
    )
    .describe('Empty where halab pool init only checked them.'),
  jobs: z
    .array(z.strictObject({ lab: z.string(), state: z.enum(['waiting', 'running']), machine: z.string().optional() }))
    .describe('Labs that run, and those that wait for a machine.'),
});
