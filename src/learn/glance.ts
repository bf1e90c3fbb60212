import type { RunSession } from '../runner/session.js';
import type { LearnEvent, StampedLearnEvent } from './events.js';
import { foldLearning } from './fold-learning.js';
import { takePicture } from './look.js';
import { currentOf, type LearnState } from './state.js';

/** What a glance needs from outside. */
interface GlanceDeps {
  /** A session of its own, because halab is at work with the other one at the same time. */
  readonly run: RunSession;
  readonly log: {
    append(event: LearnEvent): StampedLearnEvent;
    read(): readonly StampedLearnEvent[];
  };
}

/** Pure. Whether halab has the step, so that nothing of it is there to be judged by a look, but much to be seen. */
export function isForGlances(state: LearnState): boolean {
  const isReady = [state.preparing, state.problem, state.finishedAt].every((each) => each === undefined);
  return isReady && currentOf(state).task.by === 'halab';
}

/** Adds to the session what the lab looks like now. */
export async function glance({ run, log }: GlanceDeps): Promise<void> {
  const { clock } = run.deps;
  const before = foldLearning(log.read());
  if (!isForGlances(before)) return;
  const fromMs = clock.monotonicMs();
  const picture = await takePicture(run);
  const { current, attemptAt, picture: last } = foldLearning(log.read());
  if (current !== before.current || attemptAt !== before.attemptAt) return;
  const tookMs = Math.round(clock.monotonicMs() - fromMs);
  const isSame = JSON.stringify(last) === JSON.stringify(picture);
  log.append({ kind: 'pictured', step: current, tookMs, ...(isSame ? {} : { picture }) });
}
