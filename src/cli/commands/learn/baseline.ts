import { createCibBaseline, snapshotText } from '../../../learn/baseline.js';
import type { Baseline } from '../../../learn/session.js';
import { playSetUps } from '../../../learn/set-ups.js';
import { isLabError, LabError } from '../../../model/errors.js';
import type { LabInstance } from '../../../model/lab.js';
import type { Scenario } from '../../../model/scenario.js';
import type { Backend } from '../../../ports/backend.js';
import { takeSnapshot, untilSettled } from '../../../runner/restore.js';
import type { RunSession } from '../../../runner/session.js';
import {
  haclusterPassword,
  keepHaclusterPassword,
  loadBaseline,
  removeBaseline,
  saveBaseline,
} from '../../../store/instances.js';
import { keepSessionsAside, putSessionsBack } from '../../../store/learning.js';
import { remember } from '../../lab-session.js';
import type { Settings } from '../../settings.js';

/** The state of a lab that its set-ups leave it in. */
export interface BaselineOfLab extends Baseline {
  /** Brings the lab to the state after these set-ups, from whatever there is of it. */
  ensure(setUps: readonly Scenario[], onProgress: (text: string) => void): Promise<void>;
}

interface BaselineRequest {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly run: RunSession;
  readonly signal: AbortSignal;
}

interface Stored {
  readonly setUps: readonly Scenario[];
  /** Absent where no cluster ran after them. */
  readonly snapshot?: string;
}

export function openBaseline({ settings, instance, backend, run, signal }: BaselineRequest): BaselineOfLab {
  const { stateDir } = settings;
  const stored = () => loadBaseline<Stored>(stateDir, instance.name);
  const { isolating } = run.deps;
  if (isolating === undefined) throw new LabError('bug', 'a session without snapshots of the CIB has no baseline');

  async function make(setUps: readonly Scenario[], onProgress: (text: string) => void): Promise<void> {
    removeBaseline(stateDir, instance.name);
    remember(settings, instance);
    await backend.up(instance, { signal, onProgress: ({ text }) => onProgress(text) });
    run.beginLab();
    await playSetUps(run, setUps, onProgress);
    saveBaseline(stateDir, instance.name, { setUps, ...(await snapshotNow()) } satisfies Stored);
  }

  async function snapshotNow(): Promise<Pick<Stored, 'snapshot'>> {
    if (isolating === undefined) return {};
    try {
      await untilSettled(run, isolating);
      return { snapshot: snapshotText(await takeSnapshot(run, isolating)) };
    } catch (error) {
      if (!isLabError(error) || signal.aborted) throw error;
      return {};
    }
  }

  /** The sessions of the lab outlive it, and its password stays: somebody may have noted it. */
  async function remake(setUps: readonly Scenario[], onProgress: (text: string) => void): Promise<void> {
    const password = haclusterPassword(stateDir, instance);
    keepSessionsAside(stateDir, instance.name);
    try {
      await backend.down(instance.name);
      remember(settings, instance);
      keepHaclusterPassword(stateDir, instance, password);
    } finally {
      putSessionsBack(stateDir, instance.name);
    }
    await make(setUps, onProgress);
  }

  const cib = createCibBaseline(
    run,
    isolating,
    () => stored()?.snapshot,
    (onProgress) => remake(stored()?.setUps ?? [], onProgress),
  );

  return {
    async ensure(setUps, onProgress) {
      const before = stored();
      const isSame = before !== undefined && JSON.stringify(before.setUps) === JSON.stringify(setUps);
      const { state } = await backend.status(instance);
      if (state === 'absent') return make(setUps, onProgress);
      if (!isSame || state !== 'up') return remake(setUps, onProgress);
      return cib.restore(onProgress);
    },
    restore: cib.restore,
  };
}
