import { defined } from '../model/defined.js';
import { groupBy } from '../model/group-by.js';
import { PHASES } from '../model/scenario.js';
import type { HistoryJson, MeasureJson, SeriesJson } from './answer.js';
import { alphaFor, type Change, changesIn, NEW_NIGHTS } from './changes.js';
import { lastGreenOf } from './last-green.js';
import { type Measure, measuresOf } from './measures.js';
import type { Attempt } from './run-index.js';
import { decisive, disagreementOf, isUnstable, type Series, seriesOf } from './series.js';
import { median } from './statistics.js';
import { type PackageSets, whatDiffers } from './what-differs.js';

/** Pure. Everything that is said of the history; views choose from it. `attempts` by time. */
export function historyJson(attempts: readonly Attempt[], sets: PackageSets): HistoryJson {
  const nights = [...new Set(attempts.map(({ night }) => night))].toSorted();
  const measured = seriesOf(attempts).map((series) => ({ series, measures: measuresOf(series) }));
  const alpha = alphaFor(measured.flatMap(({ measures }) => measures).length);
  return {
    schema: 'halab.history/1',
    nights,
    runs: new Set(attempts.map(({ key }) => key)).size,
    series: measured.map(({ series, measures }) => seriesJson(series, measures, { nights, alpha, sets })),
  };
}

interface Context {
  readonly nights: readonly string[];
  readonly alpha: number;
  readonly sets: PackageSets;
}

function seriesJson(series: Series, measures: readonly Measure[], context: Context): SeriesJson {
  const { scenario, lab, image, backend, nights } = series;
  const state = nights.at(-1)?.state ?? 'skipped';
  const changed = measures.map((measure) => measureJson(series, measure, context));
  const isFlaky = nights.some((each) => each.state === 'flaky' && isRecent(each.night, context));
  const isChanged = changed.some(({ changes }) => changes.some(({ isNew }) => isNew));
  const words = { flaky: isFlaky, unstable: isUnstable(series), changed: isChanged, lost: state === 'lost' };
  return {
    ...{ scenario, lab, image, backend, state },
    words: (Object.keys(words) as (keyof typeof words)[]).filter((word) => words[word]),
    ...defined({ disagreement: disagreementOf(series), lastGreen: lastGreenOf(series, context.sets) }),
    nights: nights.map(({ night, state: each, attempts }) => ({ night, state: each, runs: attempts.map(runJson) })),
    measures: changed,
    slowest: slowestOf(series, context),
  };
}

function isRecent(night: string, { nights }: Context): boolean {
  return nights.slice(-NEW_NIGHTS).includes(night);
}

function runJson({ run, folder, startedAt, outcome, reason, durationMs, facts }: Attempt) {
  return { run, folder, startedAt, outcome, durationMs, ...defined({ reason, machine: facts.machine?.name }) };
}

function measureJson(series: Series, measure: Measure, context: Context): MeasureJson {
  const { step, floorMs, nights, elsewhere, tooFew } = measure;
  const changes = changesIn(nights, context.alpha).map((change) => changeJson(series, measure, change, context));
  return { step, nights, elsewhere, changes, ...defined({ floorMs, tooFew }) };
}

function changeJson(series: Series, { nights }: Measure, change: Change, context: Context) {
  const { night, before, after, p, span } = change;
  const [from, at, to] = span;
  const [old, now] = [nights.slice(from, at), nights.slice(at, to)];
  const phases = PHASES.flatMap((phase) => {
    const [was, is] = [old, now].map((part) => part.flatMap((each) => each.phases[phase] ?? []));
    if (was === undefined || is === undefined || was.length === 0 || is.length === 0) return [];
    return [{ phase, beforeMs: median(was), afterMs: median(is) }];
  });
  const attempts = series.nights.flatMap((each) => decisive(each.attempts));
  const [lastBefore, firstAfter] = [
    attempts.findLast((each) => each.night < night),
    attempts.find((each) => each.night >= night),
  ];
  return {
    ...{ night, isNew: nights.slice(-NEW_NIGHTS).some((each) => each.night === night) },
    ...{ beforeMs: before, afterMs: after, p, phases },
    differences: lastBefore && firstAfter ? whatDiffers(lastBefore, firstAfter, context.sets) : [],
  };
}

const SLOWEST = 5;

function slowestOf({ nights }: Series, context: Context): SeriesJson['slowest'] {
  const steps = nights.flatMap(({ night, attempts }) =>
    decisive(attempts).flatMap((attempt) =>
      attempt.steps
        .filter(({ verdict }) => verdict === 'passed')
        .map(({ step, durationMs }) => ({ step, durationMs, isRecent: isRecent(night, context) })),
    ),
  );
  const rows = [...groupBy(steps, ({ step }) => step)].flatMap(([step, own]) => {
    const timesWhere = (wanted: boolean) =>
      own.filter((each) => each.isRecent === wanted).map((each) => each.durationMs);
    const [recent, earlier] = [timesWhere(true), timesWhere(false)];
    if (recent.length === 0) return [];
    return [{ step, medianMs: median(recent), ...(earlier.length === 0 ? {} : { earlierMs: median(earlier) }) }];
  });
  return rows.toSorted((one, other) => other.medianMs - one.medianMs).slice(0, SLOWEST);
}
