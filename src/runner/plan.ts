import { message } from '../messages/message.js';
import { LabError } from '../model/errors.js';
import type { PlannedScenario } from '../model/event.js';
import type { Ability, Scenario } from '../model/scenario.js';
import { driverOf, type FaultTable } from '../ports/fault.js';

/** One scenario of a run, in its place. */
export interface PlanEntry {
  /** Its id is unique in the run: `web~2` where `web` is run after other set-ups as well. */
  readonly scenario: Scenario;
  /** True where it is run only because another scenario requires it. */
  readonly asGiven: boolean;
  /** Why it is not run here. */
  readonly skipped?: string;
  /** Ids of its set-ups in this run, in order: it finds the lab as the last of them leaves it. */
  readonly requires: readonly string[];
  /** True where others require it. */
  readonly isSetUp: boolean;
}

/** What the lab and its backend offer. */
export interface Offer {
  /** The lab's name; without one, scenarios for any lab fit. */
  readonly lab?: string;
  readonly backend: string;
  /** Why the backend cannot run this lab at all. */
  readonly cannotRun?: string;
  readonly abilities: readonly Ability[];
  /** Why an ability is missing, where the reason is not simply the backend. */
  readonly reasons?: Partial<Readonly<Record<Ability, string>>>;
  readonly haNodes: number;
  /** For the abilities that each kind of fault needs. */
  readonly faults: FaultTable;
}

/**
 * Orders the scenarios and the set-ups that they require, depth first: a set-up comes before all that require it, and is
 * repeated only where it requires other set-ups. A scenario that needs what the offer lacks is skipped with the reason, and
 * so are those that require it; a set-up that no runnable scenario requires is left out.
 * Throws LabError `scenario-not-found` for an unknown `given`, `config-invalid` for a circle of them.
 */
export function planRun(
  selected: readonly Scenario[],
  library: readonly Scenario[],
  offer: Offer,
): readonly PlanEntry[] {
  const entries = new Map<string, PlanEntry>();
  const add = (branch: Branch, requires: readonly string[]): void => {
    const skipped = reasonToSkip(branch.scenario, requires, offer, entries);
    entries.set(branch.name, {
      scenario:
        branch.name === branch.scenario.id ? branch.scenario : renamed(branch.scenario, branch.name, requires, entries),
      asGiven: !branch.isSelected,
      ...(skipped === undefined ? {} : { skipped }),
      requires,
      isSetUp: branch.above.length > 0,
    });
  };
  walk(growTree(selected, library), add);
  const plan = [...entries.values()];
  return plan.filter((entry) => !entry.asGiven || entry.skipped !== undefined || isRequired(entry, plan));
}

/** The plan as events and `--dry-run` show it. */
export function outlineOf(plan: readonly PlanEntry[]): readonly PlannedScenario[] {
  return plan.map(({ scenario, asGiven, requires }) => ({
    scenario: scenario.id,
    requires,
    title: scenario.title,
    asGiven,
    steps: scenario.steps
      .slice(0, scenario.script?.certain ?? scenario.steps.length)
      .map((step) => ({ step: step.id, title: step.title })),
  }));
}

/** The set-ups that every scenario of the plan requires first, as long as nobody asked for them and no script does them. Pure. */
export function commonSetUps(plan: readonly PlanEntry[]): readonly PlanEntry[] {
  const asked = plan.filter(({ asGiven, skipped }) => !asGiven && skipped === undefined);
  const requires = asked[0]?.requires ?? [];
  const entries = requires.map((id) => plan.find(({ scenario }) => scenario.id === id));
  const end = entries.findIndex(
    (entry, index) =>
      entry?.asGiven !== true ||
      entry.skipped !== undefined ||
      entry.scenario.script !== undefined ||
      asked.some((other) => other.requires[index] !== requires[index]),
  );
  return entries.slice(0, end === -1 ? undefined : end).flatMap((entry) => entry ?? []);
}

/** Whether a scenario that was selected requires it. */
function isRequired({ scenario }: PlanEntry, plan: readonly PlanEntry[]): boolean {
  return plan.some((other) => !other.asGiven && other.skipped === undefined && other.requires.includes(scenario.id));
}

/** A repeated set-up gets a unique id for reports, and a title that says after which set-up it is run. */
function renamed(
  scenario: Scenario,
  name: string,
  requires: readonly string[],
  entries: ReadonlyMap<string, PlanEntry>,
): Scenario {
  const others = [...entries.values()].filter((entry) => entry.scenario.id.split('~')[0] === scenario.id);
  const [setUp] = requires.filter((each) => !others.some((other) => other.requires.includes(each)));
  const title = setUp === undefined ? scenario.title : message('scenario.on', { title: scenario.title, setup: setUp });
  return { ...scenario, id: name, title };
}

