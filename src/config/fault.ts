import { z } from 'zod';
import {
  type AnyFaultKind,
  FAULTS,
  type FaultProblem,
  parseSeveral,
  problemsOfSeveral,
  type RawFault,
} from '../faults/index.js';
import { unionTrying } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import type { Lab } from '../model/lab.js';
import type { Fault } from '../model/scenario.js';
import { readShape } from './shape.js';
import { fieldOf, type Path, textOf } from './source.js';

/** A fault of any kind, for the lab where there is one. docs/faults.md describes what each kind does. */
export function faultSchema(lab: Lab | undefined): z.ZodType<Fault, RawFault> {
  const kinds = Object.values(FAULTS) as unknown as readonly AnyFaultKind[];
  const forms = new Map(kinds.map((kind) => [kind.kind, [schemaOf(kind, lab), ...severalSchemaOf(kind, lab)]]));
  const all = [...forms.values()].flat() as unknown as readonly [z.ZodType<Fault, RawFault>];
  return unionTrying(all, (written) => forms.get(textOf(fieldOf(written, 'kind')) ?? '') ?? []).describe(
    'A fault to inject. halab writes it to the journal before it injects it, and undoes it at the end in any case.',
  );
}

/** Of a kind that is on one node, the same on several. */
function severalSchemaOf(kind: AnyFaultKind, lab: Lab | undefined): readonly z.ZodType<Fault, RawFault>[] {
  if (kind.several === undefined) return [];
  if (lab === undefined) return [kind.several as unknown as z.ZodType<Fault, RawFault>];
  const schema = kind.several.transform((written, context): Fault => {
    const found = problemsOfSeveral(kind, written, lab);
    for (const { at, message, hint, offset } of found)
      context.addIssue({ code: 'custom', path: [...at], message, params: { hint, offset } });
    return found.length > 0 ? z.NEVER : parseSeveral(kind, written, lab);
  });
  return [schema as unknown as z.ZodType<Fault, RawFault>];
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
  const [several] = 'nodes' in raw ? severalSchemaOf(kind, lab) : [];
  const schema = several ?? schemaOf(kind, lab);
  const fault = readShape({ data: raw, readable: true, report, reportKey: report }, schema);
  return fault === undefined ? { problems } : { fault };
}
