import type { StepResult } from '../model/event.js';
import type { Step } from '../model/scenario.js';
import type { PlanEntry } from './plan.js';
import { type Drive, driveInOrder, type RunExecutor } from './run.js';

/** Somebody who is shown a run step by step. While one of these is pending nothing goes on: no deadline, no probe. */
export interface Audience {
  /** Before a step begins. */
  before(entry: PlanEntry, step: Step): Promise<void>;
  /** After a step that was run to its end. */
  after(entry: PlanEntry, step: Step, result: StepResult): Promise<void>;
}

/** Waits for the audience around each step of the scenarios that were asked for. Set-ups and skipped steps go on by themselves. */
export function driveStepwise(audience: Audience): Drive {
  return (plan, executor) => driveInOrder(plan, shownTo(audience, executor));
}

/** The steps of a script come through `step` as well. */
function shownTo(audience: Audience, executor: RunExecutor): RunExecutor {
  let running: PlanEntry | undefined;
  return {
    ...executor,
    begin(entry) {
      running = entry;
      return executor.begin(entry);
    },
    async step(step) {
      if (running === undefined || running.asGiven || executor.stopped() !== undefined) return executor.step(step);
      await audience.before(running, step);
      const result = await executor.step(step);
      if (executor.stopped() !== 'interrupted') await audience.after(running, step, result);
      return result;
    },
  };
}
