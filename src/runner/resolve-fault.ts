import { LabError } from '../model/errors.js';
import { nodesNamedBy, withNodes } from '../model/fault-nodes.js';
import { haNodesOf, type Lab } from '../model/lab.js';
import type { Fault, ResolvedFault, Target } from '../model/scenario.js';

/**
 * The fault on the nodes that its roles have come to mean. Throws LabError `role-unresolved` where two mean one node, or
 * no node is left for the rest.
 */
export function resolveFault(fault: Fault, nodes: ReadonlyMap<Target, string>, lab: Lab): ResolvedFault {
  const named = withNodes(fault, (target) => nodeOf(target, nodes));
  const names = nodesNamedBy(named);
  const twice = names.find((node, index) => names.indexOf(node) !== index);
  if (twice !== undefined)
    throw new LabError('role-unresolved', `two roles of ${fault.kind} mean ${twice}, and each must be another node`, {
      data: { node: twice },
    });
  return named.kind === 'partition' ? withRest(named, lab) : named;
}

function withRest(
  { rest, ...fault }: Extract<ResolvedFault, { kind: 'partition' }>,
  lab: Lab,
): Extract<ResolvedFault, { kind: 'partition' }> {
  if (rest === undefined) return fault;
  const named = fault.groups.flat();
  const left = haNodesOf(lab).flatMap(({ name }) => (named.includes(name) ? [] : [name]));
  if (left.length === 0)
    throw new LabError('role-unresolved', `rest means no node: ${named.join(', ')} are all there are`);
  return { ...fault, groups: [...fault.groups, left] };
}

function nodeOf(target: Target, nodes: ReadonlyMap<Target, string>): string {
  const node = nodes.get(target);
  if (node === undefined) throw new LabError('bug', `a target of kind ${target.kind} was not resolved`);
  return node;
}
