import type { Speaker } from '../messages/message.js';

/** What became of a cell in a night. */
export const CELL_STATES = ['passed', 'flaky', 'failed', 'unknown', 'lost', 'left-out', 'missing', 'skipped'] as const;
export type CellState = (typeof CELL_STATES)[number];

/** What a person has to look at, worst first. */
export const TOLD_STATES: readonly CellState[] = ['failed', 'lost', 'missing', 'unknown', 'left-out', 'flaky'];

type CellCounts = { readonly [S in CellState]: number };

export function countsOf(cells: readonly { readonly state: CellState }[]): CellCounts {
  const counted = CELL_STATES.map((state) => [state, cells.filter((cell) => cell.state === state).length]);
  return Object.fromEntries(counted) as CellCounts;
}

/** `3 failed`, in the order of the states, without those that no cell has. */
export function countTexts(counts: CellCounts, say: Speaker): readonly string[] {
  return CELL_STATES.filter((state) => counts[state] > 0).map((state) => countText(state, counts[state], say));
}

export function countText(state: CellState, count: number, say: Speaker): string {
  return say('nightly.count', { count, state: say(`nightly.state.${state}`) });
}
