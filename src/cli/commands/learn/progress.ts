import { scoreOf } from '../../../learn/score.js';
import type { LearnState } from '../../../learn/state.js';
import { openProgress } from '../../../store/learning.js';
import { systemClock } from '../../../system/clock.js';

/** One exercise that a student has finished, as a line of their progress. */
export interface Progress {
  readonly exercise: string;
  readonly session: string;
  readonly lab: string;
  readonly got: number;
  readonly of: number;
  readonly spentMs: number;
}

/** Adds a finished session to what its student has done. */
export function keepProgress(stateDir: string, { student, scenario, session, lab, steps }: LearnState): void {
  const spentMs = steps.reduce((sum, step) => sum + step.spentMs, 0);
  openProgress<Progress>(stateDir, student, systemClock).append({
    exercise: scenario.id,
    session,
    lab,
    ...scoreOf({ steps }),
    spentMs,
  });
}
