import { FAULTS } from '../../src/faults/index.js';
import { withNodes } from '../../src/model/fault-nodes.js';
import type { Lab } from '../../src/model/lab.js';
import type { Fault, ResolvedFault } from '../../src/model/scenario.js';
import { driverOf } from '../../src/ports/fault.js';

/** A fault that names nodes and no roles, as a run would complete it. */
export function onNamedNodes(fault: Fault, lab: Lab): ResolvedFault {
  const named = withNodes(fault, (target) => {
    if (target.kind === 'node') return target.name;
    throw new Error(`${target.kind} is a role`);
  });
  return driverOf(FAULTS, named).complete?.(named, lab) ?? named;
}
