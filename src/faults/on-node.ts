import type { ValueProblem } from '../fields/value-problem.js';
import { LabError } from '../model/errors.js';
import { commandFailed } from '../ports/exec-or-throw.js';
import type { FaultContext } from '../ports/fault.js';
import type { ExecResult } from '../ports/transport.js';

export { commandFailed };

/** A load, or a stop that hangs, ends by itself after so long, if it is not ended before. */
export const ENDS_AFTER_S = 1_800;

/** Starting and stopping the cluster takes longest. */
const TIMEOUT_MS = 120_000;

/** One command on the node, whatever its exit code. */
export async function ask(
  { transport }: FaultContext,
  node: string,
  argv: readonly string[],
  stdin?: string,
): Promise<ExecResult> {
  const way = await transport(node);
  return way.exec(argv, { timeoutMs: TIMEOUT_MS, ...(stdin === undefined ? {} : { stdin }) });
}

/** The same, which must succeed: resolves to its stdout, throws LabError `command-failed`. */
export async function must(
  context: FaultContext,
  node: string,
  argv: readonly string[],
  stdin?: string,
): Promise<string> {
  const result = await ask(context, node, argv, stdin);
  if (result.exitCode === 0) return result.stdout;
  throw commandFailed(node, argv, result);
}

/**
 * Throws LabError `fault-failed` where what is asked for is refused; scenarios are checked before a run, so that only faults
 * injected by hand get here.
 */
export function throwIf(refusal: ValueProblem | undefined): void {
  if (refusal !== undefined) throw new LabError('fault-failed', refusal.message, { hint: `${refusal.hint}.` });
}

/** There is nothing on the node that this fault could break. */
export function nothingToBreak(message: string, hint: string): LabError {
  return new LabError('fault-failed', message, { hint });
}
