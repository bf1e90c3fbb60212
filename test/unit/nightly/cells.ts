import { type Cell, cellId, type LooseCell } from '../../../src/nightly/cell.js';
import type { SharedLab } from '../../../src/nightly/units.js';

export const SECOND = 1_000;

export const estimate = (ms: number) => ({ ms, from: 'estimate', runs: 0 }) as const;

/** A cell of the lab linuxha on debian-12, unless something else is given. */
export function looseCell(scenario: string, ownMs: number, more: Partial<LooseCell> = {}): LooseCell {
  const place = { scenario, lab: 'linuxha', image: 'debian-12', repeat: 1, ...more };
  return {
    ...place,
    id: cellId(place),
    backend: 'embedded',
    requires: [],
    needs: { memoryMiB: 1_200, inotifyInstances: 28, cores: 1, abilities: [] },
    measures: false,
    own: estimate(ownMs),
    ...more,
  };
}

export function sharedLab(cells: readonly LooseCell[], more: Partial<SharedLab> = {}): SharedLab {
  return { cells, lab: estimate(20 * SECOND), restore: estimate(8 * SECOND), setUps: new Map(), ...more };
}

/** As the plan has it. */
export function cell(scenario: string, more: Partial<Cell> = {}): Cell {
  const { own, ...loose } = looseCell(scenario, 30 * SECOND, more);
  return { ...loose, unit: loose.id, expected: own, ...more };
}
