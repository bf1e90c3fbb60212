import type { FaultOn, ResolvedFault } from './scenario.js';

/** The nodes that a fault is on, in its own order, each once: where it is made, and undone. */
export function nodesOfFault<N>(fault: FaultOn<N>): readonly N[] {
  switch (fault.kind) {
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
    default:
      return { ...fault, node: as(fault.node) };
  }
}

/** Where a fault is, in the words of every language: `ha-host1`. */
export function placeOfFault(fault: ResolvedFault): string {
  return nodesOfFault(fault).join(', ');
}

/** A fault in short, as messages have it: `freeze on ha-host1`. */
export function faultText(fault: ResolvedFault): string {
  return `${fault.kind} on ${placeOfFault(fault)}`;
}
