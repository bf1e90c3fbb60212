import { message } from '../messages/message.js';
import { LabError } from '../model/errors.js';
import type { PlannedScenario } from '../model/event.js';
import type { Ability, Scenario } from '../model/scenario.js';
import { driverOf, type FaultTable } from '../ports/fault.js';

/** One scenario of a run, in its place. */
export interface PlanEntry {
  /** Its id is what it is called in this run: `web~2` where `web` is run on other ground as well. */
  readonly scenario: Scenario;
  /** True where it is run only because another stands on it. */
  readonly asGiven: boolean;
  /** Why it is not run here. */
  readonly skipped?: string;
  /** What it stands on, as called in this run, in order: it finds the lab as the last of them leaves it. */
  readonly on: readonly string[];
  /** True where others stand on what it leaves. */
  readonly isGround: boolean;
}

/** What the lab and its backend have to offer. */
export interface Offer {
  /** Its name; left out, it will do for whatever lab is asked for. */
  readonly lab?: string;
  readonly backend: string;
  readonly abilities: readonly Ability[];
  /** Why an ability is not among them, where there is more to say than that the backend cannot. */
  readonly reasons?: Partial<Readonly<Record<Ability, string>>>;
  readonly haNodes: number;
  /** What each kind of fault needs; the fault table fits. */
  readonly faults: FaultTable;
}

/**
 * Walks through the tree that scenarios and what they stand on make, depth first: a set-up comes before all that stands
 * on it, and comes again only where it stands on something else. What the offer lacks is skipped with the reason, and so
 * is what stands on it; a set-up on which nothing stands that can be run is left out.
 * Throws LabError `scenario-not-found` for an unknown `given`, `config-invalid` for a circle of them.
 */
export function planRun(
  selected: readonly Scenario[],
  library: readonly Scenario[],
  offer: Offer,
): readonly PlanEntry[] {
  const entries = new Map<string, PlanEntry>();
  const add = (place: Place, on: readonly string[]): void => {
    const skipped = reasonToSkip(place.scenario, on, offer, entries);
    entries.set(place.name, {
      scenario: place.name === place.scenario.id ? place.scenario : again(place.scenario, place.name, on, entries),
      asGiven: !place.isSelected,
      ...(skipped === undefined ? {} : { skipped }),
      on,
      isGround: place.above.length > 0,
    });
  };
  walk(growTree(selected, library), add);
  const plan = [...entries.values()];
  return plan.filter((entry) => !entry.asGiven || entry.skipped !== undefined || isStoodOn(entry, plan));
}

/** The plan as events and `--dry-run` show it. */
export function outlineOf(plan: readonly PlanEntry[]): readonly PlannedScenario[] {
  return plan.map(({ scenario, asGiven }) => ({
    scenario: scenario.id,
    title: scenario.title,
    asGiven,
    steps: scenario.steps.map((step) => ({ step: step.id, title: step.title })),
  }));
}

/** By a scenario that is run for its own sake. */
function isStoodOn({ scenario }: PlanEntry, plan: readonly PlanEntry[]): boolean {
  return plan.some((other) => !other.asGiven && other.skipped === undefined && other.on.includes(scenario.id));
}

/** Reports know a scenario by its id, and so do people by its title. */
function again(
  scenario: Scenario,
  name: string,
  on: readonly string[],
  entries: ReadonlyMap<string, PlanEntry>,
): Scenario {
  const others = [...entries.values()].filter((entry) => entry.scenario.id.split('~')[0] === scenario.id);
  const [ground] = on.filter((each) => !others.some((other) => other.on.includes(each)));
  const title =
    ground === undefined ? scenario.title : message('scenario.on', { title: scenario.title, setup: ground });
  return { ...scenario, id: name, title };
}

function reasonToSkip(
  scenario: Scenario,
  on: readonly string[],
  offer: Offer,
  entries: ReadonlyMap<string, PlanEntry>,
): string | undefined {
  const { lab, haNodes } = scenario.needs;
  if (lab !== undefined && offer.lab !== undefined && lab !== offer.lab)
    return `is made for the lab ${lab}, and this is ${offer.lab}`;
  const lacking = abilitiesNeededBy(scenario, offer.faults).filter((ability) => !offer.abilities.includes(ability));
  if (lacking.length > 0) return `the ${offer.backend} backend cannot do: ${lacking.map(explained).join(', ')}`;
  if (haNodes > offer.haNodes) return `needs ${haNodes} HA nodes, the lab has ${offer.haNodes}`;
  const without = on.findLast((name) => entries.get(name)?.skipped !== undefined);
  return without === undefined ? undefined : `stands on ${without}, which is skipped: ${entries.get(without)?.skipped}`;

  function explained(ability: Ability): string {
    const reason = offer.reasons?.[ability];
    return reason === undefined ? ability : `${ability} (${reason})`;
  }
}

/** Those it names and those its faults need. */
export function abilitiesNeededBy(scenario: Scenario, faults: FaultTable): readonly Ability[] {
  const byFaults = scenario.steps.flatMap(({ action }) =>
    action.kind === 'fault' ? driverOf(faults, action.fault).needs(action.fault) : [],
  );
  return [...new Set([...scenario.needs.abilities, ...byFaults])];
}

/** A scenario on the ground that it stands on: below it the ones given to it, above it those it is given to. */
interface Place {
  readonly scenario: Scenario;
  readonly above: Place[];
  isSelected: boolean;
  /** Unique in the tree: the scenario's id, or `id~2` where it stands on other ground as well. */
  name: string;
}

/** The selected scenarios, each above the chain of what is given to it; chains that begin alike share their beginning. */
function growTree(selected: readonly Scenario[], library: readonly Scenario[]): readonly Place[] {
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
function walk(
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
