import { expect } from 'chai';
import { type CoachMode, FIRST_MODE, pressed } from '../../../src/learn/coach-keys.js';
import type { StampedLearnEvent } from '../../../src/learn/events.js';
import { foldLearning } from '../../../src/learn/fold-learning.js';
import { at, exerciseOf, QUESTION, started, stepWith, taskWith } from './session-events.js';

const typing = (text: string, key: string) => (key === 'backspace' ? text.slice(0, -1) : text + key);

/** What the keys lead to, one after the other. */
function press(keys: readonly string[], ...events: readonly StampedLearnEvent[]) {
  const state = foldLearning([
    started(exerciseOf(stepWith('one', taskWith({ predict: { ...QUESTION, reason: true } })), stepWith('two'))),
    at(1, { kind: 'step-begun', step: 'one', roles: {} }),
    ...events,
  ]);
  let mode: CoachMode = FIRST_MODE;
  return keys.map((key) => {
    const result = pressed(mode, key, state, typing);
    mode = result.mode;
    return result;
  });
}

const LEFT = [
  at(2, { kind: 'step-left', step: 'one', done: true }),
  at(2, { kind: 'step-begun', step: 'two', roles: {} }),
] as const;

describe('the keys of the coach', () => {
  it('ask for what they stand for, in either case', () => {
    const wishes = press(['n', 'N', 'h', 'q']).map(({ wish }) => wish);
    expect(wishes).to.deep.equal([{ kind: 'next' }, { kind: 'next' }, { kind: 'hint' }, 'quit']);
  });

  it('end the exercise once all steps are left', () => {
    const [last] = press(['n'], ...LEFT, at(3, { kind: 'step-left', step: 'two', done: true }));
    expect(last?.wish).to.deep.equal({ kind: 'finish' });
  });

  it('turn to the story and to the steps, and back', () => {
    const views = press(['s', 's', 'l', 's', 'enter']).map(({ mode }) => mode.view);
    expect(views).to.deep.equal(['story', 'task', 'steps', 'story', 'task']);
  });

  it('bring nothing back before the question is answered', () => {
    expect(press(['r', 'r']).map(({ wish }) => wish)).to.deep.equal([undefined, { kind: 'reset', scope: 'step' }]);
    expect(press(['r', 'a']).at(-1)?.wish).to.deep.equal({ kind: 'reset', scope: 'exercise' });
    expect(press(['r', 'q']).map(({ wish }) => wish)).to.deep.equal([undefined, undefined]);
  });

  it('answer by number, with a reason where one is asked for', () => {
    const all = press(['p', '2', 'n', 'o', 'x', 'backspace', 'enter']);
    expect(all[0]?.note?.en).to.equal('Press the number of what will happen, 1 to 2.');
    expect(all[1]?.mode.asking).to.deep.equal({ option: 'else', typed: '' });
    expect(all.slice(0, -1).every(({ wish }) => wish === undefined)).to.equal(true);
    expect(all.at(-1)).to.deep.equal({
      mode: FIRST_MODE,
      wish: { kind: 'answer', option: 'else', because: 'no' },
    });
    expect(press(['1', 'enter']).at(-1)?.wish).to.deep.equal({ kind: 'answer', option: 'here' });
    expect(press(['7']).at(-1)).to.deep.equal({ mode: FIRST_MODE });
  });

  it('answer nothing where there is no question, or where it is settled', () => {
    const settled = at(2, { kind: 'settled', step: 'one', outcome: { right: 'here', seen: [] } });
    expect(press(['1', 'p'], settled).map(({ wish, note }) => [wish, note?.en])).to.deep.equal([
      [undefined, undefined],
      [undefined, 'The prediction of this step is settled.'],
    ]);
    expect(press(['p'], ...LEFT)[0]?.note?.en).to.equal('This step asks no question.');
  });
});
