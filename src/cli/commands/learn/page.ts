import { offeredHint } from '../../../learn/choose-hint.js';
import { type GivenHelp, QUESTION_KINDS, type QuestionKind } from '../../../learn/events.js';
import { scoreOf } from '../../../learn/score.js';
import { currentOf, isThrough, type LearnState, type LearnStep, msBetween, standingOf } from '../../../learn/state.js';
import { type Message, message } from '../../../messages/message.js';
import type { Question, Task } from '../../../model/exercise.js';
import type { Step } from '../../../model/scenario.js';
import { type Language, type Text, textIn } from '../../../model/text.js';
import type { Verdict } from '../../../model/verdict.js';
import { VERDICT_MARKS, wrapDisplay } from '../../../report/format.js';

interface Page {
  readonly language: Language;
  readonly width: number;
}

/** Where a session stands, for a terminal. Pure. */
export function pageOf(state: LearnState, page: Page, help?: GivenHelp): readonly string[] {
  const { step, task, at } = currentOf(state);
  const say = createWriter(page);
  return [
    ...say(placeOf(state)),
    ...(state.scenario.steps[0] === step && state.scenario.exercise
      ? say(message('learn.goal', { goal: state.scenario.exercise.goal }))
      : []),
    ...(step.say === undefined ? [] : ['', ...say(step.say)]),
    ...stateLines(state, say),
    ...(isThrough(state) ? say(message('learn.through')) : taskLines(step, task, at, say)),
    ...(help === undefined ? [] : ['', ...helpLines(help, say)]),
    '',
    ...say(message('learn.points', scoreOf(state))),
    ...say(message('learn.next-steps', { commands: commandsFor(state) })),
  ];
}

function helpLines({ grade, lines }: GivenHelp, say: Write): readonly string[] {
  return [...say(message('learn.hint-grade', { grade })), ...lines.flatMap((line) => say(line, '  '))];
}

/** What can be typed from here. */
function commandsFor(state: LearnState): readonly string[] {
  const { task, at } = currentOf(state);
  const standing = standingOf(at);
  if (state.finishedAt !== undefined) return ['halab learn list'];
  if (state.problem !== undefined) return ['halab learn reset'];
  if (isThrough(state)) return ['halab learn finish'];
  if (standing === 'done' || standing === 'acting') return ['halab learn next'];
  if (task.by === 'halab') {
    const isAsked = task.predict !== undefined && at.given.predict === undefined;
    return [isAsked ? 'halab learn answer OPTION' : 'halab learn next'];
  }
  return ['halab learn check', 'halab learn hint'];
}

/** Puts a text into the reader's language, and breaks it into lines. */
type Write = (text: Text, indent?: string) => readonly string[];

function createWriter({ language, width }: Page): Write {
  return (text, indent = '') =>
    textIn(text, language)
      .split('\n')
      .flatMap((line) => wrapDisplay(line, Math.max(20, width - indent.length)).map((part) => indent + part));
}

function placeOf({ scenario, current, lab }: LearnState): Message {
  const number = scenario.steps.findIndex(({ id }) => id === current) + 1;
  return message('learn.place', { title: scenario.title, number, of: scenario.steps.length, lab });
}

function stateLines({ preparing, problem, finishedAt }: LearnState, say: Write): readonly string[] {
  return [
    ...(preparing === undefined ? [] : say(message('learn.preparing', { text: preparing.text ?? preparing.purpose }))),
    ...(problem === undefined ? [] : say(message('learn.problem', { problem }))),
    ...(finishedAt === undefined ? [] : say(message('learn.finished'))),
  ];
}

function taskLines(step: Step, task: Task, at: LearnStep, say: Write): readonly string[] {
  const ask = task.ask ?? (task.by === 'halab' ? message('learn.by-halab', { title: step.title }) : step.title);
  return [
    '',
    ...say(task.ask === undefined ? ask : message('learn.task', { ask })),
    ...QUESTION_KINDS.flatMap((kind) => questionLines(kind, task, at, say)),
    ...checkLines(at, say),
    ...say(standingText(task, at)),
    ...(offeredHint(task, at) === undefined ? [] : say(message('learn.hint-offered'))),
  ];
}

function questionLines(kind: QuestionKind, task: Task, at: LearnStep, say: Write): readonly string[] {
  const question = task[kind];
  if (question === undefined) return [];
  const asked = kind === 'predict' ? 'learn.prediction' : 'learn.question';
  const given = at.given[kind];
  const isOpen = kind === 'answer' || at.outcome === undefined;
  return [
    ...say(message(asked, { ask: question.ask })),
    ...question.options.flatMap(({ id, say: text }) => say(message('learn.option', { option: id, say: text }), '  ')),
    ...(kind === 'predict' ? predictedLines(question, at, say) : answeredLines(at, say)),
    ...(isOpen && given === undefined ? say(message('learn.answer-so'), '  ') : []),
  ];
}

function answeredLines({ given: { answer }, look }: LearnStep, say: Write): readonly string[] {
  if (answer === undefined) return [];
  const right = look?.right.answer;
  const code =
    right === undefined ? 'learn.answer-untold' : right === answer.option ? 'learn.answer-right' : 'learn.answer-wrong';
  return say(message(code, { option: answer.option }), '  ');
}

function predictedLines({ options }: Question, { given, outcome }: LearnStep, say: Write): readonly string[] {
  const option = given.predict?.option;
  if (outcome === undefined) return option === undefined ? [] : say(message('learn.answered', { option }), '  ');
  const seen = outcome.seen.join('; ');
  const right = options.find(({ id }) => id === outcome.right)?.say;
  if (option === undefined)
    return right === undefined ? [] : say(message('learn.not-predicted', { right, seen }), '  ');
  if (right === undefined) return say(message('learn.predicted-untold', { option }), '  ');
  if (option === outcome.right) return say(message('learn.predicted-right', { option, seen }), '  ');
  return say(message('learn.predicted-wrong', { option, right, seen }), '  ');
}

function checkLines({ look, result }: LearnStep, say: Write): readonly string[] {
  const checks = look?.checks ?? result?.checks ?? [];
  const marked = (verdict: Verdict, text: Text) =>
    say(text, '    ').map((line, index) => (index === 0 ? `  ${VERDICT_MARKS[verdict]} ${line.trimStart()}` : line));
  return [
    ...checks.flatMap(({ expected, verdict, seen }) =>
      marked(verdict, verdict === 'passed' ? { en: expected } : message('learn.expected', { expected, seen })),
    ),
    ...(look?.disorders ?? []).flatMap(({ verdict, seen }) =>
      marked(verdict, message(verdict === 'failed' ? 'learn.broken' : 'learn.untold', { seen })),
    ),
    ...(look?.busy === undefined ? [] : marked('unknown', message('learn.busy', { seen: look.busy }))),
  ];
}

function standingText({ holdMs }: Task, at: LearnStep): Text {
  const standing = standingOf(at);
  if (standing === 'done') return message(at.by === 'halab' ? 'learn.done-by-halab' : 'learn.done');
  if (standing === 'acting') return message('learn.interrupted');
  if (standing === 'holding' && at.heldSince !== undefined && at.lookedAt !== undefined)
    return message('learn.holding', { ms: msBetween(at.heldSince, at.lookedAt), of: holdMs });
  return at.look === undefined && at.by === 'student' ? message('learn.not-looked') : { en: '' };
}
