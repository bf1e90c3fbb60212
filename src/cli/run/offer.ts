import { FAULTS } from '../../faults/index.js';
import { haNodesOf, type LabInstance } from '../../model/lab.js';
import { abilitiesOf, type Backend, reasonsOf } from '../../ports/backend.js';
import type { Offer } from '../../runner/plan.js';

/** What a plan for this lab can reckon with. */
export function offerOf(instance: LabInstance, backend: Backend): Offer {
  return {
    lab: instance.lab.name,
    backend: backend.name,
    abilities: abilitiesOf(backend, instance),
    reasons: reasonsOf(backend, instance),
    haNodes: haNodesOf(instance.lab).length,
    faults: FAULTS,
  };
}
