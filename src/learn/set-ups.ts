import { LabError } from '../model/errors.js';
import type { Scenario } from '../model/scenario.js';
import { textIn } from '../model/text.js';
import { executeStep } from '../runner/execute-step.js';
import type { RunSession } from '../runner/session.js';

/** Brings the lab to where an exercise begins. Throws LabError `formation-failed` with the first step that does not pass. */
export async function playSetUps(
  run: RunSession,
  setUps: readonly Scenario[],
  onProgress: (text: string) => void,
): Promise<void> {
  const { auditor: _, ...deps } = run.deps;
  const unaudited: RunSession = { ...run, deps: { ...deps, emit: () => undefined } };
  for (const setUp of setUps) {
    run.beginScenario();
    for (const step of setUp.steps) {
      onProgress(textIn(step.title, 'en'));
      const { verdict, reason } = await executeStep(unaudited, setUp, step);
      if (verdict !== 'passed')
        throw new LabError('formation-failed', `${setUp.id} / ${step.id} is ${verdict}: ${reason ?? ''}`);
    }
  }
  run.beginScenario();
}
