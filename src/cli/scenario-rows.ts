import { loadLab } from '../config/files.js';
import { pickScenarios } from '../config/scenario-files.js';
import { readByLab } from '../config/scenario-labs.js';
import { FAULTS } from '../faults/index.js';
import type { Scenario } from '../model/scenario.js';
import { ABILITIES, type Ability } from '../model/scenario.js';
import type { Text } from '../model/text.js';
import { abilitiesNeededBy } from '../runner/plan.js';
import { DEFAULT_LAB } from './lab-session.js';
import type { Settings } from './settings.js';

/** A scenario as whoever chooses among many wants to see it. */
export interface ScenarioRow {
  readonly id: string;
  readonly title: Text;
  readonly summary?: Text;
  readonly file: string;
  readonly sets: readonly string[];
  /** The lab that it, or what it stands on, is made for; absent where any will do that has what it needs. */
  readonly lab?: string;
  readonly haNodes: number;
  /** What the backend must be able to do, for its faults too. */
  readonly abilities: readonly Ability[];
  readonly given: readonly string[];
  readonly steps: number;
}

/** Each read for its own lab, in the order asked for. Throws what reading scenarios and labs throws. */
export function scenarioRows(
  dirs: Pick<Settings, 'cwd' | 'root'>,
  selectors: readonly string[],
  set: string | undefined,
): readonly ScenarioRow[] {
  const picked = pickScenarios(selectors, dirs, set === undefined ? {} : { set });
  const rows = readByLab(picked, (wants) => loadLab(wants ?? DEFAULT_LAB, dirs).lab).flatMap(({ selected, wants }) =>
    selected.map((scenario) => rowOf(scenario, wants)),
  );
  const asked = picked.wanted.map(({ id }) => id);
  return rows.toSorted((one, other) => asked.indexOf(one.id) - asked.indexOf(other.id));
}

function rowOf(scenario: Scenario, lab: string | undefined): ScenarioRow {
  const { id, title, summary, file, sets, needs, given, steps } = scenario;
  const abilities = abilitiesNeededBy(scenario, FAULTS);
  return {
    id,
    title,
    ...(summary === undefined ? {} : { summary }),
    file,
    sets,
    ...(lab === undefined ? {} : { lab }),
    haNodes: needs.haNodes,
    abilities: ABILITIES.filter((ability) => abilities.includes(ability)),
    given,
    steps: steps.length,
  };
}

/** `3 nodes, links, power` */
export function needsText({ haNodes, abilities }: Pick<ScenarioRow, 'haNodes' | 'abilities'>): string {
  return [...(haNodes > 1 ? [`${haNodes} nodes`] : []), ...abilities].join(', ');
}

/** The table of docs/scenarios.md. */
export function markdownTable(rows: readonly ScenarioRow[]): string {
  const lines = rows.map((row) => {
    const cells = [
      `\`${row.id}\``,
      row.title.en,
      row.sets.join(', '),
      row.lab ?? 'any',
      needsText(row),
      row.given.join(', '),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|') || '–').join(' | ')} |`;
  });
  return ['| scenario | what happens | sets | lab | needs | requires |', '|---|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}
