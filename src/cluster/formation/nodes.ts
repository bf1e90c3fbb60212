import { isLabError } from '../../model/errors.js';
import { haNodesOf } from '../../model/lab.js';
import type { FormationStage } from '../../model/scenario.js';
import type { FormationContext } from '../../ports/cluster.js';
import type { ExecOptions, ExecResult, Transport } from '../../ports/transport.js';
import { formationFailed } from './failure.js';

/** What one node answered to a stage's command. */
export interface NodeAnswer<T = ExecResult> {
  readonly node: string;
  readonly result: T;
}

export function namesOfHaNodes(context: FormationContext): readonly string[] {
  return haNodesOf(context.lab).map((node) => node.name);
}

/** Commands that speak for the whole cluster are given to this node. */
export function leaderOf(context: FormationContext): string {
  const [leader] = namesOfHaNodes(context);
  if (leader !== undefined) return leader;
  throw formationFailed({ stage: 'packages', node: '(none)', said: 'The lab has no node with the role "ha".' });
}

export function execOptions(context: FormationContext, timeoutMs: number, stdin?: string): ExecOptions {
  return {
    timeoutMs,
    ...(stdin === undefined ? {} : { stdin }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  };
}

/** Asks all HA nodes at once, and judges when the last has answered. Throws `formation-failed` where a node cannot be asked. */
export async function askEveryNode<T>(
  stage: FormationStage,
  context: FormationContext,
  ask: (transport: Transport) => Promise<T>,
): Promise<readonly NodeAnswer<T>[]> {
  const names = namesOfHaNodes(context);
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

/** An interruption, and what already says more than this stage could, pass as they are. */
function lostNode(stage: FormationStage, node: string, error: unknown): unknown {
  if (!isLabError(error)) return error;
  if (error.code !== 'node-unreachable' && error.code !== 'command-timeout') return error;
  return formationFailed({
    stage,
    node,
    said: error.message,
    cause: error,
    ...(error.hint ? { hint: error.hint } : {}),
  });
}
