import { LabError } from '../model/errors.js';
import { nodesNamedBy, withNodes } from '../model/fault-nodes.js';
import type { Fault, ResolvedFault, Target } from '../model/scenario.js';

/** The fault on the nodes that its roles have come to mean. Throws LabError `role-unresolved` where two mean one node. */
export function resolveFault(fault: Fault, nodes: ReadonlyMap<Target, string>): ResolvedFault {
  const resolved = withNodes(fault, (target) => nodeOf(target, nodes));
  const named = nodesNamedBy(resolved);
  const twice = named.find((node, index) => named.indexOf(node) !== index);
  if (twice === undefined) return resolved;
  throw new LabError('role-unresolved', `two roles of ${fault.kind} mean ${twice}, and each must be another node`, {
    data: { node: twice },
  });
}

function nodeOf(target: Target, nodes: ReadonlyMap<Target, string>): string {
  const node = nodes.get(target);
  if (node === undefined) throw new LabError('bug', `a target of kind ${target.kind} was not resolved`);
  return node;
}
