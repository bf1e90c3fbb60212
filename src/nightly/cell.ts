import { z } from 'zod';
import type { Frozen } from '../model/frozen.js';
import { groupBy } from '../model/group-by.js';
import { ABILITIES } from '../model/scenario.js';

const count = z.int().min(0);

/** One line of plan.jsonl: a scenario in a lab, on an image, for one of the repeats. */
export const cellSchema = z
  .strictObject({
    id: z.string().describe('scenario.lab.image.repeat, the same every night.'),
    scenario: z.string(),
    lab: z.string(),
    labFile: z.string().optional().describe('What selects the lab on the command line, if that is not its name.'),
    image: z.string(),
    backend: z.string(),
    stack: z
      .array(z.string())
      .optional()
      .describe('Packages on top of the image: folders, files and lines of sources.list.'),
    stackOnly: z.array(z.string()).optional().describe('Of the stack, only these packages, as NAME or NAME=VERSION.'),
    repeat: z.int().min(1),
    requires: z.array(z.string()).describe('Its set-ups, in order.'),
    file: z.string().optional().describe('What selects the scenario, if it is not one of the library.'),
    needs: z.strictObject({
      memoryMiB: count,
      inotifyInstances: count,
      cores: z.number().min(0).describe('Processors that its lab keeps busy while it boots.'),
      abilities: z.array(z.enum(ABILITIES)),
    }),
    measures: z.boolean().describe('It measures an outage, so that it must not be crowded.'),
    expected: z.strictObject({
      ms: z
        .number()
        .min(0)
        .describe('What it adds to its unit; the first cell of a unit bears the lab and the set-ups.'),
      from: z.enum(['runs', 'estimate']).describe('Earlier runs, or an estimate by its steps and waits.'),
      runs: count.describe('How many earlier runs.'),
    }),
    unit: z
      .string()
      .describe('The cells of a unit are run one after another in one lab. Empty for one that is skipped.'),
    shard: z.int().min(1).optional().describe('The part of a plan that is cut for several machines.'),
    skipped: z.string().optional().describe('Why it cannot be run anywhere.'),
  })
  .meta({ id: 'cell' });

export type Cell = Frozen<z.output<typeof cellSchema>>;

/** A cell before the plan has decided with which others it shares a lab. */
export interface LooseCell extends Omit<Cell, 'unit' | 'shard' | 'expected'> {
  readonly own: Time;
}

/** A length of time, and where it is known from. */
export interface Time {
  readonly ms: number;
  readonly from: 'runs' | 'estimate';
  readonly runs: number;
}

/** What is scheduled as a whole: one lab, from up to down. */
export interface Unit {
  readonly id: string;
  readonly cells: readonly [Cell, ...Cell[]];
  readonly ms: number;
}

type Place = Pick<Cell, 'scenario' | 'lab' | 'image' | 'repeat'>;

/** No part of it has a dot, so that it is unique, and can be the name of a folder. */
export function cellId({ scenario, lab, image, repeat }: Place): string {
  return [scenario, lab, image, repeat].join('.');
}

/** The units of a plan, in its order; what is skipped is in none. */
export function unitsOf(cells: readonly Cell[]): readonly Unit[] {
  const groups = groupBy(
    cells.filter(({ skipped }) => skipped === undefined),
    ({ unit }) => unit,
  );
  return [...groups].map(([id, members]) => ({ id, cells: members, ms: totalMs(members) }));
}

function totalMs(cells: readonly Pick<Cell, 'expected'>[]): number {
  return cells.reduce((sum, { expected }) => sum + expected.ms, 0);
}
