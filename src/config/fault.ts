import { z } from 'zod';
import { type AnyFaultKind, FAULTS, type FaultProblem, type RawFault } from '../faults/index.js';
import type { ValueProblem } from '../fields/value-problem.js';
import type { Lab } from '../model/lab.js';
import type { Fault } from '../model/scenario.js';
import { readShape } from './shape.js';
import type { Path } from './source.js';

/** A fault of any kind, for the lab where there is one. docs/faults.md describes what each kind does. */
export function faultSchema(lab: Lab | undefined): z.ZodType<Fault, RawFault> {
  const kinds = Object.values(FAULTS) as unknown as readonly AnyFaultKind[];
  return z
    .union(kinds.map((kind) => schemaOf(kind, lab)))
    .describe(
      'A fault to inject. halab writes it to the journal before it injects it, and undoes it at the end in any case.',
    );
}

function schemaOf({ schema, problems, parse }: AnyFaultKind, lab: Lab | undefined): z.ZodType<Fault, RawFault> {
  // Without a lab only the form is checked, as a JSON Schema does.
  if (lab === undefined) return schema as unknown as z.ZodType<Fault, RawFault>;
  return schema.transform((written, context): Fault => {
    for (const { at, message, hint, offset } of problems(written, lab))
      context.addIssue({ code: 'custom', path: [...at], message, params: { hint, offset } });
    return context.issues.length > 0 ? z.NEVER : parse(written, lab);
  }) as unknown as z.ZodType<Fault, RawFault>;
}

/** One fault by itself, read as if it stood in a scenario file. */
export function readFault(
  kind: AnyFaultKind,
  raw: RawFault,
  lab: Lab,
): { readonly fault: Fault } | { readonly problems: readonly FaultProblem[] } {
  const problems: FaultProblem[] = [];
  const report = (at: Path, wrong: ValueProblem): void => void problems.push({ at, ...wrong });
  const fault = readShape({ data: raw, readable: true, report, reportKey: report }, schemaOf(kind, lab));
  return fault === undefined ? { problems } : { fault };
}
