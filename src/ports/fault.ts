import type { LabInstance } from '../model/lab.js';
import type { Ability, FaultKind, ResolvedFault } from '../model/scenario.js';
import type { Text } from '../model/text.js';
import type { Backend } from './backend.js';
import type { Clock } from './clock.js';
import type { Transport } from './transport.js';

export interface FaultContext {
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly clock: Clock;
  transport(node: string): Promise<Transport>;
}

/** One way to break a lab. `undo` is idempotent and needs nothing but the resolved fault. */
export interface FaultDriver<F extends ResolvedFault = ResolvedFault> {
  readonly kind: F['kind'];
  readonly summary: Text;
  /** What the cluster may legally do about it. */
  readonly legal: Text;
  /** Where that depends on how it is made, `needsByMeans` knows better (model/fault-needs.ts). */
  readonly needs: readonly Ability[];
  inject(fault: F, context: FaultContext): Promise<void>;
  undo(fault: F, context: FaultContext): Promise<void>;
  /** Looks at the lab itself whether the fault is in force; of several nodes, on any of them. */
  isActive(fault: F, context: FaultContext): Promise<boolean>;
}

export type FaultTable = { readonly [K in FaultKind]: FaultDriver<Extract<ResolvedFault, { kind: K }>> };
