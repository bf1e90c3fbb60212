import { loadLab } from '../../config/files.js';
import { pickScenarios } from '../../config/scenario-files.js';
import { readByLab } from '../../config/scenario-labs.js';
import { loadScripts } from '../../config/script/load.js';
import { rehearseScripts } from '../../config/script/rehearse.js';
import { FAULTS } from '../../faults/index.js';
import { speakerOf } from '../../messages/message.js';
import { ABILITIES, type Scenario } from '../../model/scenario.js';
import { textIn } from '../../model/text.js';
import { EXIT } from '../../model/verdict.js';
import { displayWidth, padEndDisplay, truncateDisplay } from '../../report/format.js';
import { abilitiesNeededBy } from '../../runner/plan.js';
import type { AnswerOf } from '../answers/index.js';
import { DEFAULT_LAB } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';

export interface ScenariosFlags {
  readonly set?: string;
}

/** The scenarios there are: every file is read and checked, nothing is touched. */
export async function scenarios(
  settings: Settings,
  selectors: readonly string[],
  { set }: ScenariosFlags,
): Promise<number> {
  const rows = await scenarioRows(settings, selectors, set);
  if (settings.json) output.json(scenariosJson(rows));
  else for (const line of tableLines(rows, settings.language, process.stdout.columns)) output.line(line);
  return EXIT.passed;
}

export function scenariosJson(rows: readonly ScenarioRow[]) {
  return { schema: 'halab.scenarios/1', scenarios: rows } satisfies AnswerOf<'scenarios'>;
}

const COLUMNS = ['scenario', 'sets', 'lab', 'needs', 'title'] as const;
const NARROWEST_TITLE = 20;

/** The title stands last and is cut to the terminal, where there is one. */
export function tableLines(
  rows: readonly ScenarioRow[],
  language: Settings['language'],
  columns: number | undefined,
): readonly string[] {
  const say = speakerOf(language);
  const cells = rows.map((row) => [
    row.id,
    row.sets.join(', ') || '–',
    row.lab ?? say('scenarios.any-lab'),
    needsText(row) || '–',
    textIn(row.title, language),
  ]);
  const table = [COLUMNS.map((column) => say(`scenarios.${column}`)), ...cells];
  const widths = [0, 1, 2, 3].map((index) => Math.max(...table.map((line) => displayWidth(line[index] ?? ''))));
  const left = widths.reduce((sum, width) => sum + width + 2, 0);
  const titleWidth = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(columns - left, NARROWEST_TITLE);
  return table.map(([...line]) => {
    const title = truncateDisplay(line.pop() ?? '', titleWidth);
    return [...line.map((cell, index) => padEndDisplay(cell, widths[index] ?? 0)), title].join('  ');
  });
}

/** A scenario in a list to choose from. */
export type ScenarioRow = AnswerOf<'scenarios'>['scenarios'][number];

/** Each read for its own lab, in the order asked for. Throws what reading scenarios and labs throws. */
export async function scenarioRows(
  dirs: Pick<Settings, 'cwd' | 'root'>,
  selectors: readonly string[],
  set: string | undefined,
): Promise<readonly ScenarioRow[]> {
  const picked = pickScenarios(selectors, dirs, { set, scripts: await loadScripts(selectors, dirs) });
  const read = readByLab(picked, (wants) => loadLab(wants ?? DEFAULT_LAB, dirs).lab);
  const rows = (await rehearseScripts(read)).flatMap(({ selected, wants }) =>
    selected.map((scenario) => rowOf(scenario, wants)),
  );
  const asked = picked.wanted.map(({ id }) => id);
  return rows.toSorted((one, other) => asked.indexOf(one.id) - asked.indexOf(other.id));
}

function rowOf(scenario: Scenario, lab: string | undefined): ScenarioRow {
  const { id, title, summary, file, sets, needs, given, steps } = scenario;
  const needed = abilitiesNeededBy(scenario, FAULTS);
  const abilities = ABILITIES.filter((ability) => needed.includes(ability));
  return { id, title, summary, file, sets, lab, haNodes: needs.haNodes, abilities, given, steps: steps.length };
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
