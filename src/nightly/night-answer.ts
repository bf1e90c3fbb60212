import { z } from 'zod';
import type { Frozen } from '../model/frozen.js';
import { CELL_STATES, type CellState } from './cell-states.js';

const length = z.number().min(0).describe('In ms.');
const count = z.int().min(0);
const verdict = z.enum(['passed', 'unknown', 'failed', 'skipped']).meta({ id: 'verdict' });

const attempt = z
  .strictObject({
    attempt: z.string(),
    machine: z.string(),
    at: z.string().describe('When it began, ISO 8601.'),
    outcome: z
      .enum(['passed', 'unknown', 'failed', 'skipped', 'lost', 'stopped', 'open'])
      .describe('lost: it ended without a result. stopped: the night was interrupted. open: its end is not known.'),
    reason: z.string().optional(),
    durationMs: length.optional(),
    outageMs: length
      .optional()
      .describe('The longest that was measured; absent where none was, or its length is not known.'),
    run: z.string().optional().describe("Path of the run's folder."),
  })
  .meta({ id: 'attempt' });

const cell = z
  .strictObject({
    id: z.string(),
    scenario: z.string(),
    lab: z.string(),
    image: z.string(),
    repeat: z.int().min(1),
    state: z
      .enum(CELL_STATES)
      .describe(
        'flaky: it passed in one attempt and not in another. lost: all attempts ended without a result. left-out: the budget left no time. missing: nothing is known of it.',
      ),
    verdict: verdict.describe('A flaky cell has passed; of one without a result it is unknown.'),
    reason: z.string().optional(),
    lastSign: z.string().optional().describe('Of a cell without a result: where and when it was last seen.'),
    expectedMs: length,
    durationMs: length.optional(),
    outageMs: length.optional().describe('In the attempt that counts.'),
    attempts: z.array(attempt),
  })
  .meta({ id: 'cell' });

export const nightAnswer = z
  .strictObject({
    schema: z.literal('halab.night/1'),
    verdict: verdict.describe('failed outranks unknown, which outranks passed.'),
    reason: z.string().optional().describe('Why the night did not pass, in one line.'),
    started: z.string().optional().describe('ISO 8601.'),
    ended: z.string().optional().describe('ISO 8601; absent while a part of it has not ended.'),
    durationMs: length.describe('From the first begin to the last sign of life.'),
    workMs: length.describe('Of all cells together.'),
    machines: z.array(z.string()),
    stack: z.array(z.string()).optional().describe('Where the packages on top of the images were from.'),
    nights: z.array(z.strictObject({ night: z.string(), folder: z.string(), machine: z.string(), ended: z.boolean() })),
    counts: z.strictObject(
      Object.fromEntries(CELL_STATES.map((state) => [state, count])) as Record<CellState, typeof count>,
    ),
    cells: z.array(cell),
  })
  .meta({
    id: 'halab.night/1',
    title: 'What a night came to',
    description:
      "Printed by `halab nightly run --json` and `halab merge --json`, and kept as summary.json in the night's folder.",
  });

export type NightJson = Frozen<z.output<typeof nightAnswer>>;
export type CellJson = NightJson['cells'][number];
