import type { GivenHelp } from '../../../learn/events.js';
import type { LearnSession } from '../../../learn/session.js';
import { currentOf, isThrough, type LearnState, learnStepOf, type Standing, standingOf } from '../../../learn/state.js';
import type { RunEvent } from '../../../model/event.js';
import { textIn } from '../../../model/text.js';
import { EXIT } from '../../../model/verdict.js';
import { requireInstance } from '../../../store/instances.js';
import { withInterrupt } from '../../interrupt.js';
import type { LabFlags } from '../../lab-session.js';
import { output } from '../../output.js';
import type { Settings } from '../../settings.js';
import { backendOf } from '../../wire.js';
import { currentSession } from './current.js';
import { withLearning } from './open.js';
import { finishAndKeep, progressText } from './progress.js';
import { printSession } from './show.js';

interface Done {
  readonly state: LearnState;
  readonly help?: GivenHelp;
  readonly exitCode: number;
}

/** Looks until the task has held for its time, or does not hold: 0 it is done, 1 it is not, 3 it is unknown. */
export function check(settings: Settings, flags: LabFlags): Promise<number> {
  return withSession(settings, flags, async (session) => judged(await session.check()));
}

/** Goes on from a task that is done, or has halab do its step; the exit code is that of `check` where it could not. */
export function next(settings: Settings, flags: LabFlags): Promise<number> {
  return withSession(settings, flags, async (session) => {
    const { current } = session.state();
    const state = await session.next();
    return state.current === current && !isThrough(state) ? judged(state) : { state, exitCode: EXIT.passed };
  });
}

export function answer(
  settings: Settings,
  option: string,
  flags: LabFlags & { readonly because?: string },
): Promise<number> {
  return withSession(settings, flags, async (session) => ({
    state: await session.answer(option, flags.because),
    exitCode: EXIT.passed,
  }));
}

export function hint(settings: Settings, flags: LabFlags): Promise<number> {
  return withSession(settings, flags, async (session) => ({ ...(await session.hint()), exitCode: EXIT.passed }));
}

export function solve(settings: Settings, flags: LabFlags): Promise<number> {
  return withSession(settings, flags, async (session) => judged(await session.solve()));
}

export function goTo(settings: Settings, step: string, flags: LabFlags): Promise<number> {
  return withSession(settings, flags, async (session) => ({ state: await session.goTo(step), exitCode: EXIT.passed }));
}

export function reset(settings: Settings, flags: LabFlags & { readonly all?: boolean }): Promise<number> {
  return withSession(settings, flags, async (session) => ({
    state: await session.reset(flags.all ? 'exercise' : 'step'),
    exitCode: EXIT.passed,
  }));
}

/** Looks once more, ends the session, and adds it to the student's progress; a second time it changes nothing. */
export function finish(settings: Settings, flags: LabFlags): Promise<number> {
  return withSession(settings, flags, async (session) => ({
    state: await finishAndKeep(settings, session),
    exitCode: EXIT.passed,
  }));
}

async function withSession(
  settings: Settings,
  flags: LabFlags,
  work: (session: LearnSession) => Promise<Done>,
): Promise<number> {
  const { lab, folder } = currentSession(settings, flags);
  const instance = requireInstance(settings.stateDir, lab);
  const backend = await backendOf(instance, settings);
  const { state, help, exitCode } = await withInterrupt((signal) =>
    withLearning({ settings, instance, backend, folder, signal, onEvent: noteProgress }, ({ session }) =>
      work(session),
    ),
  );
  printSession(settings, state, help);
  return exitCode;
}

const EXIT_OF: { readonly [S in Standing]: number } = {
  done: EXIT.passed,
  open: EXIT.failed,
  ahead: EXIT.failed,
  unsure: EXIT.unknown,
  holding: EXIT.unknown,
  acting: EXIT.unknown,
};

function judged(state: LearnState): Done {
  const { at } = currentOf(state);
  return { state, exitCode: EXIT_OF[standingOf(learnStepOf(state, at.step))] };
}

/** What halab does meanwhile. */
function noteProgress(event: RunEvent): void {
  const text = progressText(event);
  if (text !== undefined) output.note(textIn(text, 'en'));
}
