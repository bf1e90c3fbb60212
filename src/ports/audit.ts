import type { AuditKind, Finding } from '../model/audit.js';
import type { ActiveFault } from '../model/fault-effect.js';
import type { Lab } from '../model/lab.js';
import type { ArpObservation, DeviceObservation, LabObservation, NodeObservation } from '../model/observation.js';
import type { Text } from '../model/text.js';
import type { Transport } from './transport.js';

/** What an audit judges; all of it has been observed before. */
export interface AuditInput {
  readonly lab: Lab;
  readonly now: LabObservation;
  /** The previous observation, after the previous step; absent for the first one. */
  readonly before?: LabObservation;
  readonly faults: readonly ActiveFault[];
  /** Nodes whose daemons or membership the step itself changed, by its action or its expectations. */
  readonly touched: readonly string[];
  /** Why the cluster did not become idle, if it did not. */
  readonly unsettled?: string;
}

/** One thing that must hold in every cluster, whatever was done to it. Pure: stored observations can be judged again. */
interface Audit {
  readonly kind: AuditKind;
  /** What holds, in a plain sentence. */
  readonly holds: Text;
  /** What it observes, in a phrase. */
  readonly reads: Text;
  /** Empty if it holds. Throws only for halab's own bugs. */
  judge(input: AuditInput): readonly Finding[];
}

export type AuditTable = { readonly [K in AuditKind]: Audit & { readonly kind: K } };

/** Why a cluster is not idle. */
export interface PendingActivity {
  readonly seen: string;
  /** It ends by itself within moments or is for an audit to judge: the cluster counts as idle even if it does not end. */
  readonly mayStay: boolean;
  /** How long to wait for it to end if it may stay, in ms at full speed; default 5 s. */
  readonly patienceMs?: number;
}

/** The parameters of an observation. */
export interface ObserveQuestion {
  /** Since when log lines and core dumps count, in a form of systemd.time(7). */
  readonly since: string;
  /** How much slower than hardware the node is. */
  readonly factor: number;
}

/** Everything that auditing takes. */
export interface Auditor {
  readonly table: AuditTable;
  /** Reads what the controllers and schedulers report; `undefined` if the cluster is idle or does not exist. Pure. */
  pendingActivityIn(now: LabObservation, under: Pick<AuditInput, 'faults'>): PendingActivity | undefined;
  /** Reads a node's self-reported state. Throws LabError if the node cannot be reached. */
  observe(transport: Transport, question: ObserveQuestion, signal?: AbortSignal): Promise<NodeObservation>;
  /** Reads what a quorum device reports on its own node; absent where none is looked at. Throws LabError if the node cannot be reached. */
  observeDevice?(transport: Transport, signal?: AbortSignal): Promise<DeviceObservation>;
  /** Finds the MAC addresses that answer for an address on the network of this interface. Never throws LabError. */
  askForMacs(
    transport: Transport,
    question: { readonly address: string; readonly device: string; readonly factor: number },
    signal?: AbortSignal,
  ): Promise<ArpObservation>;
}
