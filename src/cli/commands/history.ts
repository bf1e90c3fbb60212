import type { HistoryJson } from '../../history/answer.js';
import { historyJson } from '../../history/history-json.js';
import { overviewLines, scenarioLines } from '../../history/lines.js';
import { packageSetsOf } from '../../history/run-index.js';
import { LabError } from '../../model/errors.js';
import { nearest } from '../../model/nearest.js';
import { EXIT } from '../../model/verdict.js';
import { NIGHTS } from '../history/keep-run.js';
import { catchUp } from '../history/past.js';
import { isHistoryOff, startOver, withIndex } from '../history/with-index.js';
import { output, terminalPage } from '../output.js';
import type { Settings } from '../settings.js';

export interface HistoryFlags {
  readonly nights?: number;
}

/** What the last nights were like: all scenarios, or one. Touches no lab. */
export async function history(settings: Settings, scenario: string | undefined, flags: HistoryFlags): Promise<number> {
  const json = await readHistory(settings, flags.nights ?? NIGHTS);
  const shown = scenario === undefined ? withoutWalks(json) : onlyOf(json, scenario);
  if (settings.json) output.json(shown);
  else {
    const lines = (scenario === undefined ? overviewLines : scenarioLines)(shown, terminalPage(settings.language));
    for (const line of lines) output.line(line);
  }
  return EXIT.passed;
}

/** Up to date with the folder of reports. */
export async function readHistory(settings: Settings, nights: number): Promise<HistoryJson> {
  requireHistory(settings);
  await catchUp(settings);
  return withIndex(settings, async (index) => {
    const attempts = await index.attempts({ nights });
    return historyJson(attempts, await index.packages(packageSetsOf(attempts)));
  });
}

/** Makes the index again from the folder of reports. */
export async function rebuild(settings: Settings): Promise<number> {
  requireHistory(settings);
  await startOver(settings);
  const runs = await catchUp(settings, 'all');
  const place = await withIndex(settings, async ({ place }) => place);
  if (settings.json) output.answer('history-rebuild', { place, runs });
  else output.line(`the history in ${place} is made again from ${runs === 1 ? '1 run' : `${runs} runs`}`);
  return EXIT.passed;
}

function requireHistory(settings: Settings): void {
  if (isHistoryOff(settings))
    throw new LabError('usage', 'there is no history: HALAB_HISTORY is off', { hint: 'unset HALAB_HISTORY' });
}

/** Each random walk is a scenario of its own, which is seldom run again. */
export function withoutWalks(json: HistoryJson): HistoryJson {
  return { ...json, series: json.series.filter(({ scenario }) => !/^walk-\d+-/.test(scenario)) };
}

function onlyOf(json: HistoryJson, scenario: string): HistoryJson {
  const series = json.series.filter((each) => each.scenario === scenario);
  if (series.length > 0) {
    const nights = series.flatMap((each) => each.nights);
    return {
      ...json,
      nights: [...new Set(nights.map(({ night }) => night))].toSorted(),
      runs: new Set(nights.flatMap(({ runs }) => runs.map(({ folder }) => folder))).size,
      series,
    };
  }
  const meant = nearest(scenario, [...new Set(json.series.map((each) => each.scenario))]);
  throw new LabError('usage', `no run of ${scenario} is in the history`, {
    hint: meant === undefined ? 'halab history lists what is' : `do you mean ${meant}?`,
  });
}
