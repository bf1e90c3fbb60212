import { expect } from 'chai';
import { type CoachDeps, createCoach } from '../../../src/learn/coach.js';
import { foldLearning } from '../../../src/learn/fold-learning.js';
import type { Screen } from '../../../src/learn/screen.js';
import { LabError } from '../../../src/model/errors.js';
import { untilAborted } from '../../../src/ports/clock.js';
import { createMemoryClock } from '../../support/memory-clock.js';
import { at, exerciseOf, FAILING, PASSING, started, stepWith, taskWith } from './session-events.js';

const EXERCISE = exerciseOf(stepWith('one', taskWith({ holdMs: 0 })), stepWith('two'));

/** A coach on a log that the test writes; each look takes until the test ends it. */
function coachOf(more: Partial<CoachDeps> = {}) {
  const events = [started(EXERCISE), at(1, { kind: 'step-begun', step: 'one', roles: {} })];
  const leaving = new AbortController();
  const clock = createMemoryClock();
  const screens: Screen[] = [];
  const done: string[] = [];
  let endLook: (error?: Error) => void = () => undefined;
  let looks = 0;
  const state = () => foldLearning(events);
  const act = (name: string) => async () => {
    done.push(name);
    return state();
  };
  const deps: CoachDeps = {
    session: {
      look: () => {
        looks += 1;
        const taken = new Promise<void>((resolve, reject) => {
          endLook = (error) => (error === undefined ? resolve() : reject(error));
        });
        return untilAborted(taken, leaving.signal).then(state);
      },
      next: act('next'),
      answer: (option, because) => act(`answer ${option} ${because}`)(),
      reset: (scope) => act(`reset ${scope}`)(),
      hint: async () => ({ state: await act('hint')() }),
    },
    finish: act('finish'),
    latest: () => (events.length === 0 ? undefined : state()),
    glance: async () => void done.push('glance'),
    takeLooking: () => true,
    otherAtWork: () => undefined,
    show: (screen) => {
      screens.push(screen);
      return { lines: [], body: 20, room: 5 };
    },
    scroll: (key, top) => (key === 'j' ? top + 1 : undefined),
    lineAfter: (text, key) => text + key,
    clock,
    signal: leaving.signal,
    leave: () => leaving.abort(),
    ...more,
  };
  const coach = createCoach(deps, state());
  const ended = coach.run();
  return {
    events,
    done,
    coach,
    ended,
    leaving,
    looks: () => looks,
    last: () => screens.at(-1) as Screen,
    /** Ends the look at work. */
    endLook: (error?: Error) => endLook(error),
    /** Lets so much time pass. */
    pass: (ms = 1_200) => clock.sleep(ms),
  };
}

describe('the coach', () => {
  it('looks again and again, and shows each time what the log has', async () => {
    const { events, last, looks, endLook, pass, coach, ended } = coachOf();
    await pass();
    expect(last().lookingSince, 'it says since when it looks').to.be.a('string');
    events.push(at(2, { kind: 'looked', step: 'one', look: PASSING }));
    endLook();
    await pass();
    expect(last().state.steps[0]?.verdict).to.equal('passed');
    events.push(at(3, { kind: 'looked', step: 'one', look: FAILING }));
    await pass();
    expect(last().state.steps[0]?.verdict, 'grey again, by whoever looked').to.equal('failed');
    expect(looks()).to.equal(2);
    coach.press('q');
    await ended;
  });

  it('loses no key that is pressed while a look takes its time', async () => {
    const { last, endLook, pass, coach, done, ended } = coachOf();
    await pass();
    for (const key of ['h', 'h', 'n', 'j']) coach.press(key);
    expect(last().top, 'scrolls at once').to.equal(1);
    expect(last().note?.text.en).to.equal('as soon as the look has ended …');
    expect(done).to.deep.equal([]);
    endLook();
    await pass();
    expect(done, 'pressed twice, done once').to.deep.equal(['hint', 'next']);
    coach.press('q');
    await ended;
  });

  it('leaves in the middle of a look', async () => {
    const { pass, coach, ended, leaving } = coachOf();
    await pass();
    coach.press('q');
    await ended;
    expect(leaving.signal.aborted).to.equal(true);
  });

  it('shows why something could not be done, and goes on', async () => {
    const { last, endLook, pass, coach, ended } = coachOf();
    await pass();
    endLook(new LabError('node-unreachable', 'ha-host2 did not answer'));
    await pass();
    expect(last().note).to.deep.include({ isError: true });
    expect(last().note?.text.en).to.equal('ha-host2 did not answer');
    coach.press('q');
    await ended;
  });

  it('does not look where another coach does, and shows what that one sees', async () => {
    const { events, last, looks, pass, coach, ended } = coachOf({ takeLooking: () => false });
    events.push(at(2, { kind: 'looked', step: 'one', look: PASSING }));
    await pass();
    expect(looks()).to.equal(0);
    expect(last().state.steps[0]?.verdict).to.equal('passed');
    coach.press('q');
    await ended;
  });

  it('waits for a log that is away while the lab is recreated, and leaves when it does not come back', async () => {
    let other: string | undefined = 'learn reset';
    const { events, last, endLook, pass, ended, leaving } = coachOf({ otherAtWork: () => other });
    await pass();
    events.splice(0);
    endLook(new Error('a session begins with its start'));
    await pass(60_000);
    expect(leaving.signal.aborted).to.equal(false);
    expect(last().state.current, 'what was seen last').to.equal('one');
    other = undefined;
    for (let passed = 0; passed < 10; passed += 1) {
      endLook(new Error('a session begins with its start'));
      await pass(1_000);
    }
    await ended;
    expect(leaving.signal.aborted).to.equal(true);
  });

  it('begins a new step at its top, whoever went on to it', async () => {
    const { events, last, coach, pass, ended } = coachOf();
    coach.press('j');
    expect(last().top).to.equal(1);
    events.push(
      at(2, { kind: 'step-left', step: 'one', done: true }),
      at(2, { kind: 'step-begun', step: 'two', roles: {} }),
    );
    await pass();
    expect(last()).to.deep.include({ top: 0, view: 'task' });
    expect(last().state.current).to.equal('two');
    coach.press('q');
    await ended;
  });

  it('glances at the lab while halab has the step, also while it is at work on it', async () => {
    const { events, last, pass, coach, done, ended, looks } = coachOf();
    const halab = exerciseOf(stepWith('one', taskWith({ by: 'halab' })));
    events.splice(0, 1, started(halab));
    await pass(4_000);
    expect(done).to.include('glance');
    const before = looks();
    events.push(at(2, { kind: 'acting', step: 'one' }));
    await pass(4_000);
    expect(looks(), 'nothing is judged').to.equal(before);
    expect(last().state.steps[0]?.actingSince).to.be.a('string');
    coach.press('q');
    await ended;
  });

  it('says what another process does to the lab', async () => {
    const { last, pass, coach, ended } = coachOf({ otherAtWork: () => 'learn cut' });
    await pass();
    expect(last().doing?.text.en).to.equal('another halab is at work: learn cut');
    coach.press('q');
    await ended;
  });
});
