import type { ActiveFault, FaultEffect } from '../model/fault-effect.js';
import type { Lab, LabInstance } from '../model/lab.js';
import type { Ability, Fault, FaultKind, ResolvedFault } from '../model/scenario.js';
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

type FaultOf<K> = Extract<Fault, { kind: K }>;

/** One way to break a lab. `undo` is idempotent and needs nothing but the resolved fault. */
export interface FaultDriver<F extends ResolvedFault = ResolvedFault> {
  readonly kind: F['kind'];
  readonly summary: Text;
  /** What the cluster may do about it. */
  readonly expectedBehaviour: Text;
  /** Abilities that the backend must have for this fault; without parameters, for the kind as it is by default. */
  needs(fault: Partial<F>): readonly Ability[];
  /** What it does while it is active, in this lab. */
  effect(fault: F, lab: Lab): FaultEffect;
  /** Its parameters other than nodes, in a few words of no language; empty where there is none. */
  describe(fault: FaultOf<F['kind']>): string;
  inject(fault: F, context: FaultContext): Promise<void>;
  undo(fault: F, context: FaultContext): Promise<void>;
  /** Looks at the lab itself whether the fault is in force; of several nodes, on any of them. */
  isActive(fault: F, context: FaultContext): Promise<boolean>;
}

export type FaultTable = { readonly [K in FaultKind]: FaultDriver<Extract<ResolvedFault, { kind: K }>> };

/** What the faults in a journal do to the lab now. */
export function activeFaults(faults: readonly ResolvedFault[], table: FaultTable, lab: Lab): readonly ActiveFault[] {
  return faults.map((fault) => ({ fault, effect: (table[fault.kind] as FaultDriver).effect(fault, lab) }));
}
