import { isLabError } from '../model/errors.js';
import type { Lab } from '../model/lab.js';
import { type Entry, type PickedScenarios, readPicked, type ScenarioSelection } from './scenario-files.js';
import { fieldOf, listOf, type Problem, refuseIfAny, textOf } from './source.js';

/** What was asked for that is for one lab, read for it. */
export interface LabSelection extends ScenarioSelection {
  /** As the scenarios name it; absent where they will do with any. */
  readonly wants?: string;
  readonly lab: Lab;
}

/** The labs that the scenarios are made for, in the order asked for; `undefined` stands for those that will do with any. */
export function labsWantedBy({ wanted, all }: PickedScenarios): readonly (string | undefined)[] {
  return [...new Set(wanted.map((entry) => labsOf(entry, all)[0]))];
}

/**
 * Sorts what was picked by lab, and reads each part for its own. `labFor` finds a lab by the name that scenarios give it.
 * Throws LabError `config-invalid` with every problem of every file that is needed.
 */
export function readByLab(
  picked: PickedScenarios,
  labFor: (wants: string | undefined) => Lab,
): readonly LabSelection[] {
  const problems: Problem[] = [];
  const selections = labsWantedBy(picked).flatMap((wants): LabSelection[] => {
    const wanted = picked.wanted.filter((entry) => labsOf(entry, picked.all)[0] === wants);
    for (const entry of wanted) problems.push(...atOdds(entry, picked.all));
    try {
      const lab = labFor(wants);
      const selection = readPicked({ ...picked, wanted }, lab, problems);
      return [{ ...selection, lab, wants }];
    } catch (error) {
      if (wants === undefined || !isLabError(error) || error.code !== 'lab-not-found') throw error;
      problems.push(...unknownLab(wants, wanted, picked.all, error.message, error.hint));
      return [];
    }
  });
  refuseIfAny(problems);
  return selections;
}

/** Its own lab and those of the scenarios that it requires, each once, its own first. */
function labsOf(entry: Entry, all: readonly Entry[], trail: readonly Entry[] = []): readonly string[] {
  if (trail.includes(entry)) return [];
  const below = listOf(fieldOf(entry.source.data, 'given')).flatMap((id) => all.filter((other) => other.id === id));
  const own = ownLab(entry);
  return [
    ...new Set([...(own === undefined ? [] : [own]), ...below.flatMap((each) => labsOf(each, all, [...trail, entry]))]),
  ];
}

function ownLab({ source }: Entry): string | undefined {
  return textOf(fieldOf(fieldOf(source.data, 'needs'), 'lab'));
}

function atOdds(entry: Entry, all: readonly Entry[]): readonly Problem[] {
  const [first, second] = labsOf(entry, all);
  if (second === undefined) return [];
  const message = `this is for the lab ${first}, and a scenario that it requires is for ${second}`;
  return [entry.source.problemAt(['given'], { message, hint: 'require scenarios for the same lab, or for any' })];
}

/** Reports the problem where the name of the lab is written. */
function unknownLab(
  wants: string,
  wanted: readonly Entry[],
  all: readonly Entry[],
  message: string,
  hint = 'name a lab that there is',
): readonly Problem[] {
  const writers = all.filter((entry) => ownLab(entry) === wants);
  const blamed = writers.length > 0 ? writers : wanted;
  return blamed.map(({ source }) => source.problemAt(['needs', 'lab'], { message, hint }));
}
