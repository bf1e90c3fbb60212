import type { Cell, LooseCell, Time } from './cell.js';

/** Cells that one lab could run one after another, and what sharing it costs. */
export interface SharedLab {
  /** In the order of the tree of set-ups, so that neighbours share most. */
  readonly cells: readonly LooseCell[];
  readonly lab: Time;
  readonly restore: Time;
  /** Of every set-up that a cell requires. */
  readonly setUps: ReadonlyMap<string, Time>;
}

/** A unit that is being filled. */
interface Filling {
  readonly cells: { readonly cell: LooseCell; readonly ms: number }[];
  readonly played: Set<string>;
  ms: number;
}

/**
 * Cuts what could share a lab into units of at most `longestMs` (a single cell may be longer). A cell joins the unit before
 * it if what it adds there (its own time, the set-ups that the unit has not played yet, one restore) is less than in a unit
 * of its own (lab up and down, all set-ups, its own time), and the unit does not become too long by it.
 */
export function unitsWithin(shared: SharedLab, longestMs: number): readonly (readonly Cell[])[] {
  const units: Filling[] = [];
  for (const cell of shared.cells) {
    const alone = shared.lab.ms + addedMs(cell, new Set(), shared);
    const unit = units.at(-1);
    const joined = unit === undefined ? alone : addedMs(cell, unit.played, shared) + shared.restore.ms;
    const isJoining = unit !== undefined && joined < alone && unit.ms + joined <= longestMs;
    const filled = isJoining ? unit : { cells: [], played: new Set<string>(), ms: 0 };
    if (!isJoining) units.push(filled);
    const ms = isJoining ? joined : alone;
    filled.cells.push({ cell, ms });
    filled.ms += ms;
    for (const id of [...cell.requires, cell.scenario]) filled.played.add(id);
  }
  return units.map(({ cells }) => {
    const id = cells[0]?.cell.id ?? '';
    return cells.map(({ cell: { own, ...cell }, ms }) => ({ ...cell, unit: id, expected: { ...own, ms } }));
  });
}

/** One that was played already as the set-up of another takes no more time. */
function addedMs(cell: LooseCell, played: ReadonlySet<string>, { setUps }: SharedLab): number {
  const setUpMs = cell.requires.filter((id) => !played.has(id)).reduce((sum, id) => sum + (setUps.get(id)?.ms ?? 0), 0);
  return setUpMs + (played.has(cell.scenario) ? 0 : cell.own.ms);
}
