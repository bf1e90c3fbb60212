import type { LeftOver, TransientAttribute } from '../model/left-over.js';
import type { Transport } from './transport.js';

/** One thing in the CIB's configuration; the same digest means that it is the same. */
export interface CibPart {
  readonly kind: 'resources' | 'constraints' | 'properties' | 'nodes' | 'sections';
  readonly id: string;
  readonly digest: string;
}

/** A cluster's configuration as it stood, and what its status tells of failures. */
export interface KeptCib {
  /** The `<configuration>` element as the cluster wrote it. */
  readonly xml: string;
  readonly parts: readonly CibPart[];
  /** `vip on ha-host1`, each once. */
  readonly failures: readonly string[];
  /** Without those that pacemaker keeps for itself. */
  readonly attributes: readonly TransientAttribute[];
}

export interface CibKeeper {
  /** By the copy of this node. Throws LabError `status-unreadable`. */
  read(transport: Transport, signal?: AbortSignal): Promise<KeptCib>;
  /** Puts back what is left over, from any node of the cluster; resources that go are stopped by the cluster afterwards. Throws LabError `command-failed`. */
  putBack(transport: Transport, kept: KeptCib, left: LeftOver): Promise<void>;
}
