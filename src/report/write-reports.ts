import type { RunEvent, StampedEvent } from '../model/event.js';
import type { Language } from '../model/text.js';
import type { RunFolder } from '../ports/store.js';
import { renderHtml } from './html.js';
import { renderJunit } from './junit.js';
import { foldRun, type RunSummary } from './summary.js';
import { runJsonOf } from './summary-json.js';

interface WrittenReports {
  readonly summary: RunSummary;
  /** Relative to the run folder. */
  readonly files: readonly string[];
}

/** Folds the run and writes every report of it; may run again on a stored run. Throws what the folder throws. */
export function writeReports(
  folder: RunFolder,
  events: Iterable<RunEvent | StampedEvent>,
  language: Language,
): WrittenReports {
  const summary = foldRun(events);
  const files = [
    ...(summary.info ? [folder.write('run.json', json(summary.info))] : []),
    folder.write('summary.json', json(runJsonOf(summary, folder.path))),
    folder.write('junit.xml', renderJunit(summary, language)),
    folder.write('report.html', renderHtml(summary, language)),
  ];
  return { summary, files };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
