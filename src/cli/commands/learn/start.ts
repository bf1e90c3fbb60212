import type { ForStudent } from '../../../config/vary.js';
import type { LearnEvent } from '../../../learn/events.js';
import { LabError, messageOf } from '../../../model/errors.js';
import { loadInstance } from '../../../store/instances.js';
import { createSessionFolder, type SessionFolder } from '../../../store/learning.js';
import { systemClock } from '../../../system/clock.js';
import { withInterrupt } from '../../interrupt.js';
import { checkName, type LabFlags, remember, withLock } from '../../lab-session.js';
import { output, stopwatch } from '../../output.js';
import { requireMachine } from '../../preflight.js';
import type { Settings } from '../../settings.js';
import { isInteractive } from '../../terminal.js';
import { type CurrentSession, LEARN_LAB, sessionIn } from './current.js';
import { type ExerciseInLab, exerciseInLab } from './exercises.js';
import { type OpenLearning, withLearning } from './open.js';
import { show } from './show.js';

export interface StartFlags extends LabFlags {
  readonly student?: string;
  readonly seed?: string;
  /** Opens a shell on each node beside the screen. */
  readonly shells?: boolean;
  readonly exam?: boolean;
  readonly recordCommands?: boolean;
}

/**
 * Brings the lab to where the exercise begins, and begins it; or goes on with it where it is under way already. With a terminal
 * the coach takes over from there.
 */
export async function start(settings: Settings, id: string, flags: StartFlags): Promise<number> {
  const name = checkName(flags.name ?? LEARN_LAB);
  if (flags.shells === true && !isInteractive(settings))
    throw new LabError('usage', '--shells opens a screen, and stdin and stdout are not a terminal', {
      hint: 'run it in a terminal, or leave --shells out',
    });
  const before = sessionIn(settings, name);
  requireOwn(settings, name, before, flags);
  const found = await exerciseInLab(settings, id, { ...flags, name }, variantOf(flags));
  const goesOn = before !== undefined && isUnderWay(before, found);
  if (goesOn) requireSameTerms(before, flags);
  await requireMachine(found.backend, found.instance);
  if (!goesOn)
    await withInterrupt(async (signal) => {
      remember(settings, found.instance);
      const folder = newSession(settings, found, flags);
      const { instance, backend } = found;
      const elapsed = stopwatch();
      await withLearning({ settings, instance, backend, folder, signal }, (open) =>
        prepare(open, found, (text) => output.note(`[${elapsed()}] ${text}`)),
      );
    });
  if (isInteractive(settings)) return (await import('./coach.js')).coach(settings, { ...flags, name });
  return show(settings, { name });
}

/** Without a name and a seed, everybody gets the exercise as its author has it. */
function variantOf({ student, seed }: StartFlags): ForStudent | undefined {
  if (student === undefined && seed === undefined) return undefined;
  return { seed: seed ?? '', student: student ?? '' };
}

/** A session of this exercise, with nothing done in it yet. */
export function newSession(
  settings: Settings,
  { instance, scenario }: ExerciseInLab,
  flags: Omit<StartFlags, keyof LabFlags>,
) {
  const place = { stateDir: settings.stateDir, lab: instance.name, exercise: scenario.id };
  const folder: SessionFolder<LearnEvent> = createSessionFolder(place, systemClock);
  const { student, seed, exam, recordCommands } = flags;
  folder.log.append({
    kind: 'session-started',
    session: folder.id,
    lab: instance.name,
    scenario,
    ...(student === undefined ? {} : { student }),
    ...(seed === undefined ? {} : { seed }),
    ...(exam ? { exam: { minutes: scenario.exercise.minutes } } : {}),
    ...(recordCommands ? { records: true } : {}),
  });
  return folder;
}

/** Brings the lab to where the exercise begins, and begins it. */
export async function prepare(
  { settings, folder, session, baseline }: OpenLearning,
  found: ExerciseInLab,
  note: (text: string) => void,
): Promise<void> {
  const report = (text: string) => {
    folder.log.append({ kind: 'preparation-progress', text });
    note(text);
  };
  folder.log.append({ kind: 'preparation-started', purpose: 'start' });
  try {
    await withLock(settings, found.instance.name, `learn start ${found.scenario.id}`, () =>
      baseline.ensure(found.setUps, report),
    );
  } catch (error) {
    folder.log.append({ kind: 'preparation-finished', problem: messageOf(error) });
    throw error;
  }
  folder.log.append({ kind: 'preparation-finished' });
  await session.begin();
}

/** The same exercise for the same student, not finished: it goes on where it was. */
function isUnderWay(before: CurrentSession, { scenario }: ExerciseInLab): boolean {
  const { scenario: current, finishedAt, problem, preparing } = before.state();
  return current.id === scenario.id && [finishedAt, problem, preparing].every((each) => each === undefined);
}

/** What holds for a whole session cannot begin in its middle. */
export function requireSameTerms({ state, lab }: CurrentSession, { exam, recordCommands }: StartFlags): void {
  const { exam: clock, records, scenario } = state();
  const option =
    exam === true && clock === undefined
      ? '--exam'
      : recordCommands === true && records !== true
        ? '--record-commands'
        : undefined;
  if (option === undefined) return;
  throw new LabError('usage', `the exercise ${scenario.id} in the lab ${lab} was begun without ${option}`, {
    hint: `leave ${option} out to go on with it; after halab learn finish it may be begun with ${option}`,
    data: { lab },
  });
}

/** A lab that somebody works in, or that stands for something else, is not recreated. */
function requireOwn(settings: Settings, name: string, before: CurrentSession | undefined, flags: StartFlags): void {
  const hint = 'another --name makes a lab of its own for this exercise';
  if (before === undefined && loadInstance(settings.stateDir, name) !== undefined)
    throw new LabError(
      'lab-already-up',
      `${name} is a lab in which no exercise was begun, and an exercise begins with a lab of its own`,
      {
        hint,
        data: { name },
      },
    );
  const { student, finishedAt } = before?.state() ?? {};
  if (before === undefined || finishedAt !== undefined || student === flags.student) return;
  const whose = student === undefined ? 'somebody who gave no name' : student;
  throw new LabError('lab-busy', `the exercise in the lab ${name} is that of ${whose}`, {
    hint: student === undefined ? hint : `${hint}; --student ${student} goes on with it`,
    data: { name, student },
  });
}
