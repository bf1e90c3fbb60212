import type { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { defined } from '../model/defined.js';
import { messageOf } from '../model/errors.js';
import type { Target } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { Check, CheckContext } from '../ports/check.js';
import type { ExecResult } from '../ports/transport.js';

/** The zod schema of one kind, as a scenario file writes it; what it comes out as are the expectation's fields. */
export type FieldsSchema = (fields: ScenarioFields) => z.ZodType<object>;

/** The fields of an expectation, without its kind. */
export type FieldsOf<S extends FieldsSchema> = z.output<ReturnType<S>>;

/** A check, and how a file writes what it checks: under the key that is the kind's own name. */
export interface CheckDefinition<K extends string, S extends FieldsSchema, O = unknown>
  extends Check<{ readonly kind: K } & FieldsOf<S>, O> {
  readonly kind: K;
  readonly schema: S;
}

/** One kind of expectation whole; checks/index.ts lists it. */
export function defineCheck<const K extends string, S extends FieldsSchema, O>(
  definition: CheckDefinition<K, S, O>,
): CheckDefinition<K, S> {
  return definition;
}

type CamelCase<Text extends string> = Text extends `${infer Head}-${infer Rest}`
  ? `${Head}${Capitalize<CamelCase<Rest>>}`
  : Text;
type Camel<T> = { readonly [K in keyof T as K extends string ? CamelCase<K> : K]: T[K] };

/** `{ 'not-on': … }` as files write it is `{ notOn: … }` in the model. */
export function camelKeys<T extends object>(written: T): Camel<T> {
  const entries = Object.entries(written).map(([key, value]) => [
    key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries) as Camel<T>;
}

/** Those of the targets that are written. */
export function given(...targets: readonly (Target | undefined)[]): readonly Target[] {
  return targets.filter((target) => target !== undefined);
}

/** The nodes that those of the targets that are written mean. */
export async function resolved<K extends string>(
  targets: { readonly [P in K]: Target | undefined },
  context: CheckContext,
): Promise<{ readonly [P in K]?: string }> {
  const names = Object.entries<Target | undefined>(targets).map(
    async ([key, target]) => [key, target && (await context.resolve(target))] as const,
  );
  return defined(Object.fromEntries(await Promise.all(names))) as { readonly [P in K]?: string };
}

export function passedIf(holds: boolean, seen: string): Judgement {
  return { verdict: holds ? 'passed' : 'failed', seen };
}

/** What a command answered, whatever its exit code, or in one line why the node could not be asked. Never throws. */
export async function tryExec(
  context: CheckContext,
  node: string,
  argv: readonly string[],
  timeoutMs: number,
): Promise<ExecResult | { readonly problem: string }> {
  try {
    return await context.exec(node, argv, timeoutMs);
  } catch (error) {
    // What follows, such as the end of a node's console, is for the closing text of a run.
    return { problem: messageOf(error).split('\n')[0] ?? '' };
  }
}

/** Why a command failed, in a few words. */
export function complaintOf({ stderr, exitCode }: Pick<ExecResult, 'stderr' | 'exitCode'>): string {
  return stderr.trim() || `exit code ${exitCode}`;
}
