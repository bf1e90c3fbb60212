import { nodesNamedBy } from './fault-nodes.js';
import type { ResolvedFault } from './scenario.js';

/**
 * What a fault does while it is active, in terms that do not name its kind. Audits, outages and the list of touched
 * nodes are judged by this record only; a kind cannot be defined without it, because a fact left out is a wrong verdict.
 */
export interface FaultEffect {
  /** `halted`: nothing runs there, not even the journal. `loses-daemons`: daemons of the stack end, halt or start again. */
  readonly node: 'runs' | 'halted' | 'loses-daemons';
  /** Each node that the fault names can still stop its resources and leave the cluster in order. */
  readonly stopsInOrder: boolean;
  /** It is in the network between nodes and does not change any node. */
  readonly isBetweenNodes: boolean;
  readonly connectivity: Connectivity;
  readonly breaks: Breakage;
}

/** Whether nodes still exchange cluster traffic. */
export type Connectivity =
  | { readonly kind: 'kept' }
  /** `some`: each of the nodes still receives from a part of the others. */
  | { readonly kind: 'lost'; readonly nodes: readonly string[]; readonly from: 'all' | 'some' }
  /** Kept within each group, lost between them. */
  | { readonly kind: 'partitioned'; readonly groups: readonly (readonly string[])[] };

/** What else goes wrong on the node of the fault. */
export type Breakage =
  | { readonly kind: 'nothing' }
  /** The node no longer has this address, whatever the cluster believes. */
  | { readonly kind: 'address'; readonly address: string }
  | {
      readonly kind: 'operation';
      readonly resource: string;
      readonly operation: 'monitor' | 'start' | 'stop' | 'promote' | 'demote';
    }
  /** The cluster counts failures that never happened. */
  | { readonly kind: 'fail-count'; readonly resource: string }
  | { readonly kind: 'process'; readonly process: string }
  | { readonly kind: 'full-path'; readonly path: string }
  | { readonly kind: 'management-controller' }
  /** It cannot reach the power controllers of any node. */
  | { readonly kind: 'way-to-controllers' }
  | { readonly kind: 'membership'; readonly condition: 'standby' | 'maintenance' };

export const KEPT: Connectivity = { kind: 'kept' };
export const NOTHING: Breakage = { kind: 'nothing' };

/** A fault that has been injected and not undone. */
export interface ActiveFault {
  readonly fault: ResolvedFault;
  readonly effect: FaultEffect;
}

/** It names the node, as a node that it is on or as the one that is no longer received. */
export function concerns({ fault }: ActiveFault, node: string): boolean {
  return nodesNamedBy(fault).includes(node);
}
