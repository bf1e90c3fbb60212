import { type Ability, CABLE_MEANS, type FaultOn } from './scenario.js';
import { needsNetem } from './shaping.js';

/** What a fault needs of the backend, where that depends on how it is made; undefined where its kind tells. */
export function needsByMeans(fault: FaultOn<unknown>): readonly Ability[] | undefined {
  switch (fault.kind) {
    case 'link-down':
      return (CABLE_MEANS as readonly string[]).includes(fault.by) ? ['links'] : [];
    case 'shape':
      return needsNetem(fault) ? ['netem'] : [];
    default:
      return undefined;
  }
}
