import type { StepResult } from '../model/event.js';
import type { Step } from '../model/scenario.js';
import type { PlanEntry } from './plan.js';
import { type Drive, driveInOrder, type RunExecutor } from './run.js';

/** `back`: before a step, to the one before it; after a step, to where it began. */
export type Wished = 'on' | 'back';

/** Somebody who is shown a run step by step. While one of these is pending nothing goes on: no deadline, no probe. */
export interface Audience {
  /** Before a step begins. Only where it may go back, it resolves to `back`. */
  before(entry: PlanEntry, step: Step, mayGoBack: boolean): Promise<Wished>;
  /** After a step that was run to its end; as before. */
  after(entry: PlanEntry, step: Step, result: StepResult, mayGoBack: boolean): Promise<Wished>;
}

/** Waits for the audience around each step of the scenarios that were asked for. Set-ups and skipped steps go on by themselves. */
export function driveStepwise(audience: Audience): Drive {
  return (plan, executor) => driveInOrder(plan, shownTo(audience, executor));
}

/** The steps of a script come through `step` as well; they cannot be done once more. */
function shownTo(audience: Audience, executor: RunExecutor): RunExecutor {
  let running: PlanEntry | undefined;

  async function show(entry: PlanEntry, step: Step): Promise<StepResult> {
    const { steps, script } = entry.scenario;
    const at = script === undefined ? steps.indexOf(step) : -1;
    const mayReturn = () => at >= 0 && executor.mayRewind();
    for (;;) {
      if (executor.stopped() !== undefined) return executor.step(step);
      const before = steps[at - 1];
      if (
        (await audience.before(entry, step, before !== undefined && mayReturn())) === 'back' &&
        before !== undefined
      ) {
        await rewindTo(steps.slice(0, at - 1));
        await show(entry, before);
        continue;
      }
      const result = await executor.step(step);
      if (executor.stopped() === 'interrupted') return result;
      if ((await audience.after(entry, step, result, mayReturn())) !== 'back') return result;
      await rewindTo(steps.slice(0, at));
    }
  }

  /** Nobody waits for what has been shown already. */
  async function rewindTo(done: readonly Step[]): Promise<void> {
    await executor.rewind();
    for (const step of done) await executor.step(step);
  }

  return {
    ...executor,
    begin(entry) {
      running = entry;
      return executor.begin(entry);
    },
    async step(step) {
      return running === undefined || running.asGiven ? executor.step(step) : show(running, step);
    },
  };
}
