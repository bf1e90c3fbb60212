import { inLanguage } from '../messages/phrases.js';
import type { StampedEvent } from '../model/event.js';
import { parseJson } from '../model/json-text.js';
import { LANGUAGES, type Language } from '../model/text.js';
import { renderClosing } from './closing.js';
import { compareRuns } from './compare.js';
import { comparisonLines } from './compare-lines.js';
import { VERDICT_MARKS } from './format.js';
import { HISTORY_FILE, type PageData } from './page-data.js';
import { pageFilesOf, type ReadFile } from './page-files.js';
import { framedPage, type PageProgram } from './page-frame.js';
import type { RunSummary } from './summary.js';

interface Run {
  readonly summary: RunSummary;
  readonly events: readonly StampedEvent[];
  readonly read: ReadFile;
}

interface PageSource extends Run {
  readonly language: Language;
  readonly folder: string;
  /** Absent where halab runs from sources that were not built. */
  readonly program: PageProgram | undefined;
}

/** report.html: the events of the run, its stored texts, and the program that draws them. */
export function renderHtml({ summary, events, language, folder, read, program }: PageSource): string {
  const { verdict, run } = summary;
  return framedPage({
    ...{ language, program },
    data: {
      ...{ language, events, translations: translationsOfAll(events), files: pageFilesOf(summary, read) },
      lastNights: (parseJson(read(HISTORY_FILE)?.toString('utf8') ?? '') ?? []) as PageData['lastNights'],
    } satisfies PageData,
    title: `${VERDICT_MARKS[verdict]} ${run}`,
    text: renderClosing(summary, { language, folder, color: false, width: 100 }),
  });
}

interface Compared {
  readonly before: Run;
  readonly after: Run;
  readonly language: Language;
  readonly program: PageProgram | undefined;
}

/** What the timelines are drawn from. */
const OF_TIMELINE = /\/(?:journal\.log|scheduler\.txt)$/;

/** Two runs on one page, which is as self-contained as that of one. */
export function renderComparePage({ before, after, language, program }: Compared): string {
  const filesOf = ({ summary, read }: Run) => pageFilesOf(summary, read).filter(({ path }) => OF_TIMELINE.test(path));
  return framedPage({
    ...{ language, program },
    data: {
      ...{ language, events: before.events, files: filesOf(before), lastNights: [] },
      translations: translationsOfAll([...before.events, ...after.events]),
      compared: { events: after.events, files: filesOf(after) },
    } satisfies PageData,
    title: `${before.summary.run} – ${after.summary.run}`,
    text: comparisonLines(compareRuns(before.summary, after.summary), language).join('\n'),
  });
}

/** Every text of plain data that halab has in another language, by its English, for each of those. */
export function translationsOfAll(data: readonly object[]): PageData['translations'] {
  const others = LANGUAGES.filter((each) => each !== 'en');
  return Object.fromEntries(others.map((each) => [each, translationsOf(data, each)]));
}

function translationsOf(events: readonly object[], language: Language): Readonly<Record<string, string>> {
  const known: Record<string, string> = {};
  const collect = (value: unknown, key = ''): void => {
    if (typeof value === 'string') {
      const translated = SHOWN.has(key) ? inLanguage(value, language) : value;
      if (translated !== value) known[value] = translated;
    } else if (Array.isArray(value)) for (const each of value) collect(each, key);
    else if (value !== null && typeof value === 'object')
      for (const [name, each] of Object.entries(value)) collect(each, name);
  };
  for (const event of events) if (!('kind' in event && QUIET.has(String(event.kind)))) collect(event);
  return known;
}

/** The members that hold halab's own English. */
const SHOWN: ReadonlySet<string> = new Set([
  'expected',
  'seen',
  'reason',
  'text',
  'title',
  'error',
  'problem',
  'skipped',
  'recreated',
  'lastSign',
]);
/** Events whose texts the page does not show. */
const QUIET: ReadonlySet<string> = new Set(['command-finished', 'step-waiting', 'stage-progress', 'node-seen']);
