import { z } from 'zod';
import { type AnyFaultKind, FAULTS, type FaultProblem, faultKind, type RawFault } from '../faults/index.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { LabError } from '../model/errors.js';
import type { Lab } from '../model/lab.js';
import type { Fault } from '../model/scenario.js';
import { fieldOf } from './loose.js';
import { readShape } from './shape.js';
import type { Path, Source } from './source.js';

type WrittenFault = Parameters<AnyFaultKind['parse']>[0];

/** docs/faults.md describes what each does. */
export const faultSchema = z
  .union(Object.values(FAULTS).map(({ schema }) => schema))
  .describe(
    'A way to break the lab. It is written down before it is done, and undone at the end whatever happens.',
  ) as unknown as z.ZodType<WrittenFault, RawFault>;

/** What only the lab shows of a step's fault. A fault of the wrong shape has been reported by the schema. */
export function checkFault(source: Source, path: Path, step: unknown, lab: Lab): void {
  const raw = fieldOf(step, 'fault');
  const kind = faultKind(fieldOf(raw, 'kind'));
  const read = kind?.schema.safeParse(raw);
  if (!kind || !read?.success) return;
  for (const { at, ...wrong } of kind.problems(read.data, lab)) source.report([...path, 'fault', ...at], wrong);
}

/** Of a written fault with which nothing is wrong. */
export function faultFromWritten(written: WrittenFault, lab: Lab): Fault {
  const kind = faultKind(written.kind);
  if (kind === undefined) throw new LabError('bug', `there is no fault of the kind ${written.kind}`);
  return kind.parse(written, lab);
}

/** One fault by itself, read as if it stood in a scenario file. */
export function readFault(
  kind: AnyFaultKind,
  raw: RawFault,
  lab: Lab,
): { readonly fault: Fault } | { readonly problems: readonly FaultProblem[] } {
  const problems: FaultProblem[] = [];
  const report = (at: Path, wrong: ValueProblem): void => void problems.push({ at, ...wrong });
  const written = readShape({ data: raw, readable: true, report, reportKey: report }, kind.schema);
  if (written === undefined) return { problems };
  const found = kind.problems(written, lab);
  return found.length > 0 ? { problems: found } : { fault: kind.parse(written, lab) };
}
