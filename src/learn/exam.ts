import { LabError } from '../model/errors.js';
import type { LearnState } from './state.js';
import { msBetween } from './state.js';

/** An exam's clock. */
interface ExamClock {
  readonly minutes: number;
  /** Below 0 where the time is over. */
  readonly leftMs: number;
  /** A tenth of the time is left, or less. */
  readonly isShort: boolean;
}

const SHORT_SHARE = 0.1;

/** Pure. The clock of a session that is an exam; it stands still once that is finished. */
export function examOf(
  state: Pick<LearnState, 'exam' | 'startedAt' | 'beganAt' | 'finishedAt'>,
  now: string,
): ExamClock | undefined {
  const { exam, beganAt = state.startedAt, finishedAt = now } = state;
  if (exam === undefined) return undefined;
  const ofMs = exam.minutes * 60_000;
  const leftMs = ofMs - Math.max(0, msBetween(beganAt, finishedAt));
  return { minutes: exam.minutes, leftMs, isShort: leftMs <= ofMs * SHORT_SHARE };
}

/** Throws LabError `usage` in an exam. */
export function refuseInExam({ exam }: Pick<LearnState, 'exam'>, what: string): void {
  if (exam === undefined) return;
  throw new LabError('usage', `this is an exam, and there is no ${what} in it`, {
    hint: 'halab learn show shows the task, halab learn goto STEP goes on at another step',
  });
}
