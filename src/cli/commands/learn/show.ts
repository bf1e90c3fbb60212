import type { GivenHelp } from '../../../learn/events.js';
import { sessionViewOf } from '../../../learn/session-view.js';
import type { LearnState } from '../../../learn/state.js';
import { EXIT } from '../../../model/verdict.js';
import { systemClock } from '../../../system/clock.js';
import type { LabFlags } from '../../lab-session.js';
import { output, terminalPage } from '../../output.js';
import type { Settings } from '../../settings.js';
import { currentSession } from './current.js';
import { pageOf } from './page.js';

/** Where the session stands, without a look at the cluster. */
export function show(settings: Settings, flags: LabFlags): number {
  printSession(settings, currentSession(settings, flags).state());
  return EXIT.passed;
}

export function printSession(settings: Settings, state: LearnState, help?: GivenHelp): void {
  if (settings.json) output.answer('learn-session', sessionViewOf(state, help));
  else output.line(pageOf(state, { ...terminalPage(settings.language), now: systemClock.now() }, help).join('\n'));
}
