import { expect } from 'chai';
import { keepProgress, type Progress } from '../../../src/cli/commands/learn/progress.js';
import { createProgram } from '../../../src/cli/program.js';
import { foldLearning } from '../../../src/learn/state.js';
import { openProgress } from '../../../src/store/learning.js';
import { systemClock } from '../../../src/system/clock.js';
import { readSources } from '../../../tools/imports.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { at, exerciseOf, PASSING, started, stepWith, taskWith } from '../learn/session-events.js';

describe('halab learn', () => {
  const folder = temporaryFolder();

  it('has every command that its texts tell a student to type', () => {
    const learn = createProgram(() => undefined).commands.find((each) => each.name() === 'learn');
    const known = learn?.commands.map((each) => each.name()) ?? [];
    const named = [...readSources(process.cwd(), ['src'])].flatMap(([file, text]) =>
      [...text.matchAll(/halab learn ([a-z]+)/g)].map(([, command = '']) => ({ file, command })),
    );
    expect(named).not.to.have.length(0);
    expect(named.filter(({ command }) => !known.includes(command))).to.deep.equal([]);
  });

  it('keeps what a student has finished, apart from others', () => {
    const path = folder('state');
    const state = foldLearning([
      started(exerciseOf(stepWith('create', taskWith({ points: 2 })), stepWith('mend'))),
      at(1, { kind: 'step-begun', step: 'create', roles: {} }),
      at(2, { kind: 'looked', step: 'create', look: PASSING }),
      at(6, { kind: 'looked', step: 'create' }),
      at(7, { kind: 'finished' }),
    ]);
    keepProgress(path, state);
    keepProgress(path, { ...state, student: 'Ada' });
    const [kept, ...others] = openProgress<Progress>(path, 'Ada', systemClock).read();
    expect(others).to.deep.equal([]);
    expect(kept).to.deep.include({ exercise: 'virtual-ip', lab: 'mine', got: 2, of: 3, spentMs: 6_000 });
    expect(openProgress<Progress>(path, 'Bob', systemClock).read()).to.deep.equal([]);
  });
});
