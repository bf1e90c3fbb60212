import type { GivenHelp } from '../../../learn/events.js';
import { linesOf, type Paragraph } from '../../../learn/paragraphs.js';
import { scoreOf } from '../../../learn/score.js';
import { currentOf, isThrough, type LearnState, standingOf } from '../../../learn/state.js';
import { examText, helpText, stateText, taskText } from '../../../learn/task-text.js';
import { message } from '../../../messages/message.js';
import type { Language } from '../../../model/text.js';

interface Page {
  readonly language: Language;
  readonly width: number;
  /** ISO 8601. */
  readonly now: string;
}

const BLANK: Paragraph = { text: { en: '' } };

/** Where a session stands, for a terminal. Pure. */
export function pageOf(state: LearnState, page: Page, help?: GivenHelp): readonly string[] {
  const { scenario, lab } = state;
  const { step, at } = currentOf(state);
  const number = scenario.steps.indexOf(step) + 1;
  const place = message('learn.place', { title: scenario.title, number, of: scenario.steps.length, lab });
  const paragraphs: readonly Paragraph[] = [
    { text: place },
    ...(number === 1 && scenario.exercise ? [{ text: message('learn.goal', { goal: scenario.exercise.goal }) }] : []),
    ...(step.say === undefined ? [] : [BLANK, { text: step.say }]),
    ...stateText(state),
    ...(isThrough(state) ? [] : [BLANK]),
    ...taskText(state, step, at, { by: 'command' }),
    ...(help === undefined ? [] : [BLANK, ...helpText(help)]),
    BLANK,
    ...examText(state, page.now),
    { text: message('learn.points', scoreOf(state)) },
    { text: message('learn.next-steps', { commands: commandsFor(state) }) },
  ];
  return linesOf(paragraphs, page).map(({ text }) => text);
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
  return state.exam === undefined ? ['halab learn check', 'halab learn hint'] : ['halab learn check'];
}
