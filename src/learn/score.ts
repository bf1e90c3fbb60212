import type { LearnState, LearnStep } from './state.js';
import { standingOf } from './state.js';

interface Score {
  readonly got: number;
  readonly of: number;
}

/** Pure. The points of every step that holds, as it was left or as it stands now, and that the student has done. */
export function scoreOf({ steps }: Pick<LearnState, 'steps'>): Score {
  const sum = (of: readonly LearnStep[]) => of.reduce((all, { points }) => all + points, 0);
  return { got: sum(steps.filter(isEarned)), of: sum(steps) };
}

export function isEarned(step: LearnStep): boolean {
  return standingOf(step) === 'done' && !step.isSolved;
}
