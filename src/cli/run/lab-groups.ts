import { type PickedScenarios, pickScenarios } from '../../config/scenario-files.js';
import { type LabSelection, labsWantedBy, readByLab } from '../../config/scenario-labs.js';
import { loadScripts } from '../../config/script/load.js';
import { rehearseScripts } from '../../config/script/rehearse.js';
import type { Problem } from '../../config/source.js';
import { FAULTS } from '../../faults/index.js';
import { haNodesOf, type Lab, type LabInstance } from '../../model/lab.js';
import { abilitiesOf, type Backend, reasonsOf } from '../../ports/backend.js';
import { type Offer, type PlanEntry, planRun } from '../../runner/plan.js';
import { loadInstance } from '../../store/instances.js';
import {
  checkName,
  DEFAULT_LAB,
  instanceToBringUp,
  type LabFlags,
  labFromFlags,
  wantedInstance,
} from '../lab-session.js';
import { whyLabCannotRun } from '../preflight.js';
import type { Settings } from '../settings.js';
import { noteWarnings } from '../warnings.js';
import { backendOf } from '../wire.js';

/** The part of a run that one lab is for: a run of its own. */
export interface LabGroup {
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly plan: readonly PlanEntry[];
  /** What can be run, and is probably not meant. */
  readonly warnings?: readonly Problem[];
}

export interface GroupFlags extends LabFlags {
  readonly set?: string;
  readonly dryRun?: boolean;
}

/**
 * What was asked for, by lab, in the order asked for. Of several labs, those that the backend cannot run are skipped with the reason. A lab that is named, by `--lab` or as one that stands here under
 * `--name`, is the only one: scenarios that are made for another are skipped with that reason.
 */
export async function groupByLab(
  settings: Settings,
  selectors: readonly string[],
  flags: GroupFlags,
): Promise<readonly LabGroup[]> {
  const scripts = await loadScripts(selectors, settings);
  const picked = pickScenarios(selectors, settings, { set: flags.set, scripts });
  return isOneLab(settings, flags)
    ? [await groupForOne(settings, picked, flags)]
    : groupForEach(settings, picked, flags);
}

async function groupForOne(settings: Settings, picked: PickedScenarios, flags: GroupFlags): Promise<LabGroup> {
  const instance = instanceFor(settings, flags);
  const isHere = (wants: string | undefined) => wants === undefined || wants === instance.lab.name;
  const selections = await rehearseScripts(
    readByLab(picked, (wants) =>
      isHere(wants) ? instance.lab : labFromFlags(settings, { ...flags, lab: wants ?? DEFAULT_LAB }),
    ),
  );
  const elsewhere = selections.filter(({ wants }) => !isHere(wants));
  const here = selections.filter(({ wants }) => isHere(wants));
  const group = await groupOf(settings, picked, instance, here);
  return { ...group, plan: [...group.plan, ...elsewhere.flatMap((each) => notHere(each, instance.lab))] };
}

async function groupForEach(
  settings: Settings,
  picked: PickedScenarios,
  flags: GroupFlags,
): Promise<readonly LabGroup[]> {
  const labs = [...new Set(labsWantedBy(picked).map((wants) => wants ?? DEFAULT_LAB))];
  const instances = new Map<string, LabInstance>();
  const read = readByLab(picked, (wants = DEFAULT_LAB) => {
    const name = nameFor(flags.name, wants, labs);
    const own = { ...flags, name, lab: wants === DEFAULT_LAB ? undefined : wants };
    const instance = instances.get(wants) ?? instanceFor(settings, own);
    instances.set(wants, instance);
    return instance.lab;
  });
  const selections = await rehearseScripts(read);
  return Promise.all(
    [...instances].map(([lab, instance]) => {
      const own = selections.filter(({ wants = DEFAULT_LAB }) => wants === lab);
      return groupOf(settings, picked, instance, own, instances.size > 1);
    }),
  );
}

/** The one lab that the flags mean. */
export function instanceFor(settings: Settings, flags: GroupFlags): LabInstance {
  if (!flags.dryRun) return instanceToBringUp(settings, flags);
  return wantedInstance(settings, flags, labFromFlags(settings, flags));
}

/** Names the one lab a run is for: by its file, or by the name of one that stands here. */
function isOneLab(settings: Settings, { lab, name }: LabFlags): boolean {
  return lab !== undefined || (name !== undefined && loadInstance(settings.stateDir, checkName(name)) !== undefined);
}

const LONGEST_NAME = 21;

/** With several labs each has its own: the one that was asked for, and the lab's behind it. */
export function nameFor(asked: string | undefined, lab: string, labs: readonly string[]): string | undefined {
  if (asked === undefined || labs.length < 2) return asked;
  const name = `${asked}-${lab}`.slice(0, LONGEST_NAME).replace(/-$/, '');
  const isShared = labs.some((other) => other !== lab && `${asked}-${other}`.startsWith(name));
  return isShared || name === asked ? `${asked.slice(0, LONGEST_NAME - 3)}-${labs.indexOf(lab) + 1}` : name;
}

async function groupOf(
  settings: Settings,
  { wanted }: PickedScenarios,
  instance: LabInstance,
  selections: readonly LabSelection[],
  isOneOfSeveral = false,
): Promise<LabGroup> {
  const backend = await backendOf(instance, settings);
  const asked = wanted.map(({ id }) => id);
  const selected = selections
    .flatMap((each) => each.selected)
    .sort((one, other) => asked.indexOf(one.id) - asked.indexOf(other.id));
  const library = selections.flatMap((each) => [...each.library.values()]);
  const warnings = selections.flatMap((each) => each.warnings);
  noteWarnings(warnings);
  const cannotRun = isOneOfSeveral ? await whyLabCannotRun(backend, instance) : undefined;
  const offer = { ...offerOf(instance, backend), ...(cannotRun === undefined ? {} : { cannotRun }) };
  return { instance, backend, warnings, plan: planRun(selected, library, offer) };
}

function notHere({ selected, wants }: LabSelection, { name }: Lab): readonly PlanEntry[] {
  const skipped = `is made for the lab ${wants}, and this is ${name}`;
  return selected.map((scenario) => ({ scenario, asGiven: false, skipped, requires: [], isSetUp: false }));
}

/** What this lab offers to the scenarios of a plan. */
export function offerOf(instance: LabInstance, backend: Backend): Offer {
  return {
    lab: instance.lab.name,
    backend: backend.name,
    abilities: abilitiesOf(backend, instance),
    reasons: reasonsOf(backend, instance),
    haNodes: haNodesOf(instance.lab).length,
    faults: FAULTS,
  };
}
