import { CHECKS, expectationSchema } from '../checks/index.js';
import { unknownWord } from '../fields/nearest.js';
import { scenarioFields } from '../fields/scenario-fields.js';
import type { Expectation } from '../model/scenario.js';
import { checkOf, type Reference } from '../ports/check.js';
import { fieldOf, listOf, textOf } from './loose.js';
import type { Path, Source } from './source.js';

/** Where an expectation stands. */
interface Context {
  readonly source: Source;
  /** Probes of this step and those before it, with their kinds; '' for a kind that is none. */
  readonly probes: ReadonlyMap<string, string>;
  readonly hasCommand: boolean;
  /** Ids of this step and those before it. */
  readonly steps: ReadonlySet<string>;
  /** `unless` is judged before the action, when there is neither output nor outage. */
  readonly isBeforeAction: boolean;
}

const schema = expectationSchema(scenarioFields());

/** What the expectations of a step need of the rest of the scenario; those whose form is wrong are left to the schema. */
export function checkExpectations(
  source: Source,
  path: Path,
  step: unknown,
  probes: ReadonlyMap<string, string>,
  earlier: ReadonlySet<string>,
): void {
  const hasCommand = fieldOf(step, 'run') !== undefined;
  const steps = new Set([...earlier, textOf(fieldOf(step, 'id')) ?? '']);
  for (const section of ['unless', 'expect']) {
    const context: Context = { source, probes, hasCommand, steps, isBeforeAction: section === 'unless' };
    for (const [index, one] of listOf(fieldOf(step, section)).entries()) {
      const { data } = schema.safeParse(one);
      if (data !== undefined) checkOne(context, [...path, section, index], data);
    }
  }
}

function checkOne(context: Context, path: Path, expectation: Expectation): void {
  const check = checkOf(CHECKS, expectation);
  checkWhen(context, path, expectation);
  if (!context.isBeforeAction)
    for (const reference of check.references?.(expectation) ?? [])
      checkReference(context, [...path, ...reference.at], reference, check.finds ?? check.kind);
  for (const { at, expectation: inner } of check.nested?.(expectation) ?? [])
    checkOne(context, [...path, ...at], inner);
}

function checkWhen({ source, hasCommand, isBeforeAction }: Context, path: Path, expectation: Expectation): void {
  const { kind, when, finds = kind } = checkOf(CHECKS, expectation);
  const at = [...path, kind];
  if (when === 'of-command' && isBeforeAction) {
    const hint = 'ask for the state of the cluster instead';
    source.reportKey(at, { message: `${finds} cannot be known before the command has run`, hint });
  } else if (when === 'of-command' && !hasCommand) {
    const message = `${finds} is of the step's own command, and this step runs none`;
    source.reportKey(at, { message, hint: 'add run, or remove this' });
  } else if (when !== 'now' && isBeforeAction) {
    source.reportKey(at, { message: `${finds} cannot be known before the action`, hint: 'move it to expect' });
  }
}

function checkReference({ source, probes, steps }: Context, path: Path, reference: Reference, finds: string): void {
  const { id } = reference;
  if (reference.kind === 'step') {
    if (!steps.has(id)) source.report(path, unknownWord('step', id, steps));
    return;
  }
  const { kinds } = reference;
  const kind = probes.get(id);
  if (kind === undefined) {
    const example = `a step gets one with probe: { id: …, kind: ${kinds[0]}, target: …, from: …, every: 20ms }`;
    const { message, hint } = unknownWord('probe', id, probes.keys());
    source.report(path, { message, hint: probes.size > 0 ? hint : example });
  } else if (kind !== '' && !(kinds as readonly string[]).includes(kind)) {
    const message = `a ${kind} probe does not tell ${finds}`;
    source.report(path, { message, hint: `use a probe of kind ${kinds.join(' or ')}` });
  }
}
