import { z } from 'zod';
import { answer } from './answer.js';

const change = z
  .strictObject({ name: z.string().describe('The source that packages are built from.'), version: z.string() })
  .meta({ id: 'change' });
const outcome = z.enum(['passed', 'failed', 'unknown']);

export const bisectAnswer = answer('bisect', 'Which version of which package a failure came with', {
  folder: z.string().describe('Where the runs are.'),
  scenario: z.string(),
  lab: z.string(),
  image: z.string(),
  sources: z.array(z.string()),
  nights: z
    .strictObject({ green: z.string(), red: z.string() })
    .optional()
    .describe('The last night in which it passed and the first in which it failed, where they were asked.'),
  result: z
    .enum(['found', 'between', 'alike', 'unclear', 'planned'])
    .describe(
      'between: one of several changes. alike: the first and the last state came to the same. unclear: one of these two has no result. planned: with --dry-run, nothing was run.',
    ),
  found: change
    .extend({ before: z.string().describe('The version with which it passed.'), packages: z.array(z.string()) })
    .optional(),
  suspects: z.array(change).optional().describe('With `between`: the changes of which it is one.'),
  states: z.array(
    z.strictObject({
      state: z.int().min(0),
      change: change.optional().describe('What is new in it; absent of the first state.'),
      outcome: outcome.optional().describe('Absent where it was not run.'),
      reason: z.string().optional(),
      durationMs: z.number().min(0).optional(),
      runs: z.array(z.string()).describe("Paths of the runs' folders."),
    }),
  ),
});
