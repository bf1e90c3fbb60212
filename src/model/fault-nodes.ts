import type { FaultOn, ResolvedFault } from './scenario.js';

/** The nodes that a fault is on, in its own order. */
export function nodesOfFault<N>({ node, nodes, groups }: FaultOn<N>): readonly N[] {
  return [...(node === undefined ? [] : [node]), ...(nodes ?? []), ...(groups ?? []).flat()] as readonly N[];
}

/** Every node that a fault names, on it or not. */
export function nodesNamedBy<N>(fault: FaultOn<N>): readonly N[] {
  return [...nodesOfFault(fault), ...(fault.from === undefined ? [] : [fault.from])];
}

/** The same fault with its nodes identified in another way. */
export function withNodes<A, B>(fault: FaultOn<A>, as: (node: A) => B): FaultOn<B> {
  const { node, nodes, groups, from, ...rest } = fault;
  return {
    ...rest,
    ...(node === undefined ? {} : { node: as(node) }),
    ...(nodes === undefined ? {} : { nodes: nodes.map(as) }),
    ...(groups === undefined ? {} : { groups: groups.map((group) => group.map(as)) }),
    ...(from === undefined ? {} : { from: as(from) }),
    kind: fault.kind,
  };
}

/** Where a fault is, independent of language: `ha-host1`, or of groups `ha-host1 | ha-host2, ha-host3`. */
export function placeOfFault(fault: FaultOn<string>): string {
  const { groups, rest } = fault;
  if (groups === undefined) return nodesOfFault(fault).join(', ');
  return [...groups.map((group) => group.join(', ')), ...(rest ? ['rest'] : [])].join(' | ');
}

/** A fault in short, for messages: `freeze on ha-host1`. */
export function faultText(fault: ResolvedFault): string {
  return `${fault.kind} on ${placeOfFault(fault)}`;
}

/** The same kind on the same nodes with the same parameters, in whatever order these are written. */
export function isSameFault(one: ResolvedFault, other: ResolvedFault): boolean {
  return canonical(one) === canonical(other);
}

function canonical(fault: ResolvedFault): string {
  return JSON.stringify(Object.entries(fault).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
