import { loadLab, looksLikePath } from '../../../config/files.js';
import { type PickedScenarios, pickScenarios } from '../../../config/scenario-files.js';
import { readByLab } from '../../../config/scenario-labs.js';
import type { ForStudent } from '../../../config/vary.js';
import { LabError } from '../../../model/errors.js';
import type { LabInstance } from '../../../model/lab.js';
import type { Scenario } from '../../../model/scenario.js';
import type { Backend } from '../../../ports/backend.js';
import { planRun } from '../../../runner/plan.js';
import { loadInstance } from '../../../store/instances.js';
import { unknownOne } from '../../errors.js';
import { checkName, DEFAULT_LAB, instanceToBringUp, type LabFlags } from '../../lab-session.js';
import { offerOf } from '../../run/lab-groups.js';
import type { Settings } from '../../settings.js';
import { backendOf } from '../../wire.js';

/** An exercise of the library in a list to choose from. */
export type Exercise = Scenario & { readonly exercise: NonNullable<Scenario['exercise']> };

/** The exercises of the library, by their ids; each read for the lab that it is made for. */
export function libraryOfExercises(settings: Settings): readonly Exercise[] {
  const picked = pickScenarios([], settings);
  const read = readByLab(picked, (wants = DEFAULT_LAB) => loadLab(wants, settings).lab);
  return read.flatMap(({ selected }) => selected.filter(isExercise)).toSorted((a, b) => a.id.localeCompare(b.id));
}

function isExercise(scenario: Scenario): scenario is Exercise {
  return scenario.exercise !== undefined;
}

/** The lab that an exercise is done in. */
export interface ExerciseInLab {
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly scenario: Exercise;
  /** Scenarios that bring the lab to where it begins, in order. */
  readonly setUps: readonly Scenario[];
}

/**
 * An exercise by its id or file, drawn for the student, and the lab under this name. Throws LabError `usage` for one that there is
 * not, or that this lab cannot be used for; `config-invalid` for one with errors.
 */
export async function exerciseInLab(
  settings: Settings,
  id: string,
  flags: LabFlags & { readonly name: string },
  variant?: ForStudent,
): Promise<ExerciseInLab> {
  const picked = pickedBy(settings, id, variant === undefined ? {} : { variant });
  const instances: LabInstance[] = [];
  const [selection] = readByLab(picked, (wants) => {
    const instance = instanceFor(settings, flags, wants);
    instances.push(instance);
    return instance.lab;
  });
  const [scenario] = selection?.selected ?? [];
  const [instance] = instances;
  if (scenario === undefined || instance === undefined || !isExercise(scenario)) throw noExercise(id);
  const backend = await backendOf(instance, settings);
  const plan = planRun([scenario], [...(selection?.library.values() ?? [])], offerOf(instance, backend));
  const entry = plan.find((each) => !each.asGiven);
  if (entry?.skipped !== undefined) throw unfit(scenario, instance, entry.skipped);
  return { instance, backend, scenario, setUps: plan.filter(({ asGiven }) => asGiven).map((each) => each.scenario) };
}

/** The lab that stands under this name, or a new one as the exercise wants it. */
function instanceFor(settings: Settings, flags: LabFlags & { readonly name: string }, wants?: string): LabInstance {
  const stands = loadInstance(settings.stateDir, checkName(flags.name)) !== undefined;
  const lab = flags.lab ?? (wants === DEFAULT_LAB ? undefined : wants);
  return instanceToBringUp(settings, stands && flags.lab === undefined ? flags : { ...flags, lab: lab ?? DEFAULT_LAB });
}

/** The scenario of the library with this id, or the file at this path. Throws LabError `usage`, naming the exercises there are. */
function pickedBy(settings: Settings, id: string, options: { readonly variant?: ForStudent }): PickedScenarios {
  if (looksLikePath(id)) return pickScenarios([id], settings, options);
  const library = pickScenarios([], settings, options);
  const wanted = library.wanted.filter((each) => each.id === id);
  if (wanted.length > 0) return { ...library, wanted };
  throw unknownOne(
    'exercise',
    id,
    libraryOfExercises(settings).map((each) => each.id),
  );
}

function noExercise(id: string): LabError {
  return new LabError('usage', `'${id}' is a scenario and no exercise`, {
    hint: 'halab learn list shows the exercises; halab run runs a scenario',
  });
}

function unfit({ id }: Scenario, { name }: LabInstance, why: string): LabError {
  return new LabError('usage', `the exercise ${id} cannot be done in the lab ${name}: ${why}`, {
    hint: 'another --name makes a lab of its own for it',
  });
}
