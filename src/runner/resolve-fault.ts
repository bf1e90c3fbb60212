import { LabError } from '../model/errors.js';
import { nodesNamedBy, withNodes } from '../model/fault-nodes.js';
import type { Lab } from '../model/lab.js';
import type { Fault, ResolvedFault, Target } from '../model/scenario.js';
import { driverOf, type FaultTable } from '../ports/fault.js';

/**
 * The fault on the nodes that its roles have come to mean. Throws LabError `role-unresolved` where two mean one node, or
 * no node is left for the rest.
 */
export function resolveFault(
  fault: Fault,
  nodes: ReadonlyMap<Target, string>,
  table: FaultTable,
  lab: Lab,
): ResolvedFault {
  const named = withNodes(fault, (target) => nodeOf(target, nodes));
  const names = nodesNamedBy(named);
  const twice = names.find((node, index) => names.indexOf(node) !== index);
  if (twice !== undefined)
    throw new LabError('role-unresolved', `two roles of ${fault.kind} mean ${twice}, and each must be another node`, {
      data: { node: twice },
    });
  return driverOf(table, fault).complete?.(named, lab) ?? named;
}

function nodeOf(target: Target, nodes: ReadonlyMap<Target, string>): string {
  const node = nodes.get(target);
  if (node === undefined) throw new LabError('bug', `a target of kind ${target.kind} was not resolved`);
  return node;
}
