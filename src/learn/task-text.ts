import { message } from '../messages/message.js';
import type { Question, Task } from '../model/exercise.js';
import type { Step } from '../model/scenario.js';
import type { Text } from '../model/text.js';
import { VERDICT_MARKS } from '../report/format.js';
import { offeredHint } from './choose-hint.js';
import { type GivenHelp, QUESTION_KINDS, type QuestionKind } from './events.js';
import { examOf } from './exam.js';
import { type Paragraph, told } from './paragraphs.js';
import { lostOf } from './score.js';
import { isThrough, type LearnState, type LearnStep, msBetween, standingOf, stepOf, taskOf } from './state.js';

/** How the reader acts, by commands or by keys; and whether halab is at work on the step at this moment. */
interface Reading {
  readonly by: 'command' | 'keys';
  readonly isAtWork?: boolean;
  /** No hint is offered. */
  readonly isExam?: boolean;
}

/** Pure. Why the lab or the session is not as usual. */
export function stateText({
  preparing,
  problem,
  finishedAt,
  steps,
  scenario,
}: Pick<LearnState, 'preparing' | 'problem' | 'finishedAt' | 'steps' | 'scenario'>): readonly Paragraph[] {
  return [
    ...(preparing === undefined
      ? []
      : [{ text: message('learn.preparing', { text: told(preparing.text ?? preparing.purpose) }) }]),
    ...(problem === undefined
      ? []
      : [{ text: message('learn.problem', { problem: told(problem) }), tone: 'failed' as const }]),
    ...(finishedAt === undefined ? [] : [{ text: message('learn.finished') }]),
    ...steps.flatMap((each) => lostText(stepOf(scenario, each.step), each)),
  ];
}

function lostText({ title }: Step, at: LearnStep): readonly Paragraph[] {
  const lost = lostOf(at);
  if (lost.length === 0) return [];
  return [
    { text: message('learn.lost', { title }), tone: 'failed' },
    ...lost.map(({ expected, verdict, seen }) => {
      const words = { expected: told(expected), seen: told(seen) };
      return marked(verdict, message(verdict === 'unknown' ? 'learn.unknown' : 'learn.expected', words));
    }),
  ];
}

/** Pure. The clock of an exam, which warns when the time is short, and says when it is over. */
export function examText(state: LearnState, now: string): readonly Paragraph[] {
  const clock = examOf(state, now);
  if (clock === undefined) return [];
  const { minutes, leftMs, isShort } = clock;
  const text = leftMs > 0 ? message('learn.exam-left', { leftMs, minutes }) : message('learn.exam-over', { minutes });
  return [isShort ? { text, tone: 'failed' } : { text }];
}

/** Pure. What is asked in this step. */
function askedText(step: Step, task: Task): Paragraph {
  if (task.ask !== undefined) return { text: message('learn.task', { ask: task.ask }), tone: 'title' };
  return { text: task.by === 'halab' ? message('learn.by-halab', { title: step.title }) : step.title, tone: 'title' };
}

/** Pure. Each question of the step with its options, the answer that was given, and what came of it. */
function questionsText(task: Task, at: LearnStep, by: Reading['by']): readonly Paragraph[] {
  return QUESTION_KINDS.flatMap((kind) => questionText(kind, task, at, by));
}

function questionText(kind: QuestionKind, task: Task, at: LearnStep, by: Reading['by']): readonly Paragraph[] {
  const question = task[kind];
  if (question === undefined) return [];
  const asked = kind === 'predict' ? 'learn.prediction' : 'learn.question';
  const given = at.given[kind];
  const isOpen = kind === 'answer' || at.outcome === undefined;
  return [
    { text: message(asked, { ask: question.ask }), tone: 'title' },
    ...question.options.map(({ id, say }, index): Paragraph => {
      if (by === 'command') return { text: message('learn.option', { option: id, say }), indent: 2 };
      const mark = `${given?.option === id ? '▸' : ' '}${index + 1}`;
      return { text: say, mark, indent: 5, ...(given?.option === id ? { tone: 'title' } : {}) };
    }),
    ...(kind === 'predict' ? outcomeText(question, at) : answerText(question, at)),
    ...(isOpen && given === undefined && by === 'command' ? [{ text: message('learn.answer-so'), indent: 2 }] : []),
  ];
}

function answerText(question: Question, { given: { answer }, look }: LearnStep): readonly Paragraph[] {
  if (answer === undefined) return [];
  const right = look?.right.answer;
  const option = spokenOption(question, answer.option);
  if (right === undefined)
    return [{ text: message('learn.answer-untold', { option }), mark: '?', indent: 2, tone: 'unknown' }];
  return right === answer.option
    ? [{ text: message('learn.answer-right', { option }), mark: VERDICT_MARKS.passed, indent: 2, tone: 'passed' }]
    : [{ text: message('learn.answer-wrong', { option }), mark: VERDICT_MARKS.failed, indent: 2, tone: 'failed' }];
}

