import { z } from 'zod';
import { strict } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { target } from '../fields/values.js';
import type { Lab } from '../model/lab.js';
import type { Ability, FaultOn } from '../model/scenario.js';
import type { Target } from '../model/target.js';
import type { FaultDriver } from '../ports/fault.js';
import type { NeverDrawn, WalkRow } from './walk/row.js';

/** What is wrong with a fault, and at which of its parameters. */
export interface FaultProblem extends ValueProblem {
  readonly at: readonly (string | number)[];
}

/** A parameter in its place. */
export interface ParamScene {
  readonly key: string;
  readonly lab: Lab;
  /** The whole fault as it is written. */
  readonly fault: Readonly<Record<string, unknown>> & { readonly kind: string };
}

/** How the command line takes a parameter. */
export interface Flag {
  /** What stands for its value in the help: `<link>`. */
  readonly value: string;
  readonly help: string;
  readonly example: string;
  /** What is meant where the flag is left out, although a file has to say it. */
  readonly fallback?: (lab: Lab) => string | undefined;
  /** From the text of the flag to what a file would say; the text itself where it is absent. */
  readonly read?: (text: string, lab: Lab) => unknown;
}

/** One parameter of a fault: what a file may say, what the journal keeps, what the command line takes. */
export interface Param<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  /** Of the resolved fault, in the journal and in JSON answers. */
  readonly stored: z.ZodType;
  /** Absent of `node` alone, which the command line names without a flag. */
  readonly flag?: Flag;
  /** What the schema cannot see without the lab. */
  check?(value: z.output<S>, scene: ParamScene): readonly FaultProblem[];
}

export type Params = Readonly<Record<string, Param>>;
type Shape<P extends Params> = { [K in keyof P]: P[K]['schema'] };

/** As a file has it, each value parsed. */
export type Written<K extends string, P extends Params> = Readonly<z.output<z.ZodObject<Shape<P>>>> & {
  readonly kind: K;
};
/** As a file has it. */
type Raw<K extends string, P extends Params> = Readonly<z.input<z.ZodObject<Shape<P>>>> & { readonly kind: K };

/** A fault of a kind that is on one node, on several: `nodes` in place of `node`. */
export interface WrittenSeveral {
  readonly kind: string;
  readonly nodes: 'all' | readonly Target[];
  readonly [parameter: string]: unknown;
}

const severalNodes = z
  .union([z.literal('all'), z.array(target).min(1)])
  .describe(
    'Several nodes in place of one: a list of nodes and roles, or all for every HA node. The fault is injected on all of them at once.',
  );

/** With nodes in place of roles. */
type Resolved<F> = { [K in keyof F]: ResolvedValue<F[K]> };
type ResolvedValue<V> = V extends Target ? string : V extends readonly (infer E)[] ? readonly ResolvedValue<E>[] : V;
export type ResolvedOf<K extends string, P extends Params> = Resolved<Written<K, P>>;

/**
 * Everything that there is to know of a kind of fault. `F` is the fault that a scenario holds; it is what the parameters
 * say unless `parse` makes another one of them.
 */
interface FaultDefinition<K extends string, P extends Params, F>
  extends Pick<
    FaultDriver<Resolved<NoInfer<F>>>,
    'summary' | 'expectedBehaviour' | 'isMomentary' | 'complete' | 'effect' | 'inject' | 'undo' | 'isActive'
  > {
  readonly kind: K;
  /** Parameters that are nodes are called node, from, nodes or groups (model/scenario.ts, FaultOn). */
  readonly params: P;
  parse?(written: Written<K, P>, lab: Lab): F;
  /** Of the resolved fault, where `parse` makes it another one than the parameters tell. */
  readonly stored?: z.ZodObject;
  /** What no parameter shows by itself. */
  check?(written: Written<K, P>, lab: Lab): readonly FaultProblem[];
  /** Abilities that the backend must have; without parameters, for the kind as it is by default. */
  needs(fault: Partial<NoInfer<F>>): readonly Ability[];
  /** Follows those abilities in the table of docs/faults.md, where a parameter makes a difference. */
  readonly needsNote?: string;
  /** Its parameters other than nodes, in a few words of no language; empty where there is none. */
  describe(fault: NoInfer<F>): string;
  /** How a random walk draws it, or why none does. */
  readonly walk: WalkRow<Raw<K, P>> | NeverDrawn;
}

/** A kind of fault with everything that follows from its definition. */
export interface FaultKindOf<K extends string, P extends Params, F>
  extends FaultDefinition<K, P, F>,
    Omit<FaultDriver, keyof FaultDefinition<K, P, F>> {
  /** What a file may say. */
  readonly schema: z.ZodType<Written<K, P>, Raw<K, P>>;
  /** The same with several nodes in place of one; absent of a kind that is not on one node. */
  readonly several?: z.ZodType<WrittenSeveral>;
  /** What the journal and JSON answers hold. */
  readonly stored: z.ZodObject;
  parse(written: Written<K, P>, lab: Lab): F;
  /** What is wrong with a fault of the right shape, in this lab. */
  problems(written: Written<K, P>, lab: Lab): readonly FaultProblem[];
}

export function defineFault<const K extends string, P extends Params, F extends FaultOn<Target> = Written<K, P>>(
  definition: FaultDefinition<K, P, F>,
): FaultKindOf<K, P, F> {
  const { kind, params } = definition;
  const shape = Object.fromEntries(Object.entries(params).map(([key, { schema }]) => [key, schema]));
  const { node, ...others } = shape;
  const literal = z.literal(kind);
  const kept = Object.fromEntries(Object.entries(params).map(([key, { stored }]) => [key, stored]));
  return {
    stored: z.strictObject({ kind: literal, ...kept }),
    isOnOneNode: node !== undefined,
    ...(node === undefined ? {} : { several: strict({ kind: literal, nodes: severalNodes, ...others }) }),
    parse: (written) => written as unknown as F,
    ...definition,
    schema: strict({ kind: literal, ...shape }) as unknown as z.ZodType<Written<K, P>, Raw<K, P>>,
    problems: (written, lab) => [
      ...Object.entries(params).flatMap(([key, param]) => {
        const value = (written as Readonly<Record<string, unknown>>)[key];
        return param.check?.(value, { key, lab, fault: written }) ?? [];
      }),
      ...(definition.check?.(written, lab) ?? []),
    ],
  };
}
