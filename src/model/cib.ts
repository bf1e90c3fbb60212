import type { Score } from './pacemaker-values.js';

/**
 * What halab reads of a CIB, the cluster's database: enough to judge where things may run and what happened to them.
 * Names are those of the CIB itself (pacemaker's `xml/*.rng`). An optional member that is absent was not set.
 */
export interface Cib {
  /** `admin_epoch.epoch.num_updates`, which pacemaker compares in this order to find the newer CIB. */
  readonly version: CibVersion;
  /** SHA-256 in hex over configuration and status, without the time, the client and the number of writes. */
  readonly digest: string;
  /** The digest of the configuration only. */
  readonly configurationDigest: string;
  readonly dcUuid?: string;
  readonly haveQuorum?: boolean;
  /** Cluster properties, `stonith-enabled` to `false`; defaults are not filled in. */
  readonly properties: Readonly<Record<string, string>>;
  /** Of `rsc_defaults`. */
  readonly resourceDefaults: Readonly<Record<string, string>>;
  readonly nodes: readonly CibNode[];
  readonly resources: readonly CibResource[];
  readonly constraints: readonly CibConstraint[];
  readonly nodeStates: readonly CibNodeState[];
  /** Every operation in every node's history, as the CIB keeps it: the last of a kind, and the last that failed. */
  readonly operations: readonly CibOperation[];
}

export interface CibVersion {
  readonly adminEpoch: number;
  readonly epoch: number;
  readonly numUpdates: number;
}

/** Compares as pacemaker does; below 0 if the first is older. */
export function compareVersions(one: CibVersion, other: CibVersion): number {
  return one.adminEpoch - other.adminEpoch || one.epoch - other.epoch || one.numUpdates - other.numUpdates;
}

export interface CibNode {
  readonly id: string;
  readonly name: string;
  /** `member` if the CIB has no type; `remote` for Pacemaker Remote. */
  readonly type: string;
  /** Permanent attributes, `standby` and `maintenance` among them. */
  readonly attributes: Readonly<Record<string, string>>;
}

export type CibResource = CibPrimitive | CibGroup | CibClone | CibBundle;

export interface CibPrimitive {
  readonly kind: 'primitive';
  readonly id: string;
  /** `ocf:heartbeat:IPaddr2`, `systemd:nginx`, `stonith:fence_ipmilan`. */
  readonly agent: string;
  /** Instance attributes, `ip` to `192.168.56.24`; passwords are masked. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly meta: Readonly<Record<string, string>>;
}

export interface CibGroup {
  readonly kind: 'group';
  readonly id: string;
  /** In start order. */
  readonly members: readonly CibPrimitive[];
  readonly meta: Readonly<Record<string, string>>;
}

/** `master` of old CIBs is a clone with `promotable`. */
export interface CibClone {
  readonly kind: 'clone';
  readonly id: string;
  readonly child: CibPrimitive | CibGroup;
  readonly promotable: boolean;
  readonly meta: Readonly<Record<string, string>>;
}

export interface CibBundle {
  readonly kind: 'bundle';
  readonly id: string;
  readonly primitive?: CibPrimitive;
  readonly meta: Readonly<Record<string, string>>;
}

export type CibConstraint =
  | {
      readonly kind: 'location';
      readonly id: string;
      readonly resource: string;
      /** Absent if a rule or a pattern selects the nodes: such a constraint cannot be judged without pacemaker. */
      readonly node?: string;
      readonly score?: Score;
      /** `Promoted`, `Unpromoted`, `Started`; a constraint on a role does not affect other roles. */
      readonly role?: string;
      /** Where its state is asked for, if that is not `always`: `exclusive` keeps it off all other nodes, too. */
      readonly discovery?: string;
    }
  | {
      readonly kind: 'colocation';
      readonly id: string;
      readonly resource: string;
      readonly withResource: string;
      readonly score: Score;
      readonly role?: string;
      readonly withRole?: string;
      /** `#uname` if the CIB has none. */
      readonly nodeAttribute?: string;
    }
  | {
      readonly kind: 'order';
      readonly id: string;
      readonly first: string;
      readonly next: string;
      readonly firstAction: string;
      readonly nextAction: string;
      readonly orderKind: 'Mandatory' | 'Optional' | 'Serialize';
      readonly symmetrical: boolean;
    }
  /** Sets, tickets, and constraints of newer releases. */
  | { readonly kind: 'other'; readonly id: string; readonly element: string };

export interface CibNodeState {
  readonly node: string;
  readonly inCcm: boolean;
  readonly crmd: boolean;
  readonly join: string;
  readonly expected?: string;
  /** `fail-count-vip#monitor_30000` to `1`. */
  readonly transient: Readonly<Record<string, string>>;
}

export interface CibOperation {
  readonly node: string;
  /** The id in the history; instances of a unique clone have a number. */
  readonly resource: string;
  readonly operation: string;
  readonly intervalMs: number;
  readonly callId: number;
  /** OCF exit code; 193 stands for "not known yet". */
  readonly rcCode: number;
  /** 0 done, -1 pending, 1 cancelled, 2 timed out, 4 error, as in `enum pcmk_exec_status`. */
  readonly opStatus: number;
  /** Whether the cluster expected this exit code. */
  readonly expected: boolean;
  readonly exitReason: string;
  /** When the result last changed, in seconds since 1970 by that node's clock. */
  readonly lastChangeS?: number;
  readonly execMs?: number;
}
