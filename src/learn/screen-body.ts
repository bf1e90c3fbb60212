import { message } from '../messages/message.js';
import { VERDICT_MARKS } from '../report/format.js';
import type { Paragraph } from './paragraphs.js';
import { recentChanges } from './screen-picture.js';
import { currentOf, isThrough, type LearnState, type LearnStep, msBetween, standingOf, stepOf } from './state.js';
import { helpText, stateText, stepText, taskText } from './task-text.js';

/** The task; what happened so far; or the steps of the exercise. */
export type BodyView = 'task' | 'story' | 'steps';

const BLANK: Paragraph = { text: { en: '' } };

/** Pure. What stands in the scrolling part of the screen. */
export function bodyText(
  state: LearnState,
  view: BodyView,
  { now, isAtWork }: { readonly now: string; readonly isAtWork: boolean },
): readonly Paragraph[] {
  if (view === 'steps') return stepsBody(state);
  return view === 'story' ? storyBody(state, now) : taskBody(state, now, isAtWork);
}

function taskBody(state: LearnState, now: string, isAtWork: boolean): readonly Paragraph[] {
  const { step, at } = currentOf(state);
  const { exercise, steps } = state.scenario;
  return [
    ...stateText(state),
    ...(steps[0] === step && exercise
      ? [{ text: message('learn.goal', { goal: exercise.goal }), tone: 'dim' as const }]
      : []),
    ...(step.say === undefined ? [] : [{ text: step.say }, BLANK]),
    ...taskText(state, step, at, { by: 'keys', isAtWork }),
    ...(at.outcome === undefined
      ? []
      : [
          {
            text: message('coach.moment', { ms: Math.max(0, msBetween(at.outcome.at, now)) }),
            indent: 2,
            tone: 'dim' as const,
          },
        ]),
    ...(isThrough(state) ? endText(state) : wayOn(state)),
    ...hintText(at),
    ...(steps[0] === step ? secondTerminal(state) : []),
  ];
}

/** The last hint that was given, until the task is done. */
function hintText(at: LearnStep): readonly Paragraph[] {
  const help = at.help.at(-1);
  return help === undefined || standingOf(at) === 'done' ? [] : [BLANK, ...helpText(help)];
}

/** Where the student types: said at the first step. */
function secondTerminal({ lab, picture }: LearnState): readonly Paragraph[] {
  const [first] = picture?.nodes ?? [];
  if (first === undefined) return [];
  return [BLANK, { text: message('coach.second-terminal', { node: first.node, lab }), tone: 'dim' }];
}

/** Which key leads on from here. */
function wayOn(state: LearnState): readonly Paragraph[] {
  const { task, at } = currentOf(state);
  const standing = standingOf(at);
  if (state.preparing !== undefined || standing === 'acting') return [];
  if (standing === 'done') return [{ text: message('coach.goes-on'), tone: 'passed' }];
  const { predict, answer } = task;
  if (answer !== undefined && at.given.answer === undefined)
    return [{ text: message('coach.answer-so', { of: answer.options.length }) }];
  if (task.by === 'student') return [];
  if (predict !== undefined && at.given.predict === undefined)
    return [{ text: message('coach.predict-first', { of: predict.options.length }) }];
  return [{ text: message('coach.press-n') }];
}

function endText({ finishedAt, scenario }: LearnState): readonly Paragraph[] {
  const words = scenario.exercise?.teaches ?? [];
  return [
    ...(words.length === 0 ? [] : [{ text: message('coach.learnt', { words }) }]),
    ...(finishedAt === undefined ? [{ text: message('coach.finish-so') }] : []),
  ];
}

/** Every step that was begun: its narration, what was asked and what came of it, the hints; and every change. */
function storyBody(state: LearnState, now: string): readonly Paragraph[] {
  const { scenario, timeline } = state;
  const begun = state.steps.filter(({ begunAt }) => begunAt !== undefined);
  return [
    { text: message('coach.story'), tone: 'title' },
    ...begun.flatMap((at, index): readonly Paragraph[] => {
      const step = stepOf(scenario, at.step);
      return [
        BLANK,
        {
          text: message('coach.step-line', { number: index + 1, title: step.title, standing: standingWord(at) }),
          tone: 'title',
        },
        ...(step.say === undefined ? [] : [{ text: step.say }]),
        ...stepText(step, at, { by: 'keys', isAtWork: true }),
        ...at.help.flatMap(helpText),
        ...recentChanges(
          { ...state, timeline: timeline.filter((each) => each.step === at.step) },
          now,
          timeline.length,
        ).toReversed(),
      ];
    }),
  ];
}

function stepsBody(state: LearnState): readonly Paragraph[] {
  return [
    { text: message('coach.steps'), tone: 'title' },
    BLANK,
    ...state.steps.map((at, index): Paragraph => {
      const { title } = stepOf(state.scenario, at.step);
      const isDone = standingOf(at) === 'done';
      const mark = at.step === state.current ? '▸' : isDone ? VERDICT_MARKS.passed : ' ';
      const text = message('coach.step-line', { number: index + 1, title, standing: standingWord(at) });
      return { text, mark, indent: 4, ...(at.step === state.current ? { tone: 'title' as const } : {}) };
    }),
    BLANK,
    { text: message('coach.goto-so', { lab: state.lab }), tone: 'dim' },
  ];
}

function standingWord(at: LearnStep) {
  return message(at.isSolved && standingOf(at) === 'done' ? 'coach.step-solved' : `coach.step-${standingOf(at)}`);
}
