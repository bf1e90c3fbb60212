import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HistoryJson } from '../../history/answer.js';
import { sitePage } from '../../history/site-page.js';
import { EXIT } from '../../model/verdict.js';
import { reportsRoot } from '../../store/past-runs.js';
import { NIGHTS } from '../history/keep-run.js';
import { output } from '../output.js';
import { linksToReports, pageProgram } from '../page-program.js';
import type { Settings } from '../settings.js';
import { readHistory, withoutWalks } from './history.js';

interface SiteFlags {
  readonly out?: string;
  readonly nights?: number;
}

/** Writes the history as one page, with links to the reports that are here. */
export async function site(settings: Settings, { out, nights = NIGHTS }: SiteFlags): Promise<number> {
  const root = reportsRoot(settings.reportsDir);
  const folder = out === undefined ? join(root, 'site') : resolve(settings.cwd, out);
  const history = withoutWalks(await readHistory(settings, nights));
  const file = join(folder, 'index.html');
  mkdirSync(folder, { recursive: true });
  const reports = linksToReports(folder, root, foldersOf(history));
  writeFileSync(file, sitePage(history, reports, settings.language, pageProgram('site')));
  if (settings.json) output.answer('site', { file, nights: history.nights.length, series: history.series.length });
  else output.line(file);
  return EXIT.passed;
}

function foldersOf({ series }: HistoryJson): readonly string[] {
  return series.flatMap(({ nights }) => nights.flatMap(({ runs }) => runs.map(({ folder }) => folder)));
}
