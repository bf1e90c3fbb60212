import type { CheckSeen } from './events.js';
import type { LearnState, LearnStep } from './state.js';
import { standingOf } from './state.js';

interface Score {
  readonly got: number;
  readonly of: number;
}

/** Pure. The points of every step that holds, as it was left or as it stands now or at the end, and that the student has done. */
export function scoreOf({ steps }: Pick<LearnState, 'steps'>): Score {
  const sum = (of: readonly LearnStep[]) => of.reduce((all, { points }) => all + points, 0);
  return { got: sum(steps.filter(isEarned)), of: sum(steps) };
}

export function isEarned(step: LearnStep): boolean {
  return standingOf(step) === 'done' && !step.isSolved && lostOf(step).length === 0;
}

/** Pure. The checks of a task that was done which do not hold at the end, or of which that is not known. */
export function lostOf({ atEnd = [] }: Pick<LearnStep, 'atEnd'>): readonly CheckSeen[] {
  return atEnd.filter(({ verdict }) => verdict !== 'passed');
}

/** Pure. As `scoreOf`, but of a task that is not done each check that holds counts for its share; a tenth of a point at most is lost by rounding. */
export function scoreByCheckOf({ steps }: Pick<LearnState, 'steps'>): Score {
  const got = steps.reduce((sum, step) => sum + step.points * heldShare(step), 0);
  return { got: Math.round(got * 10) / 10, of: scoreOf({ steps }).of };
}

function heldShare(step: LearnStep): number {
  if (step.isSolved || step.by === 'halab') return 0;
  if (isEarned(step)) return 1;
  const checks = step.atEnd ?? step.look?.checks ?? [];
  return checks.filter(({ verdict }) => verdict === 'passed').length / Math.max(1, checks.length);
}
