import { createCibSnapshots } from '../../../cluster/cib/snapshots.js';
import type { LearnEvent } from '../../../learn/events.js';
import { createLearnSession, type LearnSession } from '../../../learn/session.js';
import { LabError } from '../../../model/errors.js';
import type { RunEvent } from '../../../model/event.js';
import type { LabInstance } from '../../../model/lab.js';
import type { Backend } from '../../../ports/backend.js';
import type { Isolating } from '../../../ports/isolation.js';
import type { RunFolder } from '../../../ports/store.js';
import { createRunSession } from '../../../runner/create-session.js';
import type { RunSession } from '../../../runner/session.js';
import { haclusterPassword } from '../../../store/instances.js';
import type { SessionFolder } from '../../../store/learning.js';
import { systemClock } from '../../../system/clock.js';
import { auditor } from '../../auditor.js';
import { withLock } from '../../lab-session.js';
import { slownessNow } from '../../preflight.js';
import { createRandom } from '../../run/request.js';
import { sessionParts } from '../../session-parts.js';
import type { Settings } from '../../settings.js';
import { type BaselineOfLab, openBaseline } from './baseline.js';

/** A learning session in its lab. */
export interface OpenLearning {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly folder: SessionFolder<LearnEvent>;
  readonly run: RunSession;
  readonly session: LearnSession;
  readonly baseline: BaselineOfLab;
}

interface LearnPlace extends Pick<OpenLearning, 'settings' | 'instance' | 'backend' | 'folder'> {
  readonly signal: AbortSignal;
  /** Receives what the runner reports while halab does a step. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** Connects to the lab for this work, and closes the connections after it. */
export async function withLearning<T>(place: LearnPlace, work: (open: OpenLearning) => Promise<T>): Promise<T> {
  const { settings, instance, backend, folder } = place;
  const run = await openRun(place);
  const baseline = openBaseline({ ...place, run });
  const session = createLearnSession({
    run,
    log: folder.log,
    keep: folder,
    baseline,
    exclusively: (doing, doIt) => withLock(settings, instance.name, doing, doIt),
  });
  try {
    return await work({ settings, instance, backend, folder, run, session, baseline });
  } finally {
    await run.close();
  }
}

async function openRun({ settings, instance, backend, folder, signal, onEvent }: LearnPlace): Promise<RunSession> {
  const slowness = await slownessNow(backend, instance);
  return createRunSession({
    ...sessionParts(settings, instance),
    instance,
    backend,
    auditor,
    isolating: isolating(),
    isNewLab: false,
    folder: runFolderOf(folder),
    haclusterPassword: haclusterPassword(settings.stateDir, instance),
    slowness: () => slowness,
    random: createRandom(Date.now()),
    emit: onEvent ?? (() => undefined),
    signal,
  });
}

/** Recreating a lab is for its baseline to do. */
function isolating(): Isolating {
  return {
    snapshots: createCibSnapshots(),
    auditor,
    keepEvidence: async () => undefined,
    async remake() {
      throw new LabError('bug', 'a learning session does not recreate its lab in isolation');
    },
  };
}

/** Evidence goes to the session's folder; what happened is in its own log. */
function runFolderOf({ id, path, write }: SessionFolder<LearnEvent>): RunFolder {
  const startedMs = systemClock.monotonicMs();
  let seq = 0;
  return {
    id,
    path,
    startedMs,
    append: (event) => ({ ...event, seq: seq++, at: systemClock.now(), ms: systemClock.monotonicMs() - startedMs }),
    write,
    close: () => undefined,
  };
}
