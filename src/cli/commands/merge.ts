import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isLabError, LabError } from '../../model/errors.js';
import { exitCodeOf } from '../../model/verdict.js';
import { nightOverview } from '../../nightly/overview.js';
import { runFactsIn } from '../../nightly/run-facts.js';
import { partOfRun } from '../../nightly/run-part.js';
import { type NightPart, nightVerdict, summarize } from '../../nightly/summary.js';
import { isNightFolder, runIn } from '../../store/night-folder.js';
import { nightPartIn } from '../nightly/night-part.js';
import { writeNight } from '../nightly/write-night.js';
import { output, terminalPage } from '../output.js';
import type { Settings } from '../settings.js';

interface MergeFlags {
  readonly out?: string;
}

/** What nights, parts of them and single runs come to together. It ends with a verdict, whatever is missing or cannot be read. */
export async function merge(settings: Settings, folders: readonly string[], flags: MergeFlags): Promise<number> {
  const paths = folders.map((folder) => resolve(settings.cwd, folder));
  const parts = paths.flatMap((path) => partsIn(path, DEPTH));
  const unread = paths.filter((path) => partsIn(path, DEPTH).length === 0);
  for (const path of unread) output.note(`warning: no night and no run in ${path}`);
  if (parts.length === 0)
    throw new LabError('usage', `there is no night and no run in ${folders.join(', ')}`, {
      hint: 'name folders that halab nightly run or halab run has written; each has a night.jsonl or an events.jsonl',
    });
  const merged = summarize(parts, 'whole');
  const summary = unread.length === 0 ? merged : incomplete(merged, unread);
  if (flags.out !== undefined) {
    const out = resolve(settings.cwd, flags.out);
    mkdirSync(out, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(join(out, name), text);
    writeNight({ id: basename(out), path: out, write }, summary, settings.language);
    output.note(`the reports are in ${out}; overview.html is for people`);
  }
  if (settings.json) output.json(summary);
  else output.line(nightOverview(summary, terminalPage(settings.language)));
  return exitCodeOf(nightVerdict(summary));
}

/** A night below a folder of artefacts is at most NAME/nights/NIGHT below it. */
const DEPTH = 4;

/** The night or run that the folder is, or those below it. A night whose plan cannot be read is none, and is named. */
function partsIn(path: string, depth: number): readonly NightPart[] {
  if (depth < 0 || !existsSync(path)) return [];
  if (isNightFolder(path)) return nightIn(path);
  const run = runIn(path);
  if (run !== undefined) return [partOfRun(path, runFactsIn(run.summary), run.lastEvent)];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? partsIn(join(path, entry.name), depth - 1) : [],
  );
}

function nightIn(path: string): readonly NightPart[] {
  try {
    return [nightPartIn(path)];
  } catch (error) {
    if (!isLabError(error)) throw error;
    output.note(`warning: ${error.message}`);
    return [];
  }
}

/** What a folder without a result had is not known, so that the whole has not passed. */
function incomplete(summary: ReturnType<typeof summarize>, unread: readonly string[]): ReturnType<typeof summarize> {
  if (summary.verdict === 'failed') return summary;
  return { ...summary, verdict: 'unknown', reason: `no result in ${unread.join(', ')}` };
}
