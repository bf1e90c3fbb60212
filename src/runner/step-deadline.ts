import { isLabError } from '../model/errors.js';
import type { StepScope } from './act.js';
import { untilAborted } from './deadline.js';
import { constantsIn } from './time-constants.js';

const CONSTANTS_WITHIN_MS = 30_000;

/** Read while the cluster is whole, before the action breaks it; a cluster that does not run yet is asked afterwards. */
export async function deadlineBeforehand({ session, step }: StepScope): Promise<number | undefined> {
  // A formation stage may change the constants.
  if (step.action.kind === 'form')
    return constantsIn(step.within).length === 0 ? session.time.knownMs(step.within) : undefined;
  try {
    // What a probe measures is explained by the constants, so they are wanted even where no deadline names them.
    if (step.probes.length > 0) await untilAborted(session.time.read(), session.deps.signal);
    return await untilAborted(session.time.ms(step.within), session.deps.signal);
  } catch (error) {
    if (session.deps.signal.aborted || !isLabError(error)) throw error;
    return session.time.knownMs(step.within);
  }
}

/** A cluster that has just been started may need a moment before it tells its constants. */
export async function deadlineAfterwards({ session, step }: StepScope): Promise<number> {
  const { clock, signal, pace } = session.deps;
  const deadline = clock.monotonicMs() + CONSTANTS_WITHIN_MS * pace().factor;
  for (;;) {
    try {
      return await untilAborted(session.time.ms(step.within), signal);
    } catch (error) {
      if (signal.aborted || !isLabError(error) || clock.monotonicMs() >= deadline) throw error;
      await clock.sleep(250, signal);
    }
  }
}
