import { basename, join } from 'node:path';
import { lostAttempts } from '../../history/lost-attempts.js';
import { type RunRows, rowsOfRun, runKey } from '../../history/run-rows.js';
import { isLabError } from '../../model/errors.js';
import { nightFolders, runsIn } from '../../store/night-folder.js';
import { firstEventOf, type PastRun, reportsRoot, runsBelow } from '../../store/past-runs.js';
import { openStoredRun } from '../../store/stored-run.js';
import { busyWith } from '../lab-session.js';
import { nightPartIn } from '../nightly/night-part.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { withIndex } from './with-index.js';

/** So many runs are read before the index is opened for them. */
const AT_ONCE = 25;
/** From so many on it takes a while, and is said. */
const MANY = 50;

/** Imports what the folder of reports has: all of it, or what the index has not. Returns how many runs it imported. */
export async function catchUp(settings: Settings, what: 'new' | 'all' = 'new'): Promise<number> {
  const known = what === 'all' ? new Map<string, number>() : await withIndex(settings, (index) => index.known());
  const root = reportsRoot(settings.reportsDir);
  const runs = runsBelow(root).filter((run) => {
    const first = firstEventOf(run);
    return first !== undefined && known.get(runKey(first)) !== run.bytes;
  });
  if (runs.length >= MANY) output.note(`the history reads ${runs.length} runs`);
  let count = 0;
  const put = async (rows: readonly RunRows[]) => {
    if (rows.length > 0) await withIndex(settings, (index) => index.put(rows));
    count += rows.length;
  };
  for (let at = 0; at < runs.length; at += AT_ONCE)
    await put(runs.slice(at, at + AT_ONCE).flatMap((run) => readRun(settings, run) ?? []));
  await put(lostIn(root).filter(({ key }) => !known.has(key)));
  return count;
}

/** Undefined for one that is under way, and for one that cannot be read, which is said. */
function readRun(settings: Settings, { path, folder, night, bytes }: PastRun): RunRows | undefined {
  try {
    const { events } = openStoredRun(settings.reportsDir, path, settings.cwd);
    const started = events.find((event) => event.kind === 'run-started');
    const isOver = events.at(-1)?.kind === 'run-finished';
    if (!isOver && started?.instance !== undefined && busyWith(settings, started.instance)) return undefined;
    return rowsOfRun(events, { folder, ...(night === undefined ? {} : { night }) }, bytes);
  } catch (error) {
    if (!isLabError(error)) throw error;
    output.note(`warning: ${path} is not in the history: ${error.message}`);
    return undefined;
  }
}

/** Of every night: the attempts that did not get as far as a run's folder. */
function lostIn(root: string): readonly RunRows[] {
  return nightFolders(root).flatMap((path) => {
    try {
      const part = { ...nightPartIn(path), folder: `nights/${basename(path)}` };
      return lostAttempts(part, (folder) => runsIn(join(path, folder)).length > 0);
    } catch (error) {
      if (!isLabError(error)) throw error;
      return [];
    }
  });
}
