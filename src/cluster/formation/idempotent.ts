import type { FormationStage } from '../../model/scenario.js';
import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import type { ExecResult } from '../../ports/transport.js';
import { failWithDiagnosis } from './failure.js';
import type { NodeAnswer } from './nodes.js';

/** First line of a stage's script where it found its work done. */
export const DONE_BEFORE = 'halab: done before';

export function wasDoneBefore(result: ExecResult): boolean {
  return result.stdout.startsWith(DONE_BEFORE);
}

/** The outcome of a script that ran on every node; `done` is what it does, as a participle. */
export async function outcomeOf(
  stage: FormationStage,
  context: FormationContext,
  answers: readonly NodeAnswer[],
  done: string,
): Promise<FormationOutcome> {
  const failures = answers.filter(({ result }) => result.exitCode !== 0);
  if (failures.length > 0) return failWithDiagnosis(stage, context, failures);
  const before = answers.filter(({ result }) => wasDoneBefore(result)).map(({ node }) => node);
  const now = answers.filter(({ result }) => !wasDoneBefore(result)).map(({ node }) => node);
  const parts = [
    ...(now.length > 0 ? [`${done} on ${now.join(', ')}`] : []),
    ...(before.length > 0 ? [`${done} before on ${before.join(', ')}`] : []),
  ];
  return { changed: now.length > 0, seen: parts.join('; ') };
}
