import { CHECKS } from '../checks/index.js';
import { FAULTS } from '../faults/index.js';
import { scenarioFields } from '../fields/scenario-fields.js';
import { parseTarget } from '../fields/target.js';
import { parseTimeExpression } from '../fields/time-expression.js';
import { fillWords, splitCommand } from '../fields/words.js';
import type { ExpectedViolation } from '../model/audit.js';
import type { Lab } from '../model/lab.js';
import { ABILITIES, type Action, type Scenario, type Step } from '../model/scenario.js';
import { withImplied } from '../ports/check.js';
import { driverOf } from '../ports/fault.js';
import { faultFromWritten } from './fault.js';
import { deepFreeze } from './loose.js';
import { probesFromRaw } from './probe.js';
import type { Problem } from './problem.js';
import { checkScenario } from './scenario-checks.js';
import { type ReadScenario, type ReadStep, scenarioSchema } from './scenario-schema.js';
import { readShape } from './shape.js';
import type { Source } from './source.js';

const DEFAULT_WITHIN = '30s';
export const DEFAULT_SETTLE = '30s';

const schemas = new WeakMap<Lab, ReturnType<typeof scenarioSchema>>();

/** Kept, for it takes some time to make and a run reads many files for one lab. */
function schemaFor(lab: Lab): ReturnType<typeof scenarioSchema> {
  const schema = schemas.get(lab) ?? scenarioSchema(scenarioFields(lab));
  schemas.set(lab, schema);
  return schema;
}

/** The scenario of a file, filled in for the lab, or everything that is wrong with it. */
export function readScenario(source: Source, lab: Lab): { scenario?: Scenario; problems: readonly Problem[] } {
  const raw = readShape(source, schemaFor(lab));
  if (source.readable) checkScenario(source, lab);
  if (raw === undefined || source.problems.length > 0) return { problems: source.problems };
  return { scenario: deepFreeze(scenarioFromRaw(raw, source.file, lab)), problems: [] };
}

function scenarioFromRaw(raw: ReadScenario, file: string, lab: Lab): Scenario {
  const steps = raw.steps.map((step) => stepFromRaw(step, lab));
  const faults = steps.flatMap(({ action }) =>
    action.kind === 'fault' ? driverOf(FAULTS, action.fault).needs(action.fault) : [],
  );
  const abilities = new Set([...(raw.needs?.abilities ?? []), ...faults]);
  return {
    id: raw.id,
    file,
    title: raw.title,
    ...(raw.summary === undefined ? {} : { summary: raw.summary }),
    sets: raw.sets ?? [],
    needs: {
      abilities: ABILITIES.filter((ability) => abilities.has(ability)),
      haNodes: raw.needs?.['ha-nodes'] ?? 1,
      ...(raw.needs?.lab === undefined ? {} : { lab: raw.needs.lab }),
    },
    given: raw.given ?? [],
    steps,
  };
}

function stepFromRaw(raw: ReadStep, lab: Lab): Step {
  const expect = raw.expect ?? [];
  return {
    id: raw.id,
    title: raw.title ?? { en: raw.id },
    ...(raw.say === undefined ? {} : { say: raw.say }),
    ...(raw.hint === undefined ? {} : { hint: raw.hint }),
    action: actionFromRaw(raw, lab),
    unless: raw.unless ?? [],
    probes: probesFromRaw(raw.probe, raw.id, lab),
    expect: raw.run === undefined ? expect : withImplied(CHECKS, expect),
    within: parseTimeExpression(raw.within ?? DEFAULT_WITHIN),
    expectedViolations: (raw['expected-violations'] ?? []).map((one) => expectedViolationFromRaw(one, lab)),
    settle: parseTimeExpression(raw.settle ?? DEFAULT_SETTLE),
  };
}

/** Roles stay as written: whom they mean is known only when the step runs. */
function expectedViolationFromRaw(
  { audit, of, because, optional }: NonNullable<ReadStep['expected-violations']>[number],
  lab: Lab,
): ExpectedViolation {
  return {
    audit,
    ...(of === undefined ? {} : { of: of.map((subject) => fillWords(subject, lab)) }),
    because,
    ...(optional === undefined ? {} : { optional }),
  };
}

function actionFromRaw(raw: ReadStep, lab: Lab): Action {
  if (raw.run)
    return { kind: 'run', on: parseTarget(raw.run.on), argv: argvOf(raw.run).map((word) => fillWords(word, lab)) };
  if (raw.form) return { kind: 'form', stage: raw.form };
  if (raw.install) return { kind: 'install', what: raw.install };
  if (raw.fault) return { kind: 'fault', fault: faultFromWritten(raw.fault, lab) };
  return raw.heal === undefined ? { kind: 'none' } : { kind: 'heal', step: raw.heal };
}

function argvOf(run: NonNullable<ReadStep['run']>): readonly string[] {
  if ('argv' in run) return run.argv;
  const argv = splitCommand(run.command);
  return 'message' in argv ? [] : argv;
}