function reasonToSkip(
  scenario: Scenario,
  requires: readonly string[],
  offer: Offer,
  entries: ReadonlyMap<string, PlanEntry>,
): string | undefined {
  const { lab, haNodes } = scenario.needs;
  if (lab !== undefined && offer.lab !== undefined && lab !== offer.lab)
    return `is made for the lab ${lab}, and this is ${offer.lab}`;
  if (offer.cannotRun !== undefined) return offer.cannotRun;
  const lacking = abilitiesNeededBy(scenario, offer.faults).filter((ability) => !offer.abilities.includes(ability));
  if (lacking.length > 0) return `the ${offer.backend} backend cannot do: ${lacking.map(explained).join(', ')}`;
  if (haNodes > offer.haNodes) return `needs ${haNodes} HA nodes, the lab has ${offer.haNodes}`;
  const without = requires.findLast((name) => entries.get(name)?.skipped !== undefined);
  if (without !== undefined) return `requires ${without}, which is skipped: ${entries.get(without)?.skipped}`;
  return scenario.misfit;

  function explained(ability: Ability): string {
    const reason = offer.reasons?.[ability];
    return reason === undefined ? ability : `${ability} (${reason})`;
  }
}

/** The abilities that it names, and those that its faults need. */
export function abilitiesNeededBy(scenario: Scenario, faults: FaultTable): readonly Ability[] {
  const byFaults = scenario.steps.flatMap(({ action }) =>
    action.kind === 'fault' ? driverOf(faults, action.fault).needs(action.fault) : [],
  );
  return [...new Set([...scenario.needs.abilities, ...byFaults])];
}

/** A scenario in the tree of set-ups: below it the set-ups it requires, above it the scenarios that require it. */
interface Branch {
  readonly scenario: Scenario;
  readonly above: Branch[];
  isSelected: boolean;
  /** Unique in the tree: the scenario's id, or `id~2` where it also follows other set-ups. */
  name: string;
}

/** The selected scenarios, each above its chain of set-ups; chains that begin alike share their beginning. */
function growTree(selected: readonly Scenario[], library: readonly Scenario[]): readonly Branch[] {
  const known = new Map([...library, ...selected].map((scenario) => [scenario.id, scenario]));
  const roots: Branch[] = [];
  for (const scenario of selected) {
    let branches = roots;
    const chain = [...chainOf(scenario, known, []), scenario];
    for (const [index, each] of chain.entries()) {
      const branch = branches.find((other) => other.scenario.id === each.id) ?? branchFor(each, branches);
      if (index === chain.length - 1) branch.isSelected = true;
      branches = branch.above;
    }
  }
  nameAll(roots);
  return roots;
}

/** Depth first, in the order of selection; `requires` are the names of the branches below. */
function walk(
  branches: readonly Branch[],
  visit: (branch: Branch, requires: readonly string[]) => void,
  requires: readonly string[] = [],
): void {
  for (const branch of branches) {
    visit(branch, requires);
    walk(branch.above, visit, [...requires, branch.name]);
  }
}

function branchFor(scenario: Scenario, branches: Branch[]): Branch {
  const branch: Branch = { scenario, above: [], isSelected: false, name: scenario.id };
  branches.push(branch);
  return branch;
}

/** The set-ups it requires, each after those that it requires itself, and each once. */
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

/** The selected one keeps its id, or else the first. */
function nameAll(roots: readonly Branch[]): void {
  const all: Branch[] = [];
  walk(roots, (branch) => all.push(branch));
  const taken = new Map<string, number>();
  for (const branch of [...all.filter(({ isSelected }) => isSelected), ...all.filter((each) => !each.isSelected)]) {
    const count = (taken.get(branch.scenario.id) ?? 0) + 1;
    taken.set(branch.scenario.id, count);
    if (count > 1) branch.name = `${branch.scenario.id}~${count}`;
  }
}

function circle(scenario: Scenario, path: readonly string[]): LabError {
  return new LabError(
    'config-invalid',
    `${scenario.file}: scenarios require each other in a circle: ${path.join(' → ')}`,
    {
      hint: 'Remove one of them from the `given` of another.',
    },
  );
}

function missing(scenario: Scenario, id: string, known: readonly string[]): LabError {
  return new LabError(
    'scenario-not-found',
    `${scenario.file}: ${scenario.id} requires '${id}', and there is no such scenario`,
    {
      hint: `Known: ${known.toSorted().join(', ')}.`,
    },
  );
}
