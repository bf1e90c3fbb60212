import type { RunEvent, StampedEvent } from '../model/event.js';
import type { Language } from '../model/text.js';
import type { RunFolder } from '../ports/store.js';
import { renderHtml } from './html.js';
import { renderJunit } from './junit.js';
import { foldRun, type RunSummary } from './summary.js';
import { runJsonOf } from './summary-json.js';

interface Report {
  readonly file: string;
  /** Undefined where the run has nothing for it. */
  readonly render: (summary: RunSummary, language: Language, folder: string) => string | undefined;
}

const REPORTS: readonly Report[] = [
  {
    file: 'run.json',
    render: ({ info, slowness }) =>
      info && json({ ...info, slownessMeasured: slowness.length === 0 ? undefined : slowness }),
  },
  { file: 'summary.json', render: (summary, _language, folder) => json(runJsonOf(summary, folder)) },
  { file: 'junit.xml', render: renderJunit },
  { file: 'report.html', render: renderHtml },
];

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
  const files = REPORTS.flatMap(({ file, render }) => {
    const text = render(summary, language, folder.path);
    return text === undefined ? [] : [folder.write(file, text)];
  });
  return { summary, files };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
