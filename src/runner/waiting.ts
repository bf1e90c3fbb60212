import type { StepScope } from './act.js';

const TELL_EVERY_MS = 500;

/** Tells what a waiting step sees, at most twice a second. */
export function createWaitingTeller({
  session,
  scenario,
  step,
}: Pick<StepScope, 'session' | 'scenario' | 'step'>): (seen: string) => void {
  const { clock, emit } = session.deps;
  const begunMs = clock.monotonicMs();
  let toldMs = Number.NEGATIVE_INFINITY;
  return (seen) => {
    const now = clock.monotonicMs();
    if (now - toldMs < TELL_EVERY_MS) return;
    toldMs = now;
    emit({ kind: 'step-waiting', scenario, step: step.id, seen, elapsedMs: now - begunMs });
  };
}
