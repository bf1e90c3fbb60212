import { expect } from 'chai';
import { nextHelp, offeredHint } from '../../../src/learn/choose-hint.js';
import type { GivenHelp } from '../../../src/learn/events.js';
import type { LearnStep } from '../../../src/learn/state.js';
import type { Hint } from '../../../src/model/exercise.js';
import { lookWith } from './session-events.js';

const CONDITION = [{ kind: 'resource' }];
const hint = (id: string, more: Partial<Hint> = {}): Hint => ({
  id,
  when: [],
  look: { en: id },
  rule: { en: id },
  ...more,
});
const SOLVE = [{ on: { kind: 'all' } as const, line: 'pcs status' }];
const TASK = { hints: [hint('stopped', { when: CONDITION }), hint('begin')], solve: SOLVE };

function at(more: Partial<LearnStep> = {}, ...given: readonly (readonly [string | undefined, number])[]) {
  const help = given.map(([id, grade]) => ({
    grade: grade as GivenHelp['grade'],
    lines: [],
    at: '',
    ...(id === undefined ? {} : { hint: id }),
  }));
  return { help, spentMs: 0, ...more };
}
const STOPPED = { look: lookWith({ fitting: ['stopped'] }) };

describe('choosing a hint', () => {
  it('takes the first whose condition holds, and else the first without one', () => {
    expect(nextHelp(TASK, at(STOPPED))?.hint?.id).to.equal('stopped');
    expect(nextHelp(TASK, at({ look: lookWith() }))?.hint?.id).to.equal('begin');
    expect(nextHelp(TASK, at())?.hint?.id).to.equal('begin');
  });

  it('climbs the grades of one hint, and stays at the last', () => {
    const grades = [0, 1, 2, 3, 4].map((count) => {
      const given = [1, 2, 3, 4].slice(0, count).map((grade) => ['stopped', grade] as const);
      return nextHelp(TASK, at(STOPPED, ...given))?.grade;
    });
    expect(grades).to.deep.equal([1, 2, 3, 4, 4]);
  });

  it('begins at the first grade of another hint, because the trouble is another', () => {
    expect(nextHelp(TASK, at(STOPPED, ['begin', 3]))).to.deep.include({ grade: 1 });
  });

  it('says what is wrong where a step has no hints, and then the solution', () => {
    const bare = { hints: [], solve: SOLVE };
    expect(nextHelp(bare, at())).to.deep.equal({ grade: 2 });
    expect(nextHelp(bare, at({}, [undefined, 2]))).to.deep.equal({ grade: 4 });
    expect(nextHelp({ hints: [], solve: [] }, at({}, [undefined, 2]))).to.deep.equal({ grade: 2 });
  });

  it('offers one whose condition holds once its time has come, and not again', () => {
    const late = { hints: [hint('stopped', { when: CONDITION, afterMs: 60_000 })] };
    expect(offeredHint(late, at(STOPPED))).to.equal(undefined);
    expect(offeredHint(late, at({ ...STOPPED, spentMs: 60_000 }))?.id).to.equal('stopped');
    expect(offeredHint(late, at({ ...STOPPED, spentMs: 60_000 }, ['stopped', 1]))).to.equal(undefined);
  });

  it('offers one without a condition only for its time', () => {
    const byTime = { hints: [hint('begin'), hint('later', { afterMs: 1_000 })] };
    expect(offeredHint(byTime, at())).to.equal(undefined);
    expect(offeredHint(byTime, at({ spentMs: 1_000 }))?.id).to.equal('later');
  });
});
