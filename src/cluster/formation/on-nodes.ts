import { lastLinesOf } from '../../model/command-output.js';
import { isLabError, LabError } from '../../model/errors.js';
import { haNodesOf, pcsNodesOf } from '../../model/lab.js';
import type { FormationStage } from '../../model/scenario.js';
import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import type { ExecOptions, ExecResult, Transport } from '../../ports/transport.js';
import { diagnose, gatherFacts } from '../diagnose.js';

/** One node's answer to a stage's command. */
interface NodeAnswer<T = ExecResult> {
  readonly node: string;
  readonly result: T;
}

export function namesOfHaNodes(context: FormationContext): readonly string[] {
  return haNodesOf(context.lab).map((node) => node.name);
}

/** The members, and the others that pcs works on. */
export function namesOfPcsNodes(context: FormationContext): readonly string[] {
  return pcsNodesOf(context.lab).map((node) => node.name);
}

/** The node that runs commands which concern the whole cluster. */
export function leaderOf(context: FormationContext): string {
  const [leader] = namesOfHaNodes(context);
  if (leader !== undefined) return leader;
  throw formationFailed({ stage: 'packages', node: '(none)', output: 'The lab has no node with the role "ha".' });
}

export function execOptions(context: FormationContext, timeoutMs: number, stdin?: string): ExecOptions {
  return { timeoutMs, stdin, signal: context.signal };
}

/** Asks all HA nodes, or those named, in parallel and waits for every answer. Throws `formation-failed` where a node cannot be reached. */
export async function askEveryNode<T>(
  stage: FormationStage,
  context: FormationContext,
  ask: (transport: Transport) => Promise<T>,
  names = namesOfHaNodes(context),
): Promise<readonly NodeAnswer<T>[]> {
  const settled = await Promise.allSettled(names.map(async (name) => ask(await context.transport(name))));
  const lost = settled.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [{ node: names[index] ?? '', error: outcome.reason as unknown }] : [],
  );
  const first = lost.find(({ error }) => isLabError(error) && error.code === 'interrupted') ?? lost[0];
  if (first !== undefined) throw lostNode(stage, lost.map(({ node }) => node).join(', '), first.error);
  return settled.flatMap((outcome, index) =>
    outcome.status === 'fulfilled' ? [{ node: names[index] ?? '', result: outcome.value }] : [],
  );
}

/** Asks one node; throws as `askEveryNode` does. */
export async function askNode<T>(
  stage: FormationStage,
  context: FormationContext,
  node: string,
  ask: (transport: Transport) => Promise<T>,
): Promise<T> {
  try {
    return await ask(await context.transport(node));
  } catch (error) {
    throw lostNode(stage, node, error);
  }
}

/** Interruptions, and errors with more detail than this stage has, are returned unchanged. */
function lostNode(stage: FormationStage, node: string, error: unknown): unknown {
  if (!isLabError(error)) return error;
  if (error.code !== 'node-unreachable' && error.code !== 'command-timeout') return error;
  return formationFailed({ stage, node, output: error.message, cause: error, hint: error.hint });
}

interface FormationFailure {
  readonly stage: FormationStage;
  readonly node: string;
  /** The last lines that the failed command printed. */
  readonly output: string;
  readonly hint?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export function formationFailed({ stage, node, output, hint, data, cause }: FormationFailure): LabError {
  return new LabError('formation-failed', `Forming the cluster failed at stage "${stage}" on ${node}:\n${output}`, {
    hint,
    data: { stage, node, output, ...data },
    cause,
  });
}

/** Searches the nodes for the likely cause of these failures, then throws LabError `formation-failed`. */
export async function failWithDiagnosis(
  stage: FormationStage,
  context: FormationContext,
  failures: readonly NodeAnswer[],
): Promise<never> {
  const outputs = failures.map(({ node, result }) => {
    const lines = lastLinesOf(result, context.haclusterPassword) || `exit code ${result.exitCode} and no output`;
    return failures.length > 1 ? `${node}: ${lines}` : lines;
  });
  const facts = await gatherFacts(context);
  const diagnosis = diagnose(outputs.join('\n'), facts);
  throw formationFailed({
    stage,
    node: failures.map(({ node }) => node).join(', '),
    output: outputs.join('\n'),
    hint: `${diagnosis.cause} ${diagnosis.fix}`,
    data: { exitCode: failures[0]?.result.exitCode, cause: diagnosis.cause, fix: diagnosis.fix, facts },
  });
}

/** The first line that a stage's script prints where its work is already done. */
export const DONE_BEFORE = 'halab: done before';

export function wasDoneBefore(result: ExecResult): boolean {
  return result.stdout.startsWith(DONE_BEFORE);
}

interface Command {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  readonly stdin?: string;
}

/** Runs a script on every HA node, or on those named; `done` describes its effect as a participle. */
export async function runOnEveryNode(
  stage: FormationStage,
  context: FormationContext,
  { argv, timeoutMs, stdin }: Command,
  done: string,
  names?: readonly string[],
): Promise<FormationOutcome> {
  const options = execOptions(context, timeoutMs, stdin);
  const answers = await askEveryNode(stage, context, (transport) => transport.exec(argv, options), names);
  return outcomeOf(stage, context, answers, done);
}

/** The outcome of a script that ran on every node. */
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
