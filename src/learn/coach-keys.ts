import { message } from '../messages/message.js';
import type { Question } from '../model/exercise.js';
import type { Text } from '../model/text.js';
import type { BodyView } from './screen-body.js';
import { currentOf, isThrough, type LearnState } from './state.js';

/** What the coach is to do for a key. */
export type Wish =
  | { readonly kind: 'next' | 'finish' | 'hint' }
  | { readonly kind: 'answer'; readonly option: string; readonly because?: string }
  | { readonly kind: 'reset'; readonly scope: 'step' | 'exercise' };

/** What the next key means. */
export interface CoachMode {
  readonly view: BodyView;
  /** Asked in the last line: which reset, or the reason for this answer. */
  readonly asking?: 'reset' | { readonly option: string; readonly typed: string };
}

interface Pressed {
  readonly mode: CoachMode;
  readonly wish?: Wish | 'quit';
  readonly note?: Text;
}

export const FIRST_MODE: CoachMode = { view: 'task' };

/** Pure. What a key does, by its name; `lineAfter` says what a line is after a key that is typed. */
export function pressed(
  mode: CoachMode,
  key: string,
  state: LearnState,
  lineAfter: (text: string, key: string) => string,
): Pressed {
  const { asking, view } = mode;
  if (asking === 'reset') return answeredReset(key);
  if (asking !== undefined) {
    if (key !== 'enter') return { mode: { ...mode, asking: { ...asking, typed: lineAfter(asking.typed, key) } } };
    const because = asking.typed.trim();
    const wish = { kind: 'answer', option: asking.option, ...(because === '' ? {} : { because }) } as const;
    return { mode: FIRST_MODE, wish };
  }
  const turned = VIEW_KEYS[key];
  if (turned !== undefined) return { mode: { view: turned === view ? 'task' : turned } };
  if (key === 'enter') return { mode: FIRST_MODE };
  if (/^[1-9]$/.test(key)) return chosen(Number(key), state);
  return KEYS[key.toLowerCase()]?.(state) ?? { mode };
}

const VIEW_KEYS: Readonly<Record<string, BodyView>> = { s: 'story', l: 'steps' };

const KEYS: Readonly<Record<string, (state: LearnState) => Pressed>> = {
  n: (state) => ({ mode: FIRST_MODE, wish: { kind: isThrough(state) ? 'finish' : 'next' } }),
  h: () => ({ mode: FIRST_MODE, wish: { kind: 'hint' } }),
  q: () => ({ mode: FIRST_MODE, wish: 'quit' }),
  r: () => ({ mode: { ...FIRST_MODE, asking: 'reset' } }),
  p: (state) => {
    const question = openQuestion(state);
    const { task } = currentOf(state);
    const of = question?.options.length ?? 0;
    if (question !== undefined)
      return {
        mode: FIRST_MODE,
        note: message(task.answer === question ? 'coach.answer-so' : 'coach.ask-option', { of }),
      };
    return { mode: FIRST_MODE, note: message(task.predict === undefined ? 'coach.no-question' : 'coach.settled') };
  },
};

function answeredReset(key: string): Pressed {
  if (key === 'r') return { mode: FIRST_MODE, wish: { kind: 'reset', scope: 'step' } };
  if (key === 'a') return { mode: FIRST_MODE, wish: { kind: 'reset', scope: 'exercise' } };
  return { mode: FIRST_MODE };
}

/** The option with this number; where the question asks for a reason, that is asked for next. */
function chosen(number: number, state: LearnState): Pressed {
  const question = openQuestion(state);
  const option = question?.options[number - 1];
  if (question === undefined || option === undefined) return { mode: FIRST_MODE };
  return question.reason
    ? { mode: { ...FIRST_MODE, asking: { option: option.id, typed: '' } } }
    : { mode: FIRST_MODE, wish: { kind: 'answer', option: option.id } };
}

/** The question that a number answers: that about the cluster as it is, or else the prediction until it is settled. */
function openQuestion(state: LearnState): Question | undefined {
  if (isThrough(state)) return undefined;
  const { task, at } = currentOf(state);
  return task.answer ?? (at.outcome === undefined ? task.predict : undefined);
}
