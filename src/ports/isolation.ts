import type { Residue, TransientAttribute } from '../model/residue.js';
import type { Auditor } from './audit.js';
import type { Transport } from './transport.js';

/** One thing in the CIB's configuration; the same digest means that it is the same. */
export interface CibPart {
  readonly kind: 'resources' | 'constraints' | 'properties' | 'nodes' | 'sections';
  readonly id: string;
  readonly digest: string;
}

/** A cluster's configuration as it stood, and what its status tells of failures. */
export interface CibSnapshot {
  /** The `<configuration>` element as the cluster wrote it. */
  readonly xml: string;
  readonly parts: readonly CibPart[];
  /** `vip on ha-host1`, each once. */
  readonly failures: readonly string[];
  /** Without those that pacemaker keeps for itself. */
  readonly attributes: readonly TransientAttribute[];
}

export interface CibSnapshots {
  /** By the copy of this node. Throws LabError `status-unreadable`. */
  take(transport: Transport, signal?: AbortSignal): Promise<CibSnapshot>;
  /** Undoes the residue, from any node of the cluster; resources that go are stopped by the cluster afterwards. Throws LabError `command-failed`. */
  restore(transport: Transport, snapshot: CibSnapshot, residue: Residue): Promise<void>;
}

/** What keeping scenarios apart takes. */
export interface Isolating {
  readonly snapshots: CibSnapshots;
  /** To observe the lab with; nothing is judged. */
  readonly auditor: Auditor;
  /** Makes the lab again from nothing; absent where the lab is not ours to take down. */
  readonly remake?: (onProgress: (text: string) => void) => Promise<void>;
}
