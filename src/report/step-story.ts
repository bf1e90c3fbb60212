import { dataInLanguage } from '../messages/phrases.js';
import type { StepResult } from '../model/event.js';
import type { Question } from '../model/exercise.js';
import { type Text, textIn } from '../model/text.js';
import { outageLines, stepLines } from './closing.js';
import { detail, type Page, wrappedLabelled } from './closing-page.js';
import { oneLine, VERDICT_MARKS, wrapDisplay } from './format.js';
import { longestOutageOf, writesText } from './probe-text.js';

/** A step that is about to begin. */
interface Announced {
  readonly scenario: string;
  /** Its place in the scenario, from 1. */
  readonly number: number;
  /** How many there are; absent where that is not known. */
  readonly count?: number;
  readonly title: Text;
  readonly say?: Text;
  /** What halab does in it, in a line each. */
  readonly acts: readonly string[];
}

/** Pure. Where the run stands, the whole story of the step, and what will be done. */
export function introLines({ scenario, number, count, title, say, acts }: Announced, page: Page): readonly string[] {
  const { language, paint } = page;
  const place =
    count === undefined
      ? page.say('stepwise.place-open', { scenario, number })
      : page.say('stepwise.place', { scenario, number, count });
  const story = say === undefined ? [] : wrapDisplay(oneLine(textIn(say, language)), page.width - 4);
  const doing = acts.length === 0 ? [page.say('stepwise.looks-only')] : acts;
  return [
    '',
    paint.dim(`── ${place} ${'─'.repeat(Math.max(3, Math.min(page.width, 78) - place.length - 4))}`),
    `  ${paint.bold(textIn(title, language))}`,
    ...story.map((line) => `    ${line}`),
    '',
    `  ${page.say('stepwise.acts')} ${doing.join(`\n  ${' '.repeat(page.say('stepwise.acts').length)} `)}`,
  ];
}

/** Pure. What the class is asked before a fault: the scenario's own question, or the usual one. */
export function questionLines(question: Question | undefined, page: Page): readonly string[] {
  const { language, paint } = page;
  const ask = question === undefined ? page.say('stepwise.predict') : textIn(question.ask, language);
  const options = question?.options.map(({ say }, index) =>
    page.say('stepwise.option', { letter: String.fromCharCode(97 + index), text: textIn(say, language) }),
  );
  return [
    '',
    ...wrapDisplay(oneLine(ask), page.width - 4).map((line) => `  ${paint.bold(`? ${line}`)}`),
    ...(options ?? []).map((line) => `    ${line}`),
  ];
}

/** Pure. How a step ended: each expectation with what was seen, and the outage with its phases. */
export function outcomeLines(told: StepResult, page: Page): readonly string[] {
  const step = dataInLanguage(told, page.language);
  const passed = step.checks.filter(({ verdict }) => verdict === 'passed');
  const outage = longestOutageOf(step);
  const quiet = (step.probes ?? []).filter(({ windows }) => windows.length === 0);
  return [
    ...stepLines(step, page),
    ...passed.flatMap(({ expected, seen }) => [
      `      ${page.paint.verdict('passed', VERDICT_MARKS.passed)} ${oneLine(expected)}`,
      ...(seen === '' || seen === expected ? [] : [detail(page.say('report.seen'), seen, page)]),
    ]),
    ...(outage === undefined ? [] : ['', ...outageLines({ step, ...outage }, page)]),
    ...quiet.map(({ probe }) => `  ${page.say('stepwise.no-outage', { probe })}`),
    ...(step.probes ?? []).flatMap(({ probe, writes }) =>
      writes === undefined ? [] : [`  ${page.say('writes.title')} ${probe}: ${writesText(writes, page.language)}`],
    ),
  ];
}

/** Pure. What the class said, and what a cluster may do, beside what it did. */
export function settledLines(
  {
    predicted,
    mayDo,
    isMeasured = true,
  }: { readonly predicted?: string; readonly mayDo: Text; readonly isMeasured?: boolean },
  page: Page,
): readonly string[] {
  const { language, say } = page;
  const answer = predicted === '' ? say('stepwise.unanswered') : predicted;
  return [
    '',
    ...(answer === undefined ? [] : wrappedLabelled(say('stepwise.predicted'), answer, page)),
    ...wrappedLabelled(say('stepwise.expected'), textIn(mayDo, language), page),
    ...(isMeasured ? [] : [`  ${page.paint.dim(say('stepwise.not-measured'))}`]),
  ];
}
