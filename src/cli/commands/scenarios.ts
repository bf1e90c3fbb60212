import { speakerOf } from '../../messages/message.js';
import { textIn } from '../../model/text.js';
import { EXIT } from '../../model/verdict.js';
import { displayWidth, padEndDisplay, truncateDisplay } from '../../report/format.js';
import type { AnswerOf } from '../answers/index.js';
import { output } from '../output.js';
import { needsText, type ScenarioRow, scenarioRows } from '../scenario-rows.js';
import type { Settings } from '../settings.js';

export interface ScenariosFlags {
  readonly set?: string;
}

/** The scenarios there are: every file is read and checked, nothing is touched. */
export function scenarios(settings: Settings, selectors: readonly string[], { set }: ScenariosFlags): number {
  const rows = scenarioRows(settings, selectors, set);
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
