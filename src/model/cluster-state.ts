/** A cluster's state as one reading of it tells; what was not printed is `undefined`, never guessed. */
export interface ClusterState {
  readonly clusterName?: string;
  readonly stack?: string;
  readonly dc?: { readonly name: string; readonly version?: string };
  /** `true` for "partition with quorum", `false` for "partition WITHOUT quorum", `undefined` where no DC is known. */
  readonly quorate?: boolean;
  readonly nodes: readonly NodeState[];
  readonly resources: readonly ResourceState[];
  readonly failedActions: readonly string[];
  readonly warnings: readonly string[];
  /** Daemon name to `active/enabled`, as `pcs status` prints it; empty for crm_mon. */
  readonly daemons: Readonly<Record<string, string>>;
  /** Lines of a text reading that were not understood. */
  readonly unparsed: readonly string[];
}

export interface NodeState {
  readonly name: string;
  readonly type: 'member' | 'remote' | 'guest';
  readonly online: boolean;
  readonly standby: boolean;
  readonly maintenance: boolean;
  readonly pending: boolean;
  readonly unclean: boolean;
}

export type ResourceRole = 'Started' | 'Stopped' | 'Promoted' | 'Unpromoted' | 'Starting' | 'Stopping' | 'Unknown';

/** One primitive, or one instance of a clone. */
export interface ResourceState {
  readonly id: string;
  /** `ocf:heartbeat:IPaddr2`; the double colon of pacemaker 2.0 and older is folded into one. */
  readonly agent: string;
  readonly role: ResourceRole;
  readonly nodes: readonly string[];
  /** Ids of the group, clone or bundle around it, outermost first. */
  readonly within: readonly string[];
  readonly managed: boolean;
  readonly failed: boolean;
  readonly blocked: boolean;
  readonly disabled: boolean;
}

/** What one node said when it was asked: the machine-readable state, and the real `pcs status` text where it was read. */
export interface StatusReading {
  readonly node: string;
  /** ISO 8601, of the machine that runs halab. */
  readonly at: string;
  readonly state?: ClusterState;
  /** `pcs status` as printed, stdout and stderr in that order. */
  readonly text?: string;
  readonly textState?: ClusterState;
  /** Why there is no state: the cluster is not running there, or the node did not answer. */
  readonly problem?: { readonly kind: 'cluster-down' | 'unreachable' | 'unreadable'; readonly message: string };
}

/** Times in ms, read from the live cluster (`corosync-cmapctl`, `crm_attribute`). */
export interface TimeConstants {
  readonly token: number;
  readonly consensus: number;
  readonly 'dc-deadtime': number;
}
