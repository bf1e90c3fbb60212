import type { Lab } from '../model/lab.js';
import { type Ability, CABLE_MEANS, type Fault } from '../model/scenario.js';
import type { RawFault } from './fault-schema.js';
import { parseTarget } from './target.js';
import { fillWords } from './words.js';

export function faultFromRaw(raw: RawFault, lab: Lab): Fault {
  const node = parseTarget(raw.node);
  switch (raw.kind) {
    case 'link-down':
      return { ...raw, node, by: raw.by ?? 'admin' };
    case 'one-way-loss':
      return { ...raw, node, from: parseTarget(raw.from) };
    case 'address-gone':
      return { ...raw, node, address: fillWords(raw.address, lab) };
    default:
      return { ...raw, node };
  }
}

/** What the backend must be able to do for it; what goes through the way into a node needs nothing. */
export function abilitiesFor(fault: Pick<RawFault, 'kind'> & { readonly by?: string | undefined }): readonly Ability[] {
  switch (fault.kind) {
    case 'link-down':
      return (CABLE_MEANS as readonly string[]).includes(fault.by ?? 'admin') ? ['links'] : [];
    case 'power-off':
      return ['power'];
    case 'freeze':
      return ['pause'];
    case 'target-stop':
    case 'initiator-cut':
      return ['shared-storage'];
    case 'lun-fault':
      return ['lun-faults'];
    default:
      return [];
  }
}
