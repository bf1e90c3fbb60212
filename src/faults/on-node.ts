import type { ValueProblem } from '../fields/value-problem.js';
import { defined } from '../model/defined.js';
import { LabError } from '../model/errors.js';
import type { Ability, KernelAbility } from '../model/scenario.js';
import type { Backend } from '../ports/backend.js';
import type { FaultContext } from '../ports/fault.js';
import { type ExecResult, execOrThrow as execOn } from '../ports/transport.js';

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
  return (await transport(node)).exec(argv, { timeoutMs: TIMEOUT_MS, ...defined({ stdin }) });
}

/** The same, which must succeed: resolves to its stdout, throws LabError `command-failed`. */
export async function execOrThrow(
  { transport }: FaultContext,
  node: string,
  argv: readonly string[],
  stdin?: string,
): Promise<string> {
  return execOn(await transport(node), argv, { timeoutMs: TIMEOUT_MS, ...defined({ stdin }) });
}

/**
 * Throws LabError `fault-failed` where what is asked for is refused; scenarios are checked before a run, so that only faults
 * injected manually get here.
 */
export function throwIf(refusal: ValueProblem | undefined): void {
  if (refusal !== undefined) throw new LabError('fault-failed', refusal.message, { hint: `${refusal.hint}.` });
}

/** There is nothing on the node that this fault could break. */
export function nothingToBreak(message: string, hint: string): LabError {
  return new LabError('fault-failed', message, { hint });
}

/** Throws LabError `ability-missing`; plans are checked before a run, so that only faults injected manually get here. */
export function abilityOf<A extends keyof Backend & Ability>(backend: Backend, ability: A): NonNullable<Backend[A]> {
  const found = backend[ability];
  if (found) return found;
  throw abilityMissing(backend, ability);
}

/** The same for what the kernel of a backend's nodes can do. */
export function requireKernel(backend: Backend, ability: KernelAbility): void {
  if (!backend.kernel?.includes(ability)) throw abilityMissing(backend, ability);
}

function abilityMissing({ name }: Backend, ability: Ability): LabError {
  return new LabError('ability-missing', `the ${name} backend has no ability '${ability}'`, {
    hint: 'Choose a backend that has it, or another fault.',
    data: { backend: name, ability },
  });
}

interface Mount {
  readonly point: string;
  /** What was named as its device. */
  readonly source: string;
}

/** What is mounted on the node, in the order in which it was (proc(5), mountinfo). */
export async function mountsOn(context: FaultContext, node: string): Promise<readonly Mount[]> {
  const lines = await execOrThrow(context, node, ['cat', '/proc/self/mountinfo']);
  return lines.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    return point === undefined ? [] : [{ point: unescaped(point), source: unescaped(after.split(' ')[1] ?? '') }];
  });
}

export async function isMountPoint(context: FaultContext, node: string, path: string): Promise<boolean> {
  return (await mountsOn(context, node)).some(({ point }) => point === path);
}

function unescaped(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
