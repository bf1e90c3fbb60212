import { type Breakage, type Connectivity, type FaultEffect, KEPT, NOTHING } from '../model/fault-effect.js';

/** The node runs, and its resources can stop in order; `breaks` is all that goes wrong. */
export function breaksOnly(breaks: Breakage): FaultEffect {
  return { node: 'runs', stopsInOrder: true, isBetweenNodes: false, connectivity: KEPT, breaks };
}

/** The node runs, but a resource may not stop there. */
export function hindersStops(breaks: Breakage): FaultEffect {
  return { ...breaksOnly(breaks), stopsInOrder: false };
}

/** Nothing runs on the node any more. */
export function halts(node: string): FaultEffect {
  const connectivity: Connectivity = { kind: 'lost', nodes: [node], from: 'all' };
  return { ...hindersStops(NOTHING), node: 'halted', connectivity };
}

/** Daemons of the stack end or halt; `in order`: after they have stopped their resources. */
export function losesDaemons(how: 'in order' | 'abruptly', connectivity: Connectivity): FaultEffect {
  return { ...breaksOnly(NOTHING), node: 'loses-daemons', stopsInOrder: how === 'in order', connectivity };
}

/** At the links of a node that runs. */
export function cutsLinks(connectivity: Connectivity): FaultEffect {
  return { ...hindersStops(NOTHING), connectivity };
}

/** In the network between nodes that run. */
export function cutsBetween(connectivity: Connectivity): FaultEffect {
  return { ...cutsLinks(connectivity), isBetweenNodes: true };
}
