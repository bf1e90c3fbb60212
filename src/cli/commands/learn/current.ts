import type { LearnEvent } from '../../../learn/events.js';
import { foldLearning } from '../../../learn/fold-learning.js';
import type { LearnState } from '../../../learn/state.js';
import { LabError } from '../../../model/errors.js';
import { listInstances } from '../../../store/instances.js';
import { latestSession, putSessionsBack, type SessionFolder } from '../../../store/learning.js';
import { systemClock } from '../../../system/clock.js';
import { busyWith, checkName, type LabFlags } from '../../lab-session.js';
import type { Settings } from '../../settings.js';

/** The lab of exercises where no other is named. */
export const LEARN_LAB = 'learn';

/** The session of a lab, with its log. */
export interface CurrentSession {
  readonly lab: string;
  readonly folder: SessionFolder<LearnEvent>;
  /** As its log has it now: another process may have appended to it since the last call. */
  state(): LearnState;
}

/** The latest session of the lab that the flags mean. Throws LabError `no-session`. */
export function currentSession(settings: Settings, flags: LabFlags): CurrentSession {
  const lab = labMeant(settings, flags);
  return sessionIn(settings, lab) ?? raise(noSession(lab));
}

/** The latest session of this lab, if there was one. */
export function sessionIn(settings: Settings, lab: string): CurrentSession | undefined {
  if (busyWith(settings, lab) === undefined) putSessionsBack(settings.stateDir, lab);
  const folder = latestSession<LearnEvent>(settings.stateDir, lab, systemClock);
  if (folder === undefined || folder.log.read()[0]?.kind !== 'session-started') return undefined;
  return { lab, folder, state: () => foldLearning(folder.log.read()) };
}

/** The one that is named; or else the only one in which there is a session. */
function labMeant(settings: Settings, { name }: LabFlags): string {
  if (name !== undefined) return checkName(name);
  const labs = listInstances(settings.stateDir).filter((each) => sessionIn(settings, each) !== undefined);
  const [only = LEARN_LAB] = labs;
  if (labs.length < 2 || labs.includes(LEARN_LAB)) return labs.length < 2 ? only : LEARN_LAB;
  throw new LabError('usage', `exercises are under way in several labs: ${labs.join(', ')}`, {
    hint: '--name chooses one',
    data: { labs },
  });
}

function noSession(lab: string): LabError {
  return new LabError('no-session', `no exercise is under way in the lab ${lab}`, {
    hint: 'halab learn list shows the exercises, halab learn start ID begins one; --name chooses another lab',
    data: { lab },
  });
}

function raise(error: Error): never {
  throw error;
}
