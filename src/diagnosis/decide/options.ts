import { CLUSTER, item, type Meaning } from '../meaning.js';
import type { Situation } from '../situation.js';

/** Settings of the whole cluster that hold everything back, or take a safety away. */
export function optionItems({ state: { options } }: Situation): readonly Meaning[] {
  const items: Meaning[] = [];
  if (options.stopAllResources === true) items.push(item('stop-all-resources', 'problem', CLUSTER, {}));
  if (options.maintenanceMode === true) items.push(item('maintenance-mode', 'warning', CLUSTER, {}));
  if (options.stonithEnabled === false) items.push(item('stonith-disabled', 'warning', CLUSTER, {}));
  if (options.noQuorumPolicy === 'ignore')
    items.push(item('quorum-ignored', 'warning', CLUSTER, { policy: options.noQuorumPolicy }));
  if (options.symmetric === false) items.push(item('asymmetric', 'note', CLUSTER, {}));
  return items;
}
