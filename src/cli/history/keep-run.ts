import { lastNightsOf } from '../../history/last-nights.js';
import { packageSetsOf } from '../../history/run-index.js';
import { rowsOfRun } from '../../history/run-rows.js';
import { messageOf } from '../../model/errors.js';
import type { StampedEvent } from '../../model/event.js';
import type { StoredRun } from '../../ports/store.js';
import { HISTORY_FILE } from '../../report/page-data.js';
import { pastRun, reportsRoot } from '../../store/past-runs.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { catchUp } from './past.js';
import { isHistoryOff, withIndex } from './with-index.js';

/** So many nights are in a report. */
export const NIGHTS = 60;

/** Imports a run that has ended, and keeps in its folder what its report shows of the nights before. A history that fails is a warning. */
export async function keepRun(settings: Settings, folder: StoredRun, events: readonly StampedEvent[]): Promise<void> {
  const { bytes, ...place } = pastRun(reportsRoot(settings.reportsDir), folder.path);
  await orWarn(settings, async () => {
    const rows = rowsOfRun(events, place, bytes);
    if (rows === undefined) return;
    const { lab, image, backend } = rows.facts;
    const known = await withIndex(settings, async (index) => {
      await index.put([rows]);
      const scenarios = rows.cells.map(({ scenario }) => scenario);
      const all = scenarios.length === 0 ? [] : await index.attempts({ scenarios, nights: NIGHTS });
      const own = all.filter(({ facts }) => facts.lab === lab && facts.image === image && facts.backend === backend);
      return lastNightsOf(own, await index.packages(packageSetsOf(own)));
    });
    folder.write(HISTORY_FILE, `${JSON.stringify(known)}\n`);
  });
}

/** Imports whatever is in the folder of reports and not in the history yet. */
export async function keepPast(settings: Settings): Promise<void> {
  await orWarn(settings, () => catchUp(settings));
}

async function orWarn(settings: Settings, work: () => Promise<unknown>): Promise<void> {
  if (isHistoryOff(settings)) return;
  try {
    await work();
  } catch (error) {
    output.note(`warning: the history is not up to date: ${messageOf(error)}; halab history adds what is missing`);
  }
}
