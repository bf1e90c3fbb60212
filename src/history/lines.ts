import { dataInLanguage } from '../messages/phrases.js';
import { groupBy } from '../model/group-by.js';
import type { NightState } from '../model/night-state.js';
import { PHASES } from '../model/scenario.js';
import type { Language } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { type Page, pageOf } from '../report/closing-page.js';
import { formatDuration, oneLine, padEndDisplay, wrapDisplay } from '../report/format.js';
import type { HistoryJson, SeriesJson } from './answer.js';
import { limitsOf, type Remark, remarksOn } from './remarks.js';
import { STATE_MARKS } from './words.js';

interface Options {
  readonly language: Language;
  readonly color: boolean;
  readonly width: number;
}

const SLOWEST = 5;
const NAME_COLUMNS = 30;

/** All series, a line each, then what to look at. */
export function overviewLines(told: HistoryJson, options: Options): readonly string[] {
  const history = dataInLanguage(told, options.language);
  const page = pageOf(options);
  const noted = history.series.flatMap((series) => {
    const remarks = remarksOn(series, page.say).filter((each) => isPressing(each, series));
    return remarks.length === 0
      ? []
      : [['', `  ${nameOf(series)}`, ...remarks.flatMap((each) => remarkLines(each, page))]];
  });
  return [
    '',
    headLine(history, page),
    ...[...groupBy(history.series, placeOf)].flatMap(([place, own]) => [
      '',
      `  ${page.paint.bold(place)}`,
      ...own.map((series) => seriesLine(series, history.nights, page)),
    ]),
    ...(noted.length === 0
      ? []
      : ['', `  ${page.paint.bold(page.say('history.attention'))}`, ...noted.flat().slice(1)]),
    ...slowestLines(history.series, page),
    '',
  ];
}

/** One scenario: each of its series night by night, and everything that is said of it. */
export function scenarioLines(told: HistoryJson, options: Options): readonly string[] {
  const history = dataInLanguage(told, options.language);
  const page = pageOf(options);
  return [
    '',
    headLine(history, page),
    ...history.series.flatMap((series) => [
      '',
      `  ${page.paint.bold(`${series.scenario}  ${placeOf(series)}`)}`,
      ...nightLines(series, page),
      ...[...remarksOn(series, page.say), ...limitsOf(series, page.say)].flatMap((each) => remarkLines(each, page)),
    ]),
    ...slowestLines(history.series, page),
    '',
  ];
}

/** An old change or a flaky night that is long over is for those who ask for the scenario. */
function isPressing({ about }: Remark, { words }: SeriesJson): boolean {
  return about === 'failed' || words.some((word) => word === about);
}

function headLine({ nights, runs }: HistoryJson, { say, paint }: Page): string {
  const [from, to] = [nights[0], nights.at(-1)];
  if (from === undefined || to === undefined) return `  ${say('history.empty')}`;
  const facts = [say('history.nights', { count: nights.length, from, to }), say('history.runs', { count: runs })];
  return `  ${paint.bold(say('history.title'))}  ${facts.join(' · ')}`;
}

function placeOf({ lab, image, backend }: SeriesJson): string {
  return [lab, image, backend].filter(Boolean).join(' ');
}

function nameOf(series: SeriesJson): string {
  return `${series.scenario} (${placeOf(series)})`;
}

function seriesLine(series: SeriesJson, nights: readonly string[], page: Page): string {
  const { scenario, state, words, measures } = series;
  const outage = measures.flatMap((measure) => measure.nights.at(-1)?.median ?? []);
  const shown = nights.slice(-(page.width - NAME_COLUMNS - 26));
  const states = new Map(series.nights.map((each) => [each.night, each.state] as const));
  const strip = shown.map((night) => states.get(night)).map((each) => (each === undefined ? ' ' : mark(each, page)));
  const said = words.filter((word) => word !== state).map((word) => page.say(`history.state.${word}`));
  return [
    `  ${mark(state, page)} ${padEndDisplay(scenario, NAME_COLUMNS)} ${strip.join('')}`,
    outage.length === 0 ? ''.padStart(9) : page.paint.dim(formatDuration(Math.max(...outage)).padStart(9)),
    said.join(', '),
  ]
    .join(' ')
    .trimEnd();
}

const AS_VERDICT: { readonly [S in NightState]: Verdict } = {
  passed: 'passed',
  flaky: 'unknown',
  failed: 'failed',
  unknown: 'unknown',
  lost: 'unknown',
  skipped: 'skipped',
};

function mark(state: NightState, { paint }: Page): string {
  return paint.verdict(AS_VERDICT[state], STATE_MARKS[state]);
}

function nightLines({ nights, measures }: SeriesJson, page: Page): readonly string[] {
  return nights.map(({ night, state, runs }) => {
    const outages = measures.flatMap((measure) => {
      const found = measure.nights.find((each) => each.night === night);
      if (found === undefined) return [];
      const phases = PHASES.flatMap((phase) => {
        const ms = found.phases[phase];
        return ms === undefined ? [] : [`${page.say(`phase.${phase}`)} ${formatDuration(ms)}`];
      });
      return [
        `${measures.length > 1 ? `${measure.step} ` : ''}${formatDuration(found.median)}${phases.length === 0 ? '' : ` = ${phases.join(' + ')}`}`,
      ];
    });
    const reason = state === 'passed' ? undefined : runs.findLast((run) => run.reason !== undefined)?.reason;
    const facts = [page.say(`history.state.${state}`), ...outages, ...(reason === undefined ? [] : [oneLine(reason)])];
    const [first = '', ...rest] = wrapDisplay(facts.join('  '), page.width - 16);
    return [`  ${mark(state, page)} ${night}  ${first}`, ...rest.map((line) => `${' '.repeat(16)}${line}`)].join('\n');
  });
}

function remarkLines({ about, text, more }: Remark, page: Page): readonly string[] {
  const sign = about === 'failed' ? mark('failed', page) : '→';
  const lines = wrapDisplay(text, page.width - 6).map((line, index) => `    ${index === 0 ? sign : ' '} ${line}`);
  return [
    ...lines,
    ...more.flatMap((each) => wrapDisplay(each, page.width - 8).map((line) => `        ${page.paint.dim(line)}`)),
  ];
}

function slowestLines(series: readonly SeriesJson[], { paint, say, width }: Page): readonly string[] {
  const steps = series.flatMap((each) =>
    each.slowest.map((step) => ({ ...step, name: `${each.scenario} / ${step.step} (${placeOf(each)})` })),
  );
  if (steps.length === 0) return [];
  const slowest = steps.toSorted((one, other) => other.medianMs - one.medianMs).slice(0, SLOWEST);
  return [
    '',
    `  ${paint.bold(say('history.slowest'))}`,
    ...slowest.map(({ name, medianMs, earlierMs }) => {
      const before = earlierMs === undefined ? '' : `  ${say('history.usually', { ms: earlierMs })}`;
      return `  ${paint.dim(formatDuration(medianMs).padStart(9))}  ${padEndDisplay(name, Math.min(60, width - 30))}${paint.dim(before)}`.trimEnd();
    }),
  ];
}
