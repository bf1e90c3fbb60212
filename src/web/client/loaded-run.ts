import type { RunData } from '../../report/page-data.js';
import { apply, INITIAL, type RunState } from '../../report/state.js';
import { clusterLogOf } from '../cluster-log.js';
import type { RunClock, StoredLog } from '../log-lines.js';
import { changesOf } from '../moment.js';
import { type Picture, pictureOf } from '../picture.js';
import { decisionsIn, type PlacedDecision } from '../scheduler.js';
import { runClockOf, storedLogsIn } from '../stored-logs.js';

/** A run, folded once; the page never changes it. Times on the run's own clock. */
export interface LoadedRun {
  readonly state: RunState;
  readonly picture: Picture;
  /** What the scheduler decided, as far as its inputs were stored. */
  readonly decisions: readonly PlacedDecision[];
  /** Where the arrow keys go. */
  readonly changes: readonly number[];
  readonly clock: RunClock;
  readonly logs: readonly StoredLog[];
}

export function loadRun({ events, files }: RunData): LoadedRun {
  const [state, clock, logs] = [events.reduce(apply, INITIAL), runClockOf(events), storedLogsIn(files)];
  const picture = pictureOf(state, clusterLogOf(logs, clock));
  const decisions = decisionsIn(files, clock);
  const changes = changesOf(
    picture,
    decisions.map(({ atMs }) => atMs),
  );
  return { state, picture, decisions, changes, clock, logs };
}
