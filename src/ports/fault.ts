import { LabError } from '../model/errors.js';
import type { ActiveFault, FaultEffect } from '../model/fault-effect.js';
import type { Lab, LabInstance } from '../model/lab.js';
import type { Ability, Fault, ResolvedFault } from '../model/scenario.js';
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

/** One way to break a lab, as a run sees it; src/faults defines the kinds. */
export interface FaultDriver<F = ResolvedFault> {
  readonly kind: string;
  /** It is on the one node that it names, so that several nodes are so many faults. */
  readonly isOnOneNode: boolean;
  readonly summary: Text;
  /** What the cluster may do about it. */
  readonly expectedBehaviour: Text;
  /** Abilities that the backend must have for this fault; without parameters, for the kind as it is by default. */
  needs(fault: Readonly<Record<string, unknown>>): readonly Ability[];
  /** What it does while it is active, in this lab. */
  effect(fault: F, lab: Lab): FaultEffect;
  /** Its parameters other than nodes, in a few language-independent words; empty if there are none. */
  describe(fault: Fault): string;
  /** It is over in a moment, as a kill is, so that it may be injected again while it is in the journal. */
  readonly isMomentary?: true;
  /** Fills in what is known once roles have become nodes. Throws LabError `role-unresolved`. */
  complete?(fault: F, lab: Lab): F;
  inject(fault: F, context: FaultContext): Promise<void>;
  /** Idempotent; needs nothing but the resolved fault. */
  undo(fault: F, context: FaultContext): Promise<void>;
  /** Whether the lab itself shows the fault, on any of its nodes. */
  isActive(fault: F, context: FaultContext): Promise<boolean>;
}

/** By kind. */
export type FaultTable = Readonly<Record<string, FaultDriver>>;

/** Throws LabError `bug` for a kind that the table does not have: the journal of another release may name one. */
export function driverOf(table: FaultTable, { kind }: { readonly kind: string }): FaultDriver {
  const driver = Object.hasOwn(table, kind) ? table[kind] : undefined;
  if (driver !== undefined) return driver;
  throw new LabError('bug', `there is no fault of the kind ${kind}`, { data: { kind } });
}

/** A fault on several nodes, of a kind that is on one, is a fault on each of them. */
export function eachOf(
  { isOnOneNode }: Pick<FaultDriver, 'isOnOneNode'>,
  fault: ResolvedFault,
): readonly ResolvedFault[] {
  const { nodes, ...rest } = fault;
  return isOnOneNode && nodes !== undefined ? nodes.map((node) => ({ ...rest, node })) : [fault];
}

/** What the faults in a journal do to the lab now. */
export function activeFaults(faults: readonly ResolvedFault[], table: FaultTable, lab: Lab): readonly ActiveFault[] {
  return faults.map((fault) => ({ fault, effect: driverOf(table, fault).effect(fault, lab) }));
}
