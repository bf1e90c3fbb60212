import type { RawStep } from '../config/scenario-schema.js';
import type { Scene } from '../faults/walk/scene.js';
import { message } from '../messages/message.js';
import { asBefore, SETTLE, WHOLE_WITHIN } from './steps.js';

/** So many failures on a node are enough for a resource to leave it. */
const THRESHOLD = 3;

/**
 * What a walk does before its first fault, whichever faults are left of it: without a migration-threshold a resource whose
 * monitors fail is started again without a pause, and the cluster never becomes idle.
 */
export function groundSteps(scene: Scene): readonly RawStep[] {
  const { kinds, resources } = scene;
  if (!kinds.includes('monitor-fail') || resources.length === 0) return [];
  const commands = resources.map(({ id }) => `pcs resource meta ${id} migration-threshold=${THRESHOLD}`);
  return [
    {
      id: 'threshold',
      title: message('walk.threshold', { failures: THRESHOLD }),
      run: { on: '{dc}', argv: ['sh', '-c', commands.join(' && ')] },
      expect: asBefore(scene, []),
      within: WHOLE_WITHIN,
      settle: SETTLE,
    },
  ];
}
