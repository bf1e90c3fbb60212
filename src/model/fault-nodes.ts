import type { FaultOn, ResolvedFault } from './scenario.js';

/** The nodes that a fault is on, in its own order. */
export function nodesOfFault<N>(fault: FaultOn<N>): readonly N[] {
  switch (fault.kind) {
    case 'partition':
      return fault.groups.flat();
    case 'ring':
      return fault.nodes;
    default:
      return [fault.node];
  }
}

/** Every node that a fault names, on it or not. */
export function nodesNamedBy<N>(fault: FaultOn<N>): readonly N[] {
  return fault.kind === 'one-way-loss' ? [fault.node, fault.from] : nodesOfFault(fault);
}

/** The same fault with its nodes told in another way. */
export function withNodes<A, B>(fault: FaultOn<A>, as: (node: A) => B): FaultOn<B> {
  switch (fault.kind) {
    case 'one-way-loss':
      return { ...fault, node: as(fault.node), from: as(fault.from) };
    case 'partition':
      return { ...fault, groups: fault.groups.map((group) => group.map(as)) };
    case 'ring':
      return { ...fault, nodes: fault.nodes.map(as) };
    default:
      return { ...fault, node: as(fault.node) };
  }
}

/** Where a fault is, in words of no language: `ha-host1`, or of a partition `ha-host1 | ha-host2, ha-host3`. */
export function placeOfFault(fault: FaultOn<string>): string {
  if (fault.kind !== 'partition') return nodesOfFault(fault).join(', ');
  return [...fault.groups.map((group) => group.join(', ')), ...(fault.rest ? ['rest'] : [])].join(' | ');
}

/** A fault in short, as messages have it: `freeze on ha-host1`. */
export function faultText(fault: ResolvedFault): string {
  return `${fault.kind} on ${placeOfFault(fault)}`;
}
