import { CONTROLLER_FAILURES } from '../../model/fencing.js';
import type { RowOf } from '../row.js';
import { isRole } from '../whom.js';
import { mayBreak } from './excuses.js';

/** Where nobody fences it is nothing to the cluster. Beside it a node that has to be fenced cannot be, or only seems to be. */
export const controllerFailRow: RowOf<'controller-fail'> = {
  weight: 6,
  draw({ scene, chance, on }) {
    const node = chance.one(on.filter((each) => !isRole(each)));
    const how = chance.one(CONTROLLER_FAILURES);
    return scene.isFencing && node && how ? { kind: 'controller-fail', node, how } : undefined;
  },
  costs: () => 0,
  holdsBack: true,
  healed: ({ node }) =>
    mayBreak('no-failures', [`fence-${node}`], {
      en: 'A monitor of the fence device that was under way may still fail.',
      zh: '正在进行的隔离设备 monitor 仍可能失败。',
    }),
  mend: () => 'cleanup',
  holdS: 10,
};
