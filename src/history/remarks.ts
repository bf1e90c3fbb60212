import type { Speaker } from '../messages/message.js';
import type { LastGreen } from '../model/night-state.js';
import type { Difference } from '../report/compare.js';
import type { MeasureJson, SeriesJson } from './answer.js';
import { differenceText } from './words.js';

/** Something to know about a series, and below it what goes with it. */
export interface Remark {
  readonly about: 'failed' | 'flaky' | 'unstable' | 'changed' | 'lost' | 'note';
  readonly text: string;
  readonly more: readonly string[];
}

/** Pure. What one has to look at, the worst first. */
export function remarksOn(series: SeriesJson, say: Speaker): readonly Remark[] {
  const { words, nights, lastGreen, state } = series;
  const flaky = nights.filter((each) => each.state === 'flaky').map(({ night }) => night);
  return [
    ...(lastGreen === undefined ? [] : [greenRemark(lastGreen, say)]),
    ...(lastGreen === undefined && state === 'failed' ? [failedRemark(series, say)] : []),
    ...(words.includes('lost') ? [remark('lost', say('history.lost', { night: nights.at(-1)?.night ?? '' }))] : []),
    ...(words.includes('unstable') ? [remark('unstable', say('history.unstable'), disagreement(series, say))] : []),
    ...(flaky.length > 0
      ? [remark('flaky', say('history.flaky-nights', { nights: flaky }), disagreement(series, say))]
      : []),
    ...series.measures.flatMap(({ step, changes }) => changes.map((change) => changeRemark(step, change, say))),
  ];
}

/** Pure. What limits what can be said of its outages. */
export function limitsOf({ measures }: SeriesJson, say: Speaker): readonly Remark[] {
  return measures.flatMap(({ step, nights, tooFew, elsewhere }) => [
    ...(tooFew === 'nights' ? [remark('note', say('history.too-few-nights', { step, nights: nights.length }))] : []),
    ...(tooFew === 'repeats' ? [remark('note', say('history.too-few-repeats', { step }))] : []),
    ...(elsewhere > 0 ? [remark('note', say('history.elsewhere', { step, runs: elsewhere }))] : []),
  ]);
}

function remark(about: Remark['about'], text: string, more: readonly string[] = []): Remark {
  return { about, text, more };
}

/** Since when it fails, and what differs from the last run that passed. */
export function greenRemark(green: LastGreen, say: Speaker): Remark {
  const text = `${say('history.failed-since', { night: green.failedSince })}; ${say('history.last-green', green)}`;
  return remark('failed', text, differing(say('history.differs'), green.differences, say));
}

function failedRemark({ nights }: SeriesJson, say: Speaker): Remark {
  const first = nights.find(({ state }) => state === 'failed');
  return remark('failed', say('history.failed-since', { night: first?.night ?? '' }));
}

function disagreement({ disagreement: found }: SeriesJson, say: Speaker): readonly string[] {
  return found === undefined ? [] : [say('history.disagreement', found)];
}

function changeRemark(step: string, change: MeasureJson['changes'][number], say: Speaker): Remark {
  const wholeMs = change.afterMs - change.beforeMs;
  const phases = change.phases
    .filter(({ beforeMs, afterMs }) => (afterMs - beforeMs) / wholeMs >= NOTABLE)
    .map((each) => say('history.phase-change', { ...each, phase: say(`phase.${each.phase}`) }));
  return remark('changed', say('history.change', { step, ...change }), [
    ...(phases.length === 0 ? [] : [phases.join(', ')]),
    ...differing(say('history.change-differs'), change.differences, say),
  ]);
}

/** A phase with less of the change than this is not named. */
const NOTABLE = 0.2;

function differing(title: string, differences: readonly Difference[], say: Speaker): readonly string[] {
  if (differences.length === 0) return [say('history.nothing-differs')];
  return [`${title}: ${differences.map((each) => differenceText(each, say)).join('; ')}`];
}
