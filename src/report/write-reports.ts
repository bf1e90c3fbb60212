import type { StampedEvent } from '../model/event.js';
import type { Language } from '../model/text.js';
import type { StoredRun } from '../ports/store.js';
import { renderBadge } from './badge.js';
import { renderCtrf } from './ctrf.js';
import { renderHtml } from './html.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';
import type { PageProgram } from './page-frame.js';
import { foldRun, type RunSummary } from './summary.js';
import { runJsonOf } from './summary-json.js';

/** What reports are made of. */
interface Stored {
  readonly summary: RunSummary;
  readonly events: readonly StampedEvent[];
  readonly language: Language;
  readonly folder: Pick<StoredRun, 'path' | 'read'>;
  readonly program: PageProgram | undefined;
}

interface Report {
  readonly file: string;
  /** Undefined where the run has nothing for it. */
  readonly render: (stored: Stored) => string | undefined;
}

const REPORTS: readonly Report[] = [
  {
    file: 'run.json',
    render: ({ summary: { info, slowness } }) =>
      info && json({ ...info, slownessMeasured: slowness.length === 0 ? undefined : slowness }),
  },
  { file: 'summary.json', render: ({ summary, folder }) => json(runJsonOf(summary, folder.path)) },
  { file: 'junit.xml', render: ({ summary, language }) => renderJunit(summary, language) },
  { file: 'ctrf.json', render: ({ summary, events, language }) => renderCtrf(summary, events, language) },
  { file: 'summary.md', render: ({ summary, language }) => renderMarkdown(summary, language) },
  { file: 'badge.svg', render: ({ summary, language }) => renderBadge(summary, language) },
  {
    file: 'report.html',
    render: ({ folder, ...rest }) => renderHtml({ ...rest, folder: folder.path, read: folder.read }),
  },
];

interface WrittenReports {
  readonly summary: RunSummary;
  /** Relative to the run folder. */
  readonly files: readonly string[];
}

/** Folds the run and writes every report of it; may run again on a stored run. Throws what the folder throws. */
export function writeReports(
  folder: StoredRun,
  events: readonly StampedEvent[],
  language: Language,
  program: PageProgram | undefined,
): WrittenReports {
  const summary = foldRun(events);
  const files = REPORTS.flatMap(({ file, render }) => {
    const text = render({ summary, events, language, folder, program });
    return text === undefined ? [] : [folder.write(file, text)];
  });
  return { summary, files };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
