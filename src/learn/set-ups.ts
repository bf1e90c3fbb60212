import { LabError } from '../model/errors.js';
import type { Scenario } from '../model/scenario.js';
import { textIn } from '../model/text.js';
import type { RunSession } from '../runner/session.js';
import { playSetUp } from '../runner/set-up.js';

/** Brings the lab to where an exercise begins. Throws LabError `formation-failed` with the first step that does not pass. */
export async function playSetUps(
  run: RunSession,
  setUps: readonly Scenario[],
  onProgress: (text: string) => void,
): Promise<void> {
  for (const setUp of setUps) {
    const failed = await playSetUp(run, setUp, ({ title }) => onProgress(textIn(title, 'en')));
    if (failed === undefined) continue;
    const { step, verdict, reason } = failed;
    throw new LabError('formation-failed', `${setUp.id} / ${step} is ${verdict}: ${reason ?? ''}`);
  }
  run.beginScenario();
}
