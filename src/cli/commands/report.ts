import { resolve } from 'node:path';
import { EXIT } from '../../model/verdict.js';
import { compareRuns } from '../../report/compare.js';
import { comparisonLines } from '../../report/compare-lines.js';
import { renderComparePage } from '../../report/html.js';
import { foldRun } from '../../report/summary.js';
import { writeReports } from '../../report/write-reports.js';
import { type OpenedRun, openStoredRun } from '../../store/stored-run.js';
import { tellGithub } from '../github.js';
import { output } from '../output.js';
import { pageProgram, warnOfHeavyPage } from '../page-program.js';
import type { GlobalFlags, Settings } from '../settings.js';
import { writeAsked } from '../write-asked.js';

/** Makes every report of a stored run again, from its events and evidence alone. Touches no lab. */
export function report(settings: Settings, run: string | undefined, flags: GlobalFlags): number {
  const stored = open(settings, run ?? 'latest');
  const language = languageFor(stored, settings, flags);
  const { summary, files } = writeReports(stored, stored.events, language, pageProgram());
  if (settings.json)
    output.answer('report', { folder: stored.path, run: summary.run, verdict: summary.verdict, files: [...files] });
  else for (const file of files) output.line(`${stored.path}/${file}`);
  warnOfHeavyPage(stored.path);
  tellGithub(summary, language, process.env);
  return EXIT.passed;
}

/** Prints two stored runs side by side, and writes a page with both timelines where that was asked for. */
export function compare(settings: Settings, before: string, after: string, flags: { readonly html?: string }): number {
  const [old, now] = [sideOf(settings, before), sideOf(settings, after)];
  const comparison = compareRuns(old.summary, now.summary);
  if (flags.html !== undefined) {
    const page = renderComparePage({
      ...{ before: old, after: now, language: settings.language, program: pageProgram('compare') },
    });
    const path = resolve(settings.cwd, flags.html);
    writeAsked(path, page, '--html');
    output.note(`the page is in ${path}`);
  }
  if (settings.json) output.answer('compare', comparison);
  else for (const line of comparisonLines(comparison, settings.language)) output.line(line);
  return EXIT.passed;
}

function sideOf(settings: Settings, run: string) {
  const { events, read } = open(settings, run);
  return { events, read, summary: foldRun(events) };
}

function open({ reportsDir, cwd }: Settings, run: string): OpenedRun {
  return openStoredRun(reportsDir, run, cwd);
}

/** That of the run, so that its reports come out the same wherever they are made; or the one asked for. */
function languageFor({ events }: OpenedRun, { language }: Settings, { lang }: GlobalFlags) {
  const info = events.find((event) => event.kind === 'run-info');
  return lang === undefined && info?.kind === 'run-info' ? info.info.language : language;
}