/** The prediction, and once it is settled what happened instead, when, and what decides it. */
function outcomeText(question: Question, { given, outcome }: LearnStep): readonly Paragraph[] {
  const option = given.predict && spokenOption(question, given.predict.option);
  const because = given.predict?.because;
  const reason: readonly Paragraph[] =
    because === undefined || because === '' ? [] : [{ text: message('learn.because', { because }), indent: 2 }];
  if (outcome === undefined)
    return option === undefined ? [] : [{ text: message('learn.answered', { option }), indent: 2 }, ...reason];
  const seen: Text = told(outcome.seen.join('; '));
  const right = outcome.right === undefined ? undefined : spokenOption(question, outcome.right);
  if (option === undefined)
    return right === undefined ? [] : [{ text: message('learn.not-predicted', { right, seen }), indent: 2 }];
  if (right === undefined)
    return [{ text: message('learn.predicted-untold', { option }), mark: '?', indent: 2, tone: 'unknown' }, ...reason];
  return outcome.right === given.predict?.option
    ? [
        {
          text: message('learn.predicted-right', { option, seen }),
          mark: VERDICT_MARKS.passed,
          indent: 2,
          tone: 'passed',
        },
        ...reason,
      ]
    : [
        {
          text: message('learn.predicted-wrong', { option, right, seen }),
          mark: VERDICT_MARKS.failed,
          indent: 2,
          tone: 'failed',
        },
        ...reason,
      ];
}

function spokenOption({ options }: Question, option: string): Text {
  return options.find(({ id }) => id === option)?.say ?? { en: option };
}

/** Pure. Every check with what was seen; one that held earlier and holds no more says so. */
function checksText({ look, result, held }: LearnStep): readonly Paragraph[] {
  const checks = look?.checks ?? result?.checks ?? [];
  return [
    ...checks.map(({ expected, verdict, seen }, index): Paragraph => {
      const words = { expected: told(expected), seen: told(seen) };
      if (verdict === 'passed') return marked('passed', words.expected);
      if (verdict === 'unknown') return marked('unknown', message('learn.unknown', words));
      if (!held.includes(index)) return marked('failed', message('learn.expected', words));
      return { ...marked('failed', message('learn.held-before', words)), mark: '○', tone: 'dim' };
    }),
    ...(look?.disorders ?? []).map(({ verdict, seen }) =>
      marked(verdict, message(verdict === 'failed' ? 'learn.broken' : 'learn.untold', { seen: told(seen) })),
    ),
    ...(look?.busy === undefined ? [] : [marked('unknown', message('learn.busy', { seen: told(look.busy) }))]),
  ];
}

function marked(verdict: keyof typeof VERDICT_MARKS, text: Text): Paragraph {
  return { text, mark: VERDICT_MARKS[verdict], indent: 4, tone: verdict };
}

/** Pure. Whether the task is done, or how far it is from that; with the offer of a hint where there is one. */
function standingText(task: Task, at: LearnStep, reading: Reading): readonly Paragraph[] {
  const isMissing = ['open', 'unsure'].includes(standingOf(at));
  const isOffered = reading.isExam !== true && isMissing && offeredHint(task, at) !== undefined;
  const offer = message(reading.by === 'command' ? 'learn.hint-offered' : 'coach.hint-offered');
  return [...standingLine(task, at, reading), ...(isOffered ? [{ text: offer, tone: 'unknown' as const }] : [])];
}

function standingLine({ holdMs }: Task, at: LearnStep, { by, isAtWork }: Reading): readonly Paragraph[] {
  const standing = standingOf(at);
  if (standing === 'done')
    return [{ text: message(at.by === 'halab' ? 'learn.done-by-halab' : 'learn.done'), tone: 'passed' }];
  if (standing === 'acting') {
    if (isAtWork === true) return [{ text: message('coach.at-work') }];
    return [{ text: message(by === 'command' ? 'learn.interrupted' : 'coach.interrupted'), tone: 'unknown' }];
  }
  if (standing === 'holding' && at.heldSince !== undefined && at.lookedAt !== undefined)
    return [{ text: message('learn.holding', { ms: msBetween(at.heldSince, at.lookedAt), of: holdMs }) }];
  return at.look === undefined && at.by === 'student' ? [{ text: message('learn.not-looked') }] : [];
}

/** Pure. A hint, with its grade. */
export function helpText({ grade, lines }: GivenHelp): readonly Paragraph[] {
  return [
    { text: message('learn.hint-grade', { grade }), tone: 'title' },
    ...lines.map((text): Paragraph => ({ text, indent: 2 })),
  ];
}

/** Pure. What stands below the narration of the step that the session stands at. */
export function taskText(state: LearnState, step: Step, at: LearnStep, reading: Reading): readonly Paragraph[] {
  return isThrough(state)
    ? [{ text: message('learn.through'), tone: 'passed' }]
    : stepText(step, at, { ...reading, isExam: state.exam !== undefined });
}

/** Pure. What is asked in a step, and how far it is. */
export function stepText(step: Step, at: LearnStep, reading: Reading): readonly Paragraph[] {
  const task = taskOf(step);
  const questions = questionsText(task, at, reading.by);
  // A screen has the title of the step above everything else.
  const isTitleOnly = task.ask === undefined && task.by === 'student' && reading.by === 'keys';
  const asked = isTitleOnly ? [] : [askedText(step, task)];
  return [...asked, ...questions, ...checksText(at), ...standingText(task, at, reading)];
}
