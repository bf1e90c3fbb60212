import { stringify } from 'yaml';
import { CHECKS } from '../checks/index.js';
import { FAULTS } from '../faults/index.js';
import { scenarioFields } from '../fields/scenario-fields.js';
import { time } from '../fields/values.js';
import { rolesIn } from '../fields/words.js';
import { clientOf, type Lab } from '../model/lab.js';
import { ABILITIES, type Action, type Scenario, type Step } from '../model/scenario.js';
import { withImplied } from '../ports/check.js';
import { driverOf } from '../ports/fault.js';
import { actionOfTask, checkExercise, exerciseOf, taskOf } from './exercise.js';
import { checkAuditedLater, checkSteps } from './scenario-checks.js';
import {
  DEFAULT_MOMENT,
  type RawScenario,
  type ReadScenario,
  type ReadStep,
  scenarioSchema,
} from './scenario-schema.js';
import { readShape } from './shape.js';
import { deepFreeze, fieldOf, listOf, type Problem, type Source } from './source.js';
import { type ForStudent, vary } from './vary.js';

const ANY_LAB = {};
const schemas = new WeakMap<object, ReturnType<typeof scenarioSchema>>();

/** Kept, for it takes some time to make and a run reads many files for one lab. */
export function schemaFor(lab: Lab | undefined): ReturnType<typeof scenarioSchema> {
  const schema = schemas.get(lab ?? ANY_LAB) ?? scenarioSchema(scenarioFields(lab));
  schemas.set(lab ?? ANY_LAB, schema);
  return schema;
}

/**
 * The scenario of a file, filled in for the lab, or everything that is wrong with it. Without a lab nothing is filled in. Of an
 * exercise, what differs from student to student is drawn.
 */
export function readScenario(
  file: Source,
  lab?: Lab,
  student?: ForStudent,
): { scenario?: Scenario; problems: readonly Problem[] } {
  const schema = schemaFor(lab);
  const { source, variant, problems } = vary(file, lab, student);
  const read = readShape(source, schema);
  const { element } = schema.shape.steps;
  const one = (step: unknown): ReadStep | undefined => element.safeParse(step).data;
  if (source.readable) {
    const steps = read?.steps ?? listOf(fieldOf(source.data, 'steps')).map(one);
    checkSteps(source, steps);
    checkAuditedLater(source, steps, fieldOf(source.data, 'exercise') !== undefined);
    checkExercise(source, steps, lab);
  }
  const all = [...problems, ...source.problems];
  if (read === undefined || all.length > 0) return { problems: all };
  return { scenario: deepFreeze(scenarioOf(read, source.file, variant)), problems: [] };
}

/** Why a lab cannot be what the scenario needs a lab for; its abilities and nodes are those of a backend, and are judged later. */
export function misfitOf({ needs, steps }: Scenario, lab: Lab): string | undefined {
  const { addresses = 0, client = false } = needs;
  const has = lab.addresses.length;
  if (addresses > has) {
    const wanted = addresses === 1 ? 'a floating address' : `${addresses} floating addresses`;
    return `needs ${wanted}, and lab ${lab.name} has ${has === 0 ? 'none' : has}`;
  }
  if (
    lab.powerSupplies === 2 &&
    steps.some(({ action }) => action.kind === 'form' && action.stage === 'fencing-levels')
  )
    return `needs two levels of fencing, and in lab ${lab.name} both devices of a node are in one`;
  if (!client || clientOf(lab) !== undefined) return undefined;
  return `needs a client, and lab ${lab.name} has no node of role client or storage`;
}

export function scenarioOf(
  { id, title, summary, sets, needs, given, exercise, ...read }: ReadScenario,
  file: string,
  variant: NonNullable<Scenario['exercise']>['variant'] = {},
): Scenario {
  const steps = read.steps.map((step) => (exercise === undefined ? stepOf(step) : stepOfExercise(step)));
  const ofFaults = steps.flatMap(({ action }) =>
    action.kind === 'fault' ? driverOf(FAULTS, action.fault).needs(action.fault) : [],
  );
  const abilities = new Set([...needs.abilities, ...ofFaults]);
  return {
    ...{ id, file, title, summary, sets, given, steps },
    ...(exercise === undefined ? {} : { exercise: exerciseOf(exercise, variant) }),
    needs: {
      abilities: ABILITIES.filter((ability) => abilities.has(ability)),
      haNodes: needs['ha-nodes'],
      ...(needs.addresses === 0 ? {} : { addresses: needs.addresses }),
      ...(needs.client ? { client: true } : {}),
      ...(needs.lab === undefined ? {} : { lab: needs.lab }),
    },
  };
}

export function stepOf({ id, title, say, hint, within, settle, ...read }: ReadStep): Step {
  const { run, as, save, unless = [], probe = [], expect = [], 'expected-violations': expectedViolations = [] } = read;
  const { when, audit, 'when-within': whenWithin = time.parse(DEFAULT_MOMENT) } = read;
  return {
    ...{ id, title: title ?? { en: id }, say, hint, within, settle, unless, expectedViolations },
    ...(as === undefined ? {} : { keeps: as }),
    ...(save === undefined ? {} : { saves: save }),
    ...(when === undefined ? {} : { moment: { when, within: whenWithin } }),
    ...(audit === undefined ? {} : { isAuditedWithNext: true as const }),
    action: actionOf(read),
    probes: probe.map(({ every, ...asked }) => ({ ...asked, id: asked.id ?? id, everyMs: every })),
    expect: run === undefined ? expect : withImplied(CHECKS, expect),
  };
}

function stepOfExercise(read: ReadStep): Step {
  const step = stepOf(read);
  const task = taskOf(read);
  return { ...step, task, action: actionOfTask(step.action, task) };
}

function actionOf({ run, form, install, fault, heal }: Partial<ReadStep>): Action {
  if (run) return runOf(run);
  if (form) return { kind: 'form', stage: form };
  if (install) return { kind: 'install', what: install };
  if (fault) return { kind: 'fault', fault };
  return heal === undefined ? { kind: 'none' } : { kind: 'heal', step: heal };
}

function runOf({ on, argv }: NonNullable<ReadStep['run']>): Action {
  const roles = rolesIn(argv);
  return { kind: 'run', on, argv, ...(Object.keys(roles).length === 0 ? {} : { roles }) };
}

/** A scenario file, with `why` as its first comment. Long lines are left whole, for texts in two languages fold badly. */
export function scenarioText(scenario: RawScenario, why: readonly string[]): string {
  const comment = why.map((line) => `# ${line}\n`).join('');
  return `${comment}${stringify(scenario, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
