import { LabError } from '../model/errors.js';
import type { Scenario } from '../model/scenario.js';

/** A scenario on the ground that it stands on: below it the ones given to it, above it those it is given to. */
export interface Place {
  readonly scenario: Scenario;
  readonly above: Place[];
  isSelected: boolean;
  /** Unique in the tree: the scenario's id, or `id~2` where it stands on other ground as well. */
  name: string;
}

/** The selected scenarios, each above the chain of what is given to it; chains that begin alike share their beginning. */
export function growTree(selected: readonly Scenario[], library: readonly Scenario[]): readonly Place[] {
  const known = new Map([...library, ...selected].map((scenario) => [scenario.id, scenario]));
  const roots: Place[] = [];
  for (const scenario of selected) {
    let places = roots;
    const chain = [...chainOf(scenario, known, []), scenario];
    for (const [index, each] of chain.entries()) {
      const place = places.find((other) => other.scenario.id === each.id) ?? placeFor(each, places);
      if (index === chain.length - 1) place.isSelected = true;
      places = place.above;
    }
  }
  nameAll(roots);
  return roots;
}

/** Depth first, in the order of selection; `on` are the names of what the place stands on. */
export function walk(
  places: readonly Place[],
  visit: (place: Place, on: readonly string[]) => void,
  on: readonly string[] = [],
): void {
  for (const place of places) {
    visit(place, on);
    walk(place.above, visit, [...on, place.name]);
  }
}

function placeFor(scenario: Scenario, places: Place[]): Place {
  const place: Place = { scenario, above: [], isSelected: false, name: scenario.id };
  places.push(place);
  return place;
}

/** What is given to it, and before each what is given to that, each once. */
function chainOf(
  scenario: Scenario,
  known: ReadonlyMap<string, Scenario>,
  path: readonly string[],
): readonly Scenario[] {
  if (path.includes(scenario.id)) throw circle(scenario, [...path, scenario.id]);
  const chain = new Map<string, Scenario>();
  for (const id of scenario.given) {
    const given = known.get(id);
    if (given === undefined) throw missing(scenario, id, [...known.keys()]);
    for (const each of [...chainOf(given, known, [...path, scenario.id]), given])
      if (!chain.has(each.id)) chain.set(each.id, each);
  }
  return [...chain.values()];
}

/** The one that was asked for keeps its id, or else the first. */
function nameAll(roots: readonly Place[]): void {
  const all: Place[] = [];
  walk(roots, (place) => all.push(place));
  const taken = new Map<string, number>();
  for (const place of [...all.filter(({ isSelected }) => isSelected), ...all.filter((each) => !each.isSelected)]) {
    const count = (taken.get(place.scenario.id) ?? 0) + 1;
    taken.set(place.scenario.id, count);
    if (count > 1) place.name = `${place.scenario.id}~${count}`;
  }
}

function circle(scenario: Scenario, path: readonly string[]): LabError {
  return new LabError(
    'config-invalid',
    `${scenario.file}: scenarios stand on each other in a circle: ${path.join(' → ')}`,
    {
      hint: 'Take one of them out of the other’s `given`.',
    },
  );
}

function missing(scenario: Scenario, id: string, known: readonly string[]): LabError {
  return new LabError(
    'scenario-not-found',
    `${scenario.file}: ${scenario.id} stands on '${id}', which is no scenario`,
    {
      hint: `Known: ${known.toSorted().join(', ')}.`,
    },
  );
}
