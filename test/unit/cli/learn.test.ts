import { join } from 'node:path';
import { expect } from 'chai';
import { sessionIn } from '../../../src/cli/commands/learn/current.js';
import { keepProgress, type Progress } from '../../../src/cli/commands/learn/progress.js';
import { requireSameTerms } from '../../../src/cli/commands/learn/start.js';
import { takeWatch, withLock } from '../../../src/cli/lab-session.js';
import { createProgram } from '../../../src/cli/program.js';
import type { Settings } from '../../../src/cli/settings.js';
import type { LearnEvent } from '../../../src/learn/events.js';
import { foldLearning } from '../../../src/learn/fold-learning.js';
import { createSessionFolder, keepSessionsAside, openProgress } from '../../../src/store/learning.js';
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

  it('goes on with an exercise only on the terms it was begun with', () => {
    const path = folder('state');
    const session = createSessionFolder<LearnEvent>({ stateDir: path, lab: 'learn', exercise: 'one' }, systemClock);
    session.log.append(started(exerciseOf(stepWith('create', taskWith({ points: 2 })))));
    const current = sessionIn({ stateDir: path, runDir: join(path, 'run') } as Settings, 'learn');
    if (current === undefined) throw new Error('no session');
    expect(() => requireSameTerms(current, { exam: true })).to.throw('was begun without --exam');
    expect(() => requireSameTerms(current, { recordCommands: true })).to.throw('was begun without --record-commands');
    expect(() => requireSameTerms(current, {})).not.to.throw();
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

  it('keeps sessions aside while somebody recreates the lab, and has them back after a process that was killed', async () => {
    const stateDir = folder('aside');
    const settings = { stateDir, runDir: join(stateDir, 'run') } as Settings;
    const created = createSessionFolder<LearnEvent>({ stateDir, lab: 'mine', exercise: 'virtual-ip' }, systemClock);
    created.log.append({ kind: 'session-started', session: 's', lab: 'mine', scenario: exerciseOf(stepWith('one')) });
    await withLock(settings, 'mine', 'learn reset', async () => {
      keepSessionsAside(stateDir, 'mine');
      expect(sessionIn(settings, 'mine')).to.equal(undefined);
      expect(created.log.size()).to.equal(0);
    });
    expect(sessionIn(settings, 'mine')?.state().current).to.equal('one');
    expect(created.log.size()).to.be.greaterThan(0);
  });

  it('has one process that watches a lab at a time', () => {
    const stateDir = folder('watch');
    const settings = { stateDir, runDir: join(stateDir, 'run') } as Settings;
    const giveBack = takeWatch(settings, 'mine');
    expect(giveBack).to.be.a('function');
    expect(takeWatch(settings, 'mine')).to.equal(undefined);
    expect(takeWatch(settings, 'other')).to.be.a('function');
    giveBack?.();
    expect(takeWatch(settings, 'mine')).to.be.a('function');
  });
});
