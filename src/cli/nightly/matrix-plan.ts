import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { findMatrix, type Matrix, placedSources, readMatrix, whyNoSource } from '../../config/nightly.js';
import { LabError } from '../../model/errors.js';
import type { Cell } from '../../nightly/cell.js';
import { usualLimits } from '../../nightly/packing.js';
import { planNight } from '../../nightly/plan.js';
import { readPlan } from '../../nightly/plan-lines.js';
import type { LabFlags } from '../lab-session.js';
import type { Settings } from '../settings.js';
import type { StackFlags } from '../stack/pinned.js';
import { gatherCells, type NightMatrix } from './gather.js';

export interface PlanFlags extends Pick<LabFlags, 'backend'>, StackFlags {
  /** How many labs side by side. */
  readonly labs?: number;
  /** How many machines it is cut for. */
  readonly shards?: number;
}

interface WholePlan {
  /** All cells; with a shard, those of the others too. */
  readonly cells: readonly Cell[];
  /** What it was made from. */
  readonly file: string;
  /** When the night is expected to end, in ms since its begin. */
  readonly endsMs: number;
  readonly labs: number;
}

/** From a matrix, or read again from a plan that was made earlier. Throws LabError for what is wrong in either. */
export async function wholePlan(settings: Settings, file: string | undefined, flags: PlanFlags): Promise<WholePlan> {
  const { shards = 1 } = flags;
  if (file?.endsWith('.jsonl')) {
    if (flags.stack !== undefined)
      throw new LabError('usage', `the plan ${file} says by itself what stack it is for`, {
        hint: 'halab nightly plan --stack makes another plan',
      });
    const cells = planIn(settings, file);
    if (flags.shards !== undefined) requireShards(file, cells, flags.shards);
    return { cells, file, endsMs: 0, labs: labsFor(cells, flags) };
  }
  const path = findMatrix(file, settings);
  const matrix = withStackFlags(settings, readMatrix(path, settings), flags);
  const { labs: shared, skipped } = await gatherCells(settings, matrix, flags);
  const labs = labsFor(
    shared.flatMap(({ cells }) => cells),
    flags,
  );
  return { ...planNight(shared, skipped, { labs, shards }), file: path, labs };
}

/** The stack of the command line in the place of that of the file. */
function withStackFlags({ cwd }: Settings, matrix: Matrix, { stack, stackOnly }: PlanFlags): NightMatrix {
  const sources = stack && placedSources(stack, cwd);
  for (const source of sources ?? []) {
    const problem = whyNoSource(source);
    if (problem !== undefined) throw new LabError('usage', problem.message, { hint: problem.hint });
  }
  return { ...matrix, ...(sources && { stack: sources }), ...(stackOnly && { stackOnly }) };
}

/** How many labs will run side by side, most of the time. */
function labsFor(cells: readonly Pick<Cell, 'measures'>[], { labs }: PlanFlags): number {
  const limits = usualLimits(availableParallelism(), labs);
  return cells.some(({ measures }) => measures) ? limits.labsMeasuring : limits.labs;
}

function planIn({ cwd }: Settings, file: string): readonly Cell[] {
  const path = resolve(cwd, file);
  try {
    return readPlan(file, readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw new LabError('usage', `there is no plan ${file}`, { hint: 'halab nightly plan writes one', cause });
  }
}

/** A part of a plan has to be the same part wherever it is taken. */
function requireShards(file: string, cells: readonly Cell[], of: number): void {
  const planned = new Set(cells.flatMap(({ shard }) => shard ?? []));
  if (planned.size > 0 && Math.max(...planned) <= of) return;
  throw new LabError('usage', `the plan ${file} is not cut into ${of} parts`, {
    hint: `halab nightly plan --shards ${of} cuts it`,
  });
}
