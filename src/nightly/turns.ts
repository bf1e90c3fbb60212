import { groupBy } from '../model/group-by.js';
import type { NightJson } from './night-answer.js';

/** A night that was finished, and where its folder is now. */
export interface NightSeen {
  readonly night: string;
  readonly folder: string;
  readonly cells: NightJson['cells'];
}

/** A cell that passed in one night and has failed since. */
export interface Turn {
  readonly cell: string;
  readonly scenario: string;
  readonly lab: string;
  readonly image: string;
  readonly green: NightOfCell;
  readonly red: NightOfCell;
}

interface NightOfCell {
  readonly night: string;
  /** The folder of its run. */
  readonly run: string;
}

/** Pure. The last green and the first red night of each cell that is red now. What is neither is passed over: it says nothing of the stack. */
export function turnsIn(oldestFirst: readonly NightSeen[]): readonly Turn[] {
  const seen = oldestFirst.flatMap(({ night, folder, cells }) =>
    cells.flatMap((cell) => {
      const run = cell.attempts.findLast(({ outcome }) => outcome === cell.state)?.run;
      if (run === undefined || (cell.state !== 'passed' && cell.state !== 'failed')) return [];
      return [{ cell, at: { night, run: movedTo(folder, run) } }];
    }),
  );
  return [...groupBy(seen, ({ cell }) => cell.id)].flatMap(([id, nights]) => {
    const greenAt = nights.findLastIndex(({ cell }) => cell.state === 'passed');
    const [green, red] = [nights[greenAt], nights[greenAt + 1]];
    if (green === undefined || red === undefined) return [];
    const { scenario, lab, image } = red.cell;
    return [{ cell: id, scenario, lab, image, green: green.at, red: red.at }];
  });
}

/** The night's folder may have been another when it was written. */
function movedTo(folder: string, run: string): string {
  const inside = /\/(cells\/.*)$/.exec(run)?.[1];
  return inside === undefined ? run : `${folder}/${inside}`;
}
