import { LabError } from '../model/errors.js';
import type { PlannedScenario } from '../model/event.js';
import { needsByMeans } from '../model/fault-needs.js';
import type { Ability, FaultKind, Scenario } from '../model/scenario.js';

/** One scenario of a run, in its place. */
export interface PlanEntry {
  readonly scenario: Scenario;
  /** True where it is run only because another stands on it. */
  readonly asGiven: boolean;
  /** Why it is not run here. */
  readonly skipped?: string;
}

/** What the lab and its backend have to offer. */
export interface Offer {
  readonly backend: string;
  readonly abilities: readonly Ability[];
  readonly haNodes: number;
  /** Why an ability is not among them, where there is more to say than that the backend cannot. */
  readonly reasons?: Partial<Readonly<Record<Ability, string>>>;
  /** What each kind of fault needs; the fault table fits. */
  readonly faults: { readonly [K in FaultKind]: { readonly needs: readonly Ability[] } };
}

/**
 * Orders the selected scenarios behind what they stand on, depth first, none twice.
 * What the offer lacks is skipped with the reason, and so is what stands on it.
 * Throws LabError `scenario-not-found` for an unknown `given`, `config-invalid` for a circle of them.
 */
export function planRun(
  selected: readonly Scenario[],
  library: readonly Scenario[],
  offer: Offer,
): readonly PlanEntry[] {
  const known = new Map([...library, ...selected].map((scenario) => [scenario.id, scenario]));
  const chosen = new Set(selected.map((scenario) => scenario.id));
  const entries = new Map<string, PlanEntry>();

  function visit(scenario: Scenario, path: readonly string[]): void {
    if (path.includes(scenario.id)) throw circle(scenario, [...path, scenario.id]);
    if (entries.has(scenario.id)) return;
    for (const id of scenario.given)
      visit(known.get(id) ?? fail(missing(scenario, id, [...known.keys()])), [...path, scenario.id]);
    const skipped = reasonToSkip(scenario, offer, entries);
    entries.set(scenario.id, {
      scenario,
      asGiven: !chosen.has(scenario.id),
      ...(skipped === undefined ? {} : { skipped }),
    });
  }

  for (const scenario of inOrder(selected, known)) visit(scenario, []);
  return [...entries.values()];
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

function reasonToSkip(scenario: Scenario, offer: Offer, entries: ReadonlyMap<string, PlanEntry>): string | undefined {
  const lacking = abilitiesNeededBy(scenario, offer).filter((ability) => !offer.abilities.includes(ability));
  if (lacking.length > 0) return `the ${offer.backend} backend cannot do: ${lacking.map(explained).join(', ')}`;
  if (scenario.needs.haNodes > offer.haNodes)
    return `needs ${scenario.needs.haNodes} HA nodes, the lab has ${offer.haNodes}`;
  const without = scenario.given.find((id) => entries.get(id)?.skipped !== undefined);
  return without === undefined ? undefined : `stands on ${without}, which is skipped: ${entries.get(without)?.skipped}`;

  function explained(ability: Ability): string {
    const reason = offer.reasons?.[ability];
    return reason === undefined ? ability : `${ability} (${reason})`;
  }
}

/**
 * What stands on a set-up that replaces others comes last: a set-up is run once, and those others no longer stand then. The
 * order is kept otherwise.
 */
function inOrder(selected: readonly Scenario[], known: ReadonlyMap<string, Scenario>): readonly Scenario[] {
  const replaces = (scenario: Scenario, path: readonly string[]): boolean =>
    (scenario.replaces ?? []).length > 0 ||
    scenario.given.some((id) => {
      const given = path.includes(id) ? undefined : known.get(id);
      return given !== undefined && replaces(given, [...path, id]);
    });
  return [...selected.filter((each) => !replaces(each, [])), ...selected.filter((each) => replaces(each, []))];
}

/** Those it names and those its faults need. */
function abilitiesNeededBy(scenario: Scenario, offer: Offer): readonly Ability[] {
  const byFaults = scenario.steps.flatMap(({ action }) =>
    action.kind === 'fault' ? (needsByMeans(action.fault) ?? offer.faults[action.fault.kind].needs) : [],
  );
  return [...new Set([...scenario.needs.abilities, ...byFaults])];
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

function fail(error: Error): never {
  throw error;
}
