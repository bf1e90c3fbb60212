import type { Cell, LooseCell, Unit } from './cell.js';
import { unitsOf } from './cell.js';
import { type SharedLab, unitsWithin } from './units.js';

interface PlanOptions {
  /** How many labs are expected to run side by side on one machine. */
  readonly labs: number;
  /** How many machines the plan is cut for; 1 without `--shard`. */
  readonly shards: number;
}

/** Shares of all that is to be done which are tried as the longest unit. */
const CUTS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32] as const;
/** Work makes the other labs slower, which no plan knows: a few percent are not worth a lab more. */
const ALIKE = 1.05;
/** By how much the planned times of two shards may differ. */
const SPREAD = 0.2;

/**
 * The plan, longest unit first. Long units play their set-ups once, short ones fill the labs more evenly: several cuts are tried,
 * and of those with which the last shard ends first, or nearly so, the one that is least work is taken. A cut whose shards differ by
 * more than a fifth is taken only if all do.
 */
export function planNight(labs: readonly SharedLab[], skipped: readonly LooseCell[], options: PlanOptions) {
  const whole = labs.map((each) => unitsWithin(each, Number.POSITIVE_INFINITY)).flat(2);
  const wholeMs = workOf(unitsOf(whole));
  const slots = options.labs * options.shards;
  const longest = [...CUTS.map((cut) => (wholeMs * 1.25) / (slots * cut)), 0];
  const cuts = [Number.POSITIVE_INFINITY, ...longest].map((longestMs) => cutAt(labs, longestMs, options));
  const even = cuts.filter(({ spread }) => spread <= SPREAD);
  const leastMs = Math.min(...cuts.map(({ spreadMs }) => spreadMs));
  const fit = even.length > 0 ? even : cuts.filter(({ spreadMs }) => spreadMs === leastMs);
  const soonestMs = Math.min(...fit.map(({ endsMs }) => endsMs));
  const [best] = fit
    .filter(({ endsMs }) => endsMs <= soonestMs * ALIKE)
    .toSorted((one, other) => one.workMs - other.workMs || one.endsMs - other.endsMs);
  const cells = (best?.units ?? []).flatMap(({ unit, shard }) =>
    unit.cells.map((cell): Cell => (options.shards > 1 ? { ...cell, shard } : cell)),
  );
  return { cells: [...cells, ...skipped.map(unplanned)], endsMs: best?.endsMs ?? 0 };
}

function cutAt(labs: readonly SharedLab[], longestMs: number, { labs: atOnce, shards }: PlanOptions) {
  const cells = labs.flatMap((each) => unitsWithin(each, longestMs)).flat();
  const units = unitsOf(cells).toSorted((one, other) => other.ms - one.ms || (one.id < other.id ? -1 : 1));
  const parts = evenly(units, shards);
  const loads = parts.map(workOf);
  const [most, least] = [Math.max(...loads), Math.min(...loads)];
  const shardOf = (unit: Unit) => parts.findIndex((part) => part.includes(unit)) + 1;
  return {
    units: units.map((unit) => ({ unit, shard: shardOf(unit) })),
    spread: most === 0 ? 0 : (most - least) / most,
    spreadMs: most - least,
    endsMs: Math.max(...parts.map((part) => Math.max(...evenly(part, atOnce).map(workOf)))),
    workMs: workOf(units),
  };
}

/** Longest first, each to the part that has least to do (Graham's LPT rule). */
function evenly<T extends { readonly ms: number }>(items: readonly T[], count: number): readonly T[][] {
  const parts = Array.from({ length: count }, (): T[] => []);
  for (const item of items.toSorted((one, other) => other.ms - one.ms)) {
    const [least] = parts.toSorted((one, other) => workOf(one) - workOf(other));
    least?.push(item);
  }
  return parts;
}

export function workOf(units: readonly { readonly ms: number }[]): number {
  return units.reduce((sum, { ms }) => sum + ms, 0);
}

function unplanned({ own: _, ...cell }: LooseCell): Cell {
  return { ...cell, unit: '', expected: { ms: 0, from: 'estimate', runs: 0 } };
}
