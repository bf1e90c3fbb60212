import type { Residue, TransientAttribute } from '../model/residue.js';
import type { Auditor } from './audit.js';
import type { Transport } from './transport.js';

/** One thing in the CIB's configuration; the same digest means that it is the same. */
export interface CibPart {
  readonly kind: 'resources' | 'constraints' | 'properties' | 'nodes' | 'sections';
  readonly id: string;
  readonly digest: string;
}

/** A cluster's configuration at one moment, and the failures in its status. */
export interface CibSnapshot {
  /** The `<configuration>` element as the cluster wrote it. */
  readonly xml: string;
  readonly parts: readonly CibPart[];
  /** `vip on ha-host1`, each once. */
  readonly failures: readonly string[];
  /** Transient attributes, without pacemaker's own. */
  readonly attributes: readonly TransientAttribute[];
}

export interface CibSnapshots {
  /** Reads this node's copy of the CIB. Throws LabError `status-unreadable`. */
  take(transport: Transport, signal?: AbortSignal): Promise<CibSnapshot>;
  /** Undoes the residue, from any node of the cluster; the cluster stops deleted resources afterwards. Throws LabError `command-failed`. */
  restore(transport: Transport, snapshot: CibSnapshot, residue: Residue): Promise<void>;
}

/** What isolating scenarios from each other requires. */
export interface Isolating {
  readonly snapshots: CibSnapshots;
  /** Observes the lab; it judges nothing. */
  readonly auditor: Auditor;
  /** Stores logs and state of all nodes in a folder of this name below the evidence. Never throws because of a node. */
  keepEvidence(place: string, transport: (node: string) => Promise<Transport>): Promise<void>;
  /** Recreates the lab from scratch; called only for a lab that was made for this run. */
  remake(onProgress: (text: string) => void): Promise<void>;
}
