import { join, resolve, sep } from 'node:path';
import type { Matrix } from '../../config/nightly.js';
import { FAULTS } from '../../faults/index.js';
import { defined } from '../../model/defined.js';
import { isLabError } from '../../model/errors.js';
import { ABILITIES } from '../../model/scenario.js';
import { cellId, type LooseCell, type Time } from '../../nightly/cell.js';
import { baseOf, runFactsIn } from '../../nightly/run-facts.js';
import { type Times, timesFrom } from '../../nightly/times.js';
import type { SharedLab } from '../../nightly/units.js';
import type { Backend } from '../../ports/backend.js';
import { abilitiesNeededBy, type PlanEntry } from '../../runner/plan.js';
import { summariesBelow } from '../../store/past-runs.js';
import type { LabFlags } from '../lab-session.js';
import { whyNoPackages } from '../preflight.js';
import { groupByLab, type LabGroup } from '../run/lab-groups.js';
import type { Settings } from '../settings.js';

/** The cells of a matrix before they are cut into units. */
interface Gathered {
  readonly labs: readonly SharedLab[];
  readonly skipped: readonly LooseCell[];
}

/** A matrix file, and what of the command line joins it. */
export interface NightMatrix extends Matrix {
  readonly stackOnly?: readonly string[];
}

/** So many of the newest runs are read for their times. */
const PAST_RUNS = 400;

/** A booting lab keeps one processor busy. */
const CORES = 1;

/** Reads and checks every scenario for every lab and image; touches nothing. */
export async function gatherCells(settings: Settings, matrix: NightMatrix, flags: LabFlags): Promise<Gathered> {
  const times = timesFrom(
    summariesBelow(settings.reportsDir, PAST_RUNS).flatMap((summary) => runFactsIn(summary) ?? []),
  );
  const parts: Gathered[] = [];
  for (const image of matrix.images) {
    const groups: { readonly group: LabGroup; readonly labFile: string | undefined }[] = [];
    for (const labFile of matrix.labs ?? [undefined]) {
      const asked = { backend: flags.backend, lab: labFile, image, set: matrix.set, dryRun: true };
      for (const group of await groupByLab(settings, matrix.scenarios ?? [], asked)) groups.push({ group, labFile });
    }
    const labs = groups.map(({ group }) => group.instance.lab.name);
    for (const { group, labFile } of groups) {
      const lacks = matrix.stack !== undefined && group.backend.packages === undefined;
      const why = lacks ? whyNoPackages(group.backend) : await whyNot(group);
      const own = group.plan.filter((entry) => !isElsewhere(entry, group, labs));
      parts.push(partOf(settings, { ...group, plan: own }, { matrix, times, why, labFile }));
    }
  }
  return { labs: parts.flatMap(({ labs }) => labs), skipped: parts.flatMap(({ skipped }) => skipped) };
}

/** It is made for another of the labs, in which it is run. */
function isElsewhere({ scenario }: PlanEntry, { instance }: LabGroup, labs: readonly string[]): boolean {
  const { lab } = scenario.needs;
  return lab !== undefined && lab !== instance.lab.name && labs.includes(lab);
}

/** Why no machine can run this lab with this backend: what depends on the lab alone. */
async function whyNot({ backend, instance }: LabGroup): Promise<string | undefined> {
  try {
    const findings = await backend.preflight(instance);
    return findings.find(({ id, ok, weight }) => !ok && weight === 'required' && id.startsWith('lab:'))?.text;
  } catch (error) {
    if (isLabError(error) && error.code === 'config-invalid') return error.message;
    throw error;
  }
}

interface PartOptions {
  readonly matrix: NightMatrix;
  readonly times: Times;
  readonly why: string | undefined;
  readonly labFile: string | undefined;
}

function partOf(settings: Settings, group: LabGroup, { matrix, times, why, labFile }: PartOptions): Gathered {
  const { plan, instance, backend } = group;
  const { lab } = instance;
  const { image } = lab;
  const timeOf = ({ scenario }: PlanEntry): Time =>
    times.scenario({ ...scenario, id: baseOf(scenario.id) }, lab.name, image);
  const footprint = backend.footprint?.(lab);
  const cells = plan
    .filter(({ asGiven }) => !asGiven)
    .map((entry): Omit<LooseCell, 'id' | 'repeat'> => {
      const { scenario, requires } = entry;
      const reason = entry.skipped ?? why ?? reasonIn(matrix, scenario.id, lab.name, image);
      const needed = abilitiesNeededBy(scenario, FAULTS);
      return {
        scenario: scenario.id,
        lab: lab.name,
        ...(labFile === undefined || labFile === lab.name ? {} : { labFile }),
        image,
        backend: backend.name,
        requires: requires.map(baseOf),
        ...fileOf(settings, scenario.file),
        ...defined({ stack: matrix.stack, stackOnly: matrix.stackOnly }),
        needs: {
          memoryMiB: footprint?.memoryMiB ?? memoryOf(group),
          inotifyInstances: footprint?.inotifyInstances ?? 0,
          cores: CORES,
          abilities: ABILITIES.filter((ability) => needed.includes(ability)),
        },
        measures: scenario.steps.some(({ probes }) => probes.length > 0),
        own: timeOf(entry),
        ...(reason === undefined ? {} : { skipped: reason }),
      };
    });
  const setUps = new Map(plan.map((entry) => [baseOf(entry.scenario.id), timeOf(entry)]));
  const shared = { lab: times.lab(lab.name, image), restore: times.restore(lab.name, image), setUps };
  const turns = Array.from({ length: matrix.repeat }, (_, index) =>
    cells.map((cell): LooseCell => ({ ...cell, id: cellId({ ...cell, repeat: index + 1 }), repeat: index + 1 })),
  );
  return {
    labs: turns
      .map((turn) => ({ ...shared, cells: turn.filter(({ skipped }) => skipped === undefined) }))
      .filter((each) => each.cells.length > 0),
    skipped: turns.flat().filter(({ skipped }) => skipped !== undefined),
  };
}

/** Machines of their own take what the lab file gives them. */
function memoryOf({ instance }: Pick<LabGroup, 'instance'> & { readonly backend: Backend }): number {
  return instance.lab.nodes.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
}

function reasonIn({ skip }: Matrix, scenario: string, lab: string, image: string): string | undefined {
  const fits = (wanted: string | undefined, is: string) => wanted === undefined || wanted === is;
  return skip.find((each) => each.scenario === scenario && fits(each.lab, lab) && fits(each.image, image))?.because;
}

/** One of the library is named by its id, which means the same on every machine. */
function fileOf({ cwd, root }: Settings, file: string): { readonly file?: string } {
  const path = resolve(cwd, file);
  return path.startsWith(join(root, 'scenarios') + sep) ? {} : { file: path };
}
