import type { LearnEvent } from '../../../learn/events.js';
import { foldLearning } from '../../../learn/fold-learning.js';
import { glance } from '../../../learn/glance.js';
import { createLearnSession, type LearnSession } from '../../../learn/session.js';
import type { RunEvent } from '../../../model/event.js';
import type { LabInstance } from '../../../model/lab.js';
import type { Backend } from '../../../ports/backend.js';
import type { RunSession } from '../../../runner/session.js';
import type { SessionFolder } from '../../../store/learning.js';
import { withLock } from '../../lab-session.js';
import { openOutsideRun } from '../../session-parts.js';
import type { Settings } from '../../settings.js';
import { type BaselineOfLab, openBaseline } from './baseline.js';
import { furnish } from './furnish.js';

/** A learning session in its lab. */
export interface OpenLearning {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly folder: SessionFolder<LearnEvent>;
  readonly run: RunSession;
  readonly session: LearnSession;
  readonly baseline: BaselineOfLab;
  /** Adds to the log what the lab looks like while halab is at work in it, over connections of its own. */
  glance(): Promise<void>;
}

interface LearnPlace extends Pick<OpenLearning, 'settings' | 'instance' | 'backend' | 'folder'> {
  readonly signal: AbortSignal;
  /** Receives what the runner reports while halab does a step. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** Connects to the lab for this work, and closes the connections after it. */
export async function withLearning<T>(place: LearnPlace, work: (open: OpenLearning) => Promise<T>): Promise<T> {
  const { settings, instance, backend, folder } = place;
  const run = await openOutsideRun(place);
  const baseline = furnished(openBaseline({ ...place, run }), () =>
    furnish(run, foldLearning(folder.log.read()), settings.language),
  );
  const session = createLearnSession({
    run,
    log: folder.log,
    keep: folder,
    baseline,
    exclusively: (doing, doIt) => withLock(settings, instance.name, doing, doIt),
  });
  let beside: Promise<RunSession> | undefined;
  const glanceBeside = async () => {
    beside ??= openOutsideRun({ settings, instance, backend, folder, signal: place.signal });
    await glance({ run: await beside, log: folder.log });
  };
  try {
    return await work({ settings, instance, backend, folder, run, session, baseline, glance: glanceBeside });
  } finally {
    await run.close();
    await (await beside?.catch(() => undefined))?.close();
  }
}

/** What the exercise puts on the nodes is on disks that may be replaced. */
function furnished(baseline: BaselineOfLab, furnishNodes: () => Promise<void>): BaselineOfLab {
  return {
    async ensure(setUps, onProgress) {
      await baseline.ensure(setUps, onProgress);
      await furnishNodes();
    },
    async restore(onProgress, scope) {
      await baseline.restore(onProgress, scope);
      await furnishNodes();
    },
  };
}
