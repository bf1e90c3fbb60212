import type { AuditKind, Finding } from '../model/audit.js';
import type { ActiveFault } from '../model/fault-effect.js';
import type { Lab } from '../model/lab.js';
import type { ArpObservation, LabObservation, NodeObservation } from '../model/observation.js';
import type { Text } from '../model/text.js';
import type { Transport } from './transport.js';

/** What an audit judges by; nothing in it is asked for while it judges. */
export interface AuditInput {
  readonly lab: Lab;
  readonly now: LabObservation;
  /** The look before, after the step before; absent for the first one. */
  readonly before?: LabObservation;
  readonly faults: readonly ActiveFault[];
  /** Nodes whose daemons or standing the step itself changed, by its action or by what it expected. */
  readonly touched: readonly string[];
  /** Why the cluster did not become idle, if it did not. */
  readonly unsettled?: string;
}

/** One thing that must hold in every cluster, whatever was done to it. Pure: it can be judged again from what was kept. */
interface Audit {
  readonly kind: AuditKind;
  /** What holds, in a plain sentence. */
  readonly holds: Text;
  /** What it reads, in a phrase. */
  readonly reads: Text;
  /** Empty where it holds. Throws only for our own bugs. */
  judge(input: AuditInput): readonly Finding[];
}

export type AuditTable = { readonly [K in AuditKind]: Audit & { readonly kind: K } };

/** Why a cluster is not idle. */
export interface PendingActivity {
  readonly seen: string;
  /** It passes by itself within moments, or is for an audit to judge: the cluster counts as idle if it does not pass. */
  readonly mayStay: boolean;
  /** How long what may stay is given to pass, in ms at full speed; 5 s where nothing is said. */
  readonly patienceMs?: number;
}

/** What is asked of a node. */
export interface ObserveQuestion {
  /** Since when log lines and core dumps count, in a form of systemd.time(7). */
  readonly since: string;
  /** How much slower than hardware the node is. */
  readonly factor: number;
}

/** Everything that auditing takes. */
export interface Auditor {
  readonly table: AuditTable;
  /** By the controllers' and the schedulers' own word; `undefined` where the cluster is idle, or there is none. Pure. */
  pendingActivityIn(now: LabObservation, under: Pick<AuditInput, 'faults'>): PendingActivity | undefined;
  /** What a node says for itself. Throws LabError where the node cannot be asked. */
  observe(transport: Transport, question: ObserveQuestion, signal?: AbortSignal): Promise<NodeObservation>;
  /** Who answers for an address on the network of this interface. Never throws for the lab's sake. */
  askForMacs(
    transport: Transport,
    question: { readonly address: string; readonly device: string; readonly factor: number },
    signal?: AbortSignal,
  ): Promise<ArpObservation>;
}
