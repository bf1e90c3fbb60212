import { expect } from 'chai';
import type { Look } from '../../../src/learn/events.js';
import { foldLearning } from '../../../src/learn/fold-learning.js';
import { scoreOf } from '../../../src/learn/score.js';
import { learnStepOf, standingOf } from '../../../src/learn/state.js';
import {
  at,
  exerciseOf,
  FAILING,
  lookWith,
  PASSING,
  PICTURE,
  QUESTION,
  started,
  stepWith,
  taskWith,
  UNTOLD,
} from './session-events.js';

const EXERCISE = exerciseOf(
  stepWith('create'),
  stepWith('cut', taskWith({ by: 'halab', points: 0 })),
  stepWith('mend'),
);
const BEGUN = at(1, { kind: 'step-begun', step: 'create', roles: {} });
const looked = (second: number, look: Look, step = 'create') => at(second, { kind: 'looked', step, look });

function standingAfter(...looks: readonly (readonly [number, Look])[]) {
  const state = foldLearning([started(EXERCISE), BEGUN, ...looks.map(([second, look]) => looked(second, look))]);
  return standingOf(learnStepOf(state, 'create'));
}

describe('the fold over a learning session', () => {
  it('has a step ahead until it begins, and open until it holds', () => {
    const state = foldLearning([started(EXERCISE), BEGUN]);
    expect(state.steps.map(standingOf)).to.deep.equal(['open', 'ahead', 'ahead']);
    expect(state.current).to.equal('create');
  });

  it('has a step done once it has held for its time, and not before', () => {
    expect(standingAfter([2, PASSING])).to.equal('holding');
    expect(standingAfter([2, PASSING], [4, PASSING])).to.equal('holding');
    expect(standingAfter([2, PASSING], [4, PASSING], [5, PASSING])).to.equal('done');
  });

  it('has a step grey again when it stops holding, and counts anew', () => {
    const done = [
      [2, PASSING],
      [5, PASSING],
    ] as const;
    expect(standingAfter(...done, [6, FAILING])).to.equal('open');
    expect(standingAfter(...done, [6, FAILING], [7, PASSING])).to.equal('holding');
  });

  it('does not take what could not be told for a pass', () => {
    expect(standingAfter([2, PASSING], [4, UNTOLD], [5, PASSING])).to.equal('holding');
    expect(standingAfter([2, UNTOLD])).to.equal('unsure');
    expect(standingAfter([2, lookWith({ disorders: undefined })], [6, lookWith({ disorders: undefined })])).to.equal(
      'unsure',
    );
    expect(standingAfter([2, lookWith({ busy: 'transition' })], [6, lookWith({ busy: 'transition' })])).to.equal(
      'unsure',
    );
  });

  it('does not know what was between two looks that are far apart', () => {
    expect(standingAfter([2, PASSING], [60, PASSING])).to.equal('holding');
  });

  it('is not done while something else is broken', () => {
    const broken = lookWith({ disorders: [{ audit: 'no-failures', verdict: 'failed', seen: 'vip failed' }] });
    expect(standingAfter([2, broken], [6, broken])).to.equal('open');
  });

  it('requires the right answer to a question', () => {
    const exercise = exerciseOf(stepWith('create', taskWith({ answer: QUESTION })));
    const right = lookWith({ right: { answer: 'here' } });
    const answer = (second: number, option: string) =>
      at(second, { kind: 'answered', step: 'create', question: 'answer', option });
    const standing = (...events: Parameters<typeof foldLearning>[0]) =>
      standingOf(learnStepOf(foldLearning([started(exercise), BEGUN, ...events]), 'create'));
    expect(standing(looked(2, right), looked(6, right))).to.equal('open');
    expect(standing(answer(1, 'else'), looked(2, right), looked(6, right))).to.equal('open');
    expect(standing(answer(1, 'else'), answer(2, 'here'), looked(2, right), looked(6, right))).to.equal('done');
  });

  it('keeps a step as it was left', () => {
    const state = foldLearning([
      started(EXERCISE),
      BEGUN,
      looked(2, PASSING),
      looked(5, PASSING),
      at(6, { kind: 'step-left', step: 'create', done: true }),
      at(6, { kind: 'step-begun', step: 'cut', roles: {} }),
      looked(7, FAILING, 'cut'),
    ]);
    expect(state.steps.map(standingOf)).to.deep.equal(['done', 'open', 'ahead']);
    expect(scoreOf(state)).to.deep.equal({ got: 1, of: 2 });
  });

  it('lists what changed from look to look', () => {
    const node = (standing: 'online' | 'offline') => ({ ...PICTURE, nodes: [{ node: 'a', standing }] });
    const state = foldLearning([
      started(EXERCISE),
      BEGUN,
      looked(2, lookWith({ picture: node('online') })),
      looked(3, lookWith({ picture: node('offline') })),
    ]);
    expect(state.timeline).to.deep.equal([
      {
        at: '2026-01-01T00:00:03.000Z',
        step: 'create',
        change: {
          kind: 'other',
          name: 'a',
          betweenMs: [Date.UTC(2026, 0, 1) + 2_000, Date.UTC(2026, 0, 1) + 3_000],
          from: 'online',
          to: 'offline',
        },
      },
    ]);
  });

  it('counts the time spent at a step without pauses', () => {
    const events = [started(EXERCISE), BEGUN, looked(11, FAILING), looked(11 + 3600, FAILING), looked(3621, FAILING)];
    expect(learnStepOf(foldLearning(events), 'create').spentMs).to.equal(20_000);
  });

  it('begins a step anew, and keeps what was learnt in it', () => {
    const exercise = exerciseOf(stepWith('one'), stepWith('two', taskWith({ predict: QUESTION })));
    const state = foldLearning([
      started(exercise),
      at(1, { kind: 'step-begun', step: 'one', roles: {} }),
      at(2, { kind: 'step-left', step: 'one', done: true }),
      at(2, { kind: 'step-begun', step: 'two', roles: {} }),
      at(3, { kind: 'answered', step: 'two', question: 'predict', option: 'here', because: 'it is' }),
      at(4, { kind: 'settled', step: 'two', outcome: { right: 'else', seen: [] } }),
      at(5, { kind: 'hint-given', step: 'two', help: { grade: 1, lines: [] } }),
      at(6, { kind: 'went-to', step: 'two', scope: 'step' }),
    ]);
    const two = learnStepOf(state, 'two');
    expect(standingOf(learnStepOf(state, 'one'))).to.equal('done');
    expect(two).to.deep.include({ given: {}, isSolved: false });
    expect(two.past.map(({ outcome }) => outcome.right)).to.deep.equal(['else']);
    expect(two.help).to.have.length(1);
    expect(state.resets).to.equal(1);
  });

  it('counts steps before the one gone to as solved, unless the student has done them', () => {
    const state = foldLearning([started(EXERCISE), BEGUN, at(2, { kind: 'went-to', step: 'mend', scope: 'step' })]);
    expect(state.steps.map(({ isSolved }) => isSolved)).to.deep.equal([true, false, false]);
    expect(state.current).to.equal('mend');
  });

  it('begins everything anew with the exercise', () => {
    const state = foldLearning([
      started(EXERCISE),
      BEGUN,
      at(2, { kind: 'step-left', step: 'create', done: true }),
      at(3, { kind: 'went-to', step: 'create', scope: 'exercise' }),
    ]);
    expect(state.steps.map(standingOf)).to.deep.equal(['ahead', 'ahead', 'ahead']);
  });

  it('knows a step that the process was killed in', () => {
    const state = foldLearning([
      started(EXERCISE),
      at(1, { kind: 'step-begun', step: 'cut', roles: {} }),
      at(2, { kind: 'acting', step: 'cut' }),
    ]);
    expect(standingOf(learnStepOf(state, 'cut'))).to.equal('acting');
  });
});
