import type { StepResult } from '../model/event.js';
import type { Scenario, Step } from '../model/scenario.js';
import { executeStep } from './execute-step.js';
import type { RunSession } from './session.js';

/**
 * Plays a set-up without audits and without events, as a means to something else. Resolves to the first step that does not
 * pass, after which it plays no more.
 */
export async function playSetUp(
  session: RunSession,
  setUp: Scenario,
  onStep: (step: Step) => void,
): Promise<StepResult | undefined> {
  const { auditor: _, ...deps } = session.deps;
  const silent: RunSession = { ...session, deps: { ...deps, emit: () => undefined } };
  session.beginScenario();
  for (const step of setUp.steps) {
    onStep(step);
    const result = await executeStep(silent, setUp, step);
    if (result.verdict !== 'passed') return result;
  }
  return undefined;
}
