import { LabError } from '../../model/errors.js';
import type { FormationStage } from '../../model/scenario.js';
import type { FormationContext } from '../../ports/cluster.js';
import { diagnose } from '../diagnose.js';
import { gatherFacts } from '../gather-facts.js';
import { lastLinesOf } from '../last-lines.js';
import type { NodeAnswer } from './nodes.js';

interface FormationFailure {
  readonly stage: FormationStage;
  readonly node: string;
  /** The last lines of the command that failed. */
  readonly said: string;
  readonly hint?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export function formationFailed({ stage, node, said, hint, data, cause }: FormationFailure): LabError {
  return new LabError('formation-failed', `Forming the cluster failed at stage "${stage}" on ${node}:\n${said}`, {
    ...(hint === undefined ? {} : { hint }),
    data: { stage, node, said, ...data },
    cause,
  });
}

/** Looks at the nodes for the likely cause of what these commands said, then throws LabError `formation-failed`. */
export async function failWithDiagnosis(
  stage: FormationStage,
  context: FormationContext,
  failures: readonly NodeAnswer[],
): Promise<never> {
  const said = failures.map(({ node, result }) => {
    const lines = lastLinesOf(result, context.haclusterPassword) || `exit code ${result.exitCode} and no output`;
    return failures.length > 1 ? `${node}: ${lines}` : lines;
  });
  const facts = await gatherFacts(context);
  const diagnosis = diagnose(said.join('\n'), facts);
  throw formationFailed({
    stage,
    node: failures.map(({ node }) => node).join(', '),
    said: said.join('\n'),
    hint: `${diagnosis.cause} ${diagnosis.mend}`,
    data: { exitCode: failures[0]?.result.exitCode, cause: diagnosis.cause, mend: diagnosis.mend, facts },
  });
}
