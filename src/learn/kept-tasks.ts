import type { RunSession } from '../runner/session.js';
import type { CheckSeen } from './events.js';
import { judgeExpectations } from './look.js';
import { withMemoryOf } from './remembered.js';
import { type LearnState, learnStepOf, stepOf, taskOf } from './state.js';

const LOOK_EVERY_MS = 500;
/** The last step may be one of halab, after which the cluster has something to do. */
const LONGEST_MS = 10_000;

/** The tasks that were done and left, by step, as they hold now; without those that a later step, begun since, undoes. */
export async function keptTasks(
  run: RunSession,
  state: LearnState,
): Promise<Readonly<Record<string, readonly CheckSeen[]>>> {
  const kept: Record<string, readonly CheckSeen[]> = {};
  for (const id of tasksToLast(state)) kept[id] = await judgeAtEnd(run, state, id);
  return kept;
}

/** Pure. The steps that a student has done and left, and whose result has to last. */
function tasksToLast(state: LearnState): readonly string[] {
  return state.steps.flatMap(({ step: id, by, left }) => {
    const step = stepOf(state.scenario, id);
    const { until } = taskOf(step);
    const isUndone = until !== undefined && learnStepOf(state, until).begunAt !== undefined;
    return by === 'student' && left?.done === true && step.expect.length > 0 && !isUndone ? [id] : [];
  });
}

async function judgeAtEnd(run: RunSession, state: LearnState, id: string): Promise<readonly CheckSeen[]> {
  const { clock, signal } = run.deps;
  const step = stepOf(state.scenario, id);
  const untilMs = clock.monotonicMs() + LONGEST_MS;
  // What its roles mean is as the session had it when the step began.
  const steps = state.steps.slice(0, state.steps.findIndex((each) => each.step === id) + 1);
  for (;;) {
    const checks = await judgeExpectations(withMemoryOf(run, { ...state, current: id, steps }), step);
    if (checks.every(({ verdict }) => verdict === 'passed') || clock.monotonicMs() >= untilMs) return checks;
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}
