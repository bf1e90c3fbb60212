import type { LearnEvent } from '../../../learn/events.js';
import { foldLearning, type LearnState } from '../../../learn/state.js';
import { LabError } from '../../../model/errors.js';
import { latestSession, type SessionFolder } from '../../../store/learning.js';
import { systemClock } from '../../../system/clock.js';
import { type LabFlags, nameFromFlags } from '../../lab-session.js';
import type { Settings } from '../../settings.js';

/** The session of a lab, with its log. */
interface OpenSession {
  readonly lab: string;
  readonly folder: SessionFolder<LearnEvent>;
  /** As its log has it now: another process may have appended to it since the last call. */
  state(): LearnState;
}

/** The latest session of the lab that the flags mean. Throws LabError `no-session`. */
export function currentSession(settings: Settings, flags: LabFlags): OpenSession {
  const lab = nameFromFlags(settings, flags);
  const folder = latestSession<LearnEvent>(settings.stateDir, lab, systemClock);
  if (folder === undefined || folder.log.read().length === 0) throw noSession(lab);
  return { lab, folder, state: () => foldLearning(folder.log.read()) };
}

function noSession(lab: string): LabError {
  return new LabError('no-session', `no exercise is under way in the lab ${lab}`, {
    hint: 'halab learn list shows the exercises, halab learn start ID begins one; --name chooses another lab',
    data: { lab },
  });
}
