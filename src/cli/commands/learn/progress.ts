import { told } from '../../../learn/paragraphs.js';
import { scoreOf } from '../../../learn/score.js';
import type { LearnSession } from '../../../learn/session.js';
import type { LearnState } from '../../../learn/state.js';
import { message } from '../../../messages/message.js';
import type { RunEvent } from '../../../model/event.js';
import { faultText } from '../../../model/fault-nodes.js';
import type { Text } from '../../../model/text.js';
import { openProgress } from '../../../store/learning.js';
import { systemClock } from '../../../system/clock.js';
import type { Settings } from '../../settings.js';

/** One exercise that a student has finished, as a line of their progress. */
export interface Progress {
  readonly exercise: string;
  readonly session: string;
  readonly lab: string;
  readonly got: number;
  readonly of: number;
  readonly spentMs: number;
}

/** Adds a finished session to what its student has done. */
export function keepProgress(stateDir: string, { student, scenario, session, lab, steps }: LearnState): void {
  const spentMs = steps.reduce((sum, step) => sum + step.spentMs, 0);
  openProgress<Progress>(stateDir, student, systemClock).append({
    exercise: scenario.id,
    session,
    lab,
    ...scoreOf({ steps }),
    spentMs,
  });
}

/** Looks once more, ends the session, and adds it to what its student has done, unless that was done before. */
export async function finishAndKeep({ stateDir }: Settings, session: LearnSession): Promise<LearnState> {
  const isNew = session.state().finishedAt === undefined;
  const state = await session.finish();
  if (isNew) keepProgress(stateDir, state);
  return state;
}

/** What halab does while it is at a step; undefined for what a student need not know. */
export function progressText(event: RunEvent): Text | undefined {
  if (event.kind === 'step-waiting') return message('coach.waits', { seen: told(event.seen) });
  if (event.kind === 'fault-injected') return message('coach.in-force', { fault: told(faultText(event.fault)) });
  if (event.kind === 'fault-healed') return message('coach.undone', { fault: told(faultText(event.fault)) });
  if (event.kind === 'command-finished')
    return message('learn.typed-on', { node: event.node, line: event.argv.at(-1) ?? '' });
  return undefined;
}
