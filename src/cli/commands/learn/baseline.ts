import { createCibBaseline } from '../../../learn/baseline.js';
import type { Baseline } from '../../../learn/session.js';
import { LabError } from '../../../model/errors.js';
import type { Scenario } from '../../../model/scenario.js';
import { type BaselineRequest, bringToSetUps, knownState } from '../../baselines.js';

/** The state of a lab that its set-ups leave it in. */
export interface BaselineOfLab extends Baseline {
  /** Brings the lab to the state after these set-ups, from whatever there is of it. */
  ensure(setUps: readonly Scenario[], onProgress: (text: string) => void): Promise<void>;
}

export function openBaseline(request: BaselineRequest): BaselineOfLab {
  const { settings, instance, backend, run } = request;
  const stored = () => knownState(settings, instance.name);
  const { isolating } = run.deps;
  if (isolating === undefined) throw new LabError('bug', 'a session without snapshots of the CIB has no baseline');
  const cib = createCibBaseline(run, isolating, stored, (onProgress) =>
    bringToSetUps(request, stored()?.setUps ?? [], onProgress),
  );

  return {
    async ensure(setUps, onProgress) {
      const before = stored();
      const isSame = before !== undefined && JSON.stringify(before.setUps) === JSON.stringify(setUps);
      const { state } = await backend.status(instance);
      if (!isSame || state !== 'up') return bringToSetUps(request, setUps, onProgress);
      return cib.restore(onProgress);
    },
    restore(onProgress, scope) {
      // Without saved states a lab is made again, which takes long for a reset.
      if (scope === 'exercise' && backend.baselines !== undefined)
        return bringToSetUps(request, stored()?.setUps ?? [], onProgress);
      return cib.restore(onProgress);
    },
  };
}
