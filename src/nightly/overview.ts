import { dataInLanguage } from '../messages/phrases.js';
import { groupBy } from '../model/group-by.js';
import type { Language } from '../model/text.js';
import { worstVerdict } from '../model/verdict.js';
import { type Page, pageOf } from '../report/closing-page.js';
import { formatDuration, oneLine, VERDICT_MARKS, wrapDisplay } from '../report/format.js';
import { type CellState, countsOf, countText, countTexts, TOLD_STATES } from './cell-states.js';
import type { CellJson, NightJson } from './night-answer.js';

const SLOWEST = 5;

/** What a night came to: counts, a line for each place, everything that did not simply pass, and why what was skipped. */
export function nightOverview(
  told: NightJson,
  options: { readonly language: Language; readonly color: boolean; readonly width: number },
): string {
  const night = dataInLanguage(told, options.language);
  const page = pageOf(options);
  const blocks = [
    headLines(night, page),
    placeLines(night.cells, page),
    ...TOLD_STATES.map((state) => stateLines(night.cells, state, page)),
    againLines(night.cells, page),
    slowestLines(night.cells, page),
    skippedLines(
      night.cells.filter(({ state }) => state === 'skipped'),
      page,
    ),
  ];
  return `\n${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(night: NightJson, { paint, say }: Page): readonly string[] {
  const { verdict, counts, cells, durationMs, workMs, machines, stack } = night;
  const facts = [
    say('nightly.cells', { count: cells.length }),
    ...countTexts(counts, say),
    say('nightly.took', { time: formatDuration(durationMs), work: formatDuration(workMs) }),
    ...(machines.length > 1 ? [machines.join(', ')] : []),
    ...(stack === undefined ? [] : [`${say('report.stack')} ${stack.join(', ')}`]),
  ];
  return [`  ${paint.bold(paint.verdict(verdict, say('nightly.title')))}  ${facts.join(' · ')}`];
}

function placeLines(cells: readonly CellJson[], { say, paint }: Page): readonly string[] {
  return [...groupBy(cells, ({ lab, image }) => `${lab} ${image}`)].map(([place, own]) => {
    const verdict = worstVerdict(own.map((cell) => cell.verdict));
    const words = countTexts(countsOf(own), say).join(' · ');
    return `  ${paint.verdict(verdict, VERDICT_MARKS[verdict])} ${place.padEnd(28)} ${words}`;
  });
}

/** Each cell with its reason, its last sign of life, and the folder in which it is told whole. */
function stateLines(cells: readonly CellJson[], state: CellState, { paint, say, width }: Page): readonly string[] {
  const own = cells.filter((cell) => cell.state === state);
  if (own.length === 0) return [];
  const lines = own.flatMap(({ id, verdict, reason, lastSign, attempts }) => {
    const run = attempts.findLast((each) => each.run !== undefined && each.outcome !== 'passed')?.run;
    const below = [reason, lastSign && say('nightly.last-sign', { sign: lastSign }), run].flatMap((text) =>
      text === undefined || text === '' ? [] : wrapDisplay(oneLine(text), width - 6),
    );
    return [
      `  ${paint.verdict(verdict, VERDICT_MARKS[verdict])} ${id}`,
      ...below.map((line) => `      ${paint.dim(line)}`),
    ];
  });
  return [`  ${paint.bold(countText(state, own.length, say))}`, ...lines];
}

/** Cells with a result, which were lost with a machine before. */
function againLines(cells: readonly CellJson[], { paint, say, width }: Page): readonly string[] {
  const own = cells.flatMap((cell) => {
    const lost = cell.attempts.filter(({ outcome }) => outcome === 'lost');
    return cell.state === 'lost' || lost.length === 0 ? [] : [{ cell, lost }];
  });
  if (own.length === 0) return [];
  const lines = own.flatMap(({ cell, lost }) => [
    `  ${paint.dim('–')} ${cell.id}`,
    ...lost.flatMap(({ machine, reason = '' }) =>
      wrapDisplay(oneLine(`${machine}: ${reason}`), width - 6).map((line) => `      ${paint.dim(line)}`),
    ),
  ]);
  return [`  ${paint.bold(say('nightly.count-again', { count: own.length }))}`, ...lines];
}

function slowestLines(cells: readonly CellJson[], { paint, say }: Page): readonly string[] {
  const ran = cells.filter(({ durationMs }) => durationMs !== undefined);
  if (ran.length <= SLOWEST) return [];
  const slowest = ran.toSorted((one, other) => (other.durationMs ?? 0) - (one.durationMs ?? 0)).slice(0, SLOWEST);
  const lines = slowest.map(
    ({ id, durationMs = 0 }) => `  ${paint.dim(formatDuration(durationMs).padStart(9))}  ${id}`,
  );
  return [`  ${paint.bold(say('overview.slowest'))}`, ...lines];
}

/** Each reason once, with all that it holds for. */
export function skippedLines(
  skipped: readonly Pick<CellJson, 'id' | 'reason'>[],
  { paint, say, width }: Page,
): readonly string[] {
  if (skipped.length === 0) return [];
  const lines = [...groupBy(skipped, ({ reason = '' }) => reason)].flatMap(([reason, own]) =>
    wrapDisplay(`${own.map(({ id }) => id).join(', ')}: ${oneLine(reason)}`, width - 4).map(
      (part, index) => `${index === 0 ? '  – ' : '    '}${part}`,
    ),
  );
  return [`  ${paint.bold(say('overview.skipped'))}`, ...lines];
}
