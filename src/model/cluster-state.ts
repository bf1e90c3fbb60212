/**
 * A cluster's state according to one reading of it: `pcs status`, `crm_mon` or `crm status` text, or crm_mon's XML, from
 * pacemaker 1.1 to 3.0, all in the same shape. An optional member that is absent was not printed; nothing is guessed.
 * The words are pacemaker's own (`tools/crm_mon.c`, `lib/pengine/pe_output.c`, `xml/api/crm_mon-*.rng`), those of 2.1
 * and newer where they were renamed: Promoted for Master, Unpromoted for Slave, `ocf:heartbeat:` for `ocf::heartbeat:`.
 */
export interface ClusterState {
  /** The command that printed it, as XML names it, or as it was typed above a text: `crm_mon --output-as=xml --resource=vip`. */
  readonly request?: string;
  readonly clusterName?: string;
  /** `corosync`, `cman`, `openais` …, as printed. */
  readonly stack?: string;
  readonly dc?: Dc;
  /** True if the output contains `Current DC: NONE`: there is none, or this node knows of none. */
  readonly dcIsNone?: boolean;
  /** The DC's version, if it is printed although no DC is known (up to 1.1.12 it is on its own line); otherwise see `dc`. */
  readonly dcVersion?: string;
  /** `true` for "partition with quorum", `false` for "partition WITHOUT quorum"; absent if no DC is known. */
  readonly quorate?: boolean;
  /** Members run different versions of pacemaker; absent if no DC is known. */
  readonly mixedVersion?: boolean;
  /** `Last updated:`, as printed; its time zone is not known unless it is printed. */
  readonly updatedAt?: string;
  readonly lastChange?: LastChange;
  readonly options: ClusterOptions;
  readonly counts: ConfiguredCounts;
  readonly nodes: readonly NodeState[];
  /** How many active instances brief output counts without their names. */
  readonly unnamedActive?: number;
  /** In the order printed; `instancesOf` in `resource-tree.ts` lists all instances. */
  readonly resources: readonly Resource[];
  readonly failedActions: readonly FailedAction[];
  /** Of `Failed Fencing Actions`. */
  readonly failedFencing: readonly FencingEvent[];
  /** All printed fencing, including failed and pending events, in the printed order: newest first. */
  readonly fencingHistory: readonly FencingEvent[];
  readonly tickets: readonly Ticket[];
  /** Of `Negative Location Constraints`. */
  readonly bans: readonly Ban[];
  readonly attributes: readonly NodeAttribute[];
  /** Of `Migration Summary`. */
  readonly failCounts: readonly FailCount[];
  /** Of `Daemon Status`; `pcs` alone prints it. */
  readonly daemons: readonly DaemonState[];
  /** Node to the state of its pcsd according to pcs: `Online`, `Offline`, `Unable to authenticate` … */
  readonly pcsd: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** Errors printed in place of a status or in addition to it: `Error: cluster is not currently running on this node`. */
  readonly errors: readonly string[];
  /** The parts that were printed, which distinguishes an empty part from a missing one. */
  readonly printed: readonly StatusPart[];
  /** Lines of a text that were not understood, unchanged. */
  readonly unparsed: readonly string[];
  /** Reasons why this is not a complete output; empty if there is none. */
  readonly truncated: readonly string[];
}

export const STATUS_PARTS = [
  'summary',
  'nodes',
  'resources',
  'attributes',
  'operations',
  'migration',
  'failed-actions',
  'failed-fencing',
  'fencing-history',
  'tickets',
  'bans',
  'daemons',
  'pcsd',
  'warnings',
] as const;
export type StatusPart = (typeof STATUS_PARTS)[number];

export interface Dc {
  readonly name: string;
  readonly id?: string;
  /** `2.1.5-a3f44794f94`. */
  readonly version?: string;
}

/** `Last change:`; members that the release does not print are absent. */
export interface LastChange {
  readonly at: string;
  readonly user?: string;
  readonly via?: string;
  readonly node?: string;
}

/** The cluster options in a reading; text prints few of them, and only unusual values. */
export interface ClusterOptions {
  readonly stonithEnabled?: boolean;
  /** maintenance-mode: nothing is started, stopped or monitored. */
  readonly maintenanceMode?: boolean;
  readonly stopAllResources?: boolean;
  readonly symmetric?: boolean;
  /** `stop`, `freeze`, `ignore`, `demote`, `suicide` or `fence`. */
  readonly noQuorumPolicy?: string;
}

/** The counts in the summary; of resources it counts the instances. */
export interface ConfiguredCounts {
  readonly nodes?: number;
  readonly expectedVotes?: number;
  readonly resources?: number;
  readonly disabled?: number;
  readonly blocked?: number;
}

export type NodeType = 'member' | 'remote' | 'guest';

export interface NodeState {
  readonly name: string;
  readonly id?: string;
  readonly type: NodeType;
  /** A pending node has not joined yet and is not online; an unclean one may be. */
  readonly online: boolean;
  readonly standby: boolean;
  /** Standby because of a failure with `on-fail=standby`. */
  readonly standbyOnFail?: boolean;
  /** Standby, and still running something. */
  readonly standbyWithResources?: boolean;
  readonly maintenance: boolean;
  readonly pending: boolean;
  /** The cluster intends to fence it. */
  readonly unclean: boolean;
  readonly health?: 'green' | 'yellow' | 'red';
  /** `3.15.1`. */
  readonly featureSet?: string;
  /** For a guest node, the resource that runs it or the node it runs on, whichever is printed. */
  readonly host?: string;
}

export type ResourceRole =
  | 'Started'
  | 'Stopped'
  | 'Promoted'
  | 'Unpromoted'
  | 'Starting'
  | 'Stopping'
  | 'Promoting'
  | 'Demoting'
  | 'Migrating'
  /** `Unknown`: `FAILED` or `ORPHANED` is printed in place of the role. */
  | 'Unknown';

/** The flags of anything in the tree. */
export interface ResourceFlags {
  readonly managed: boolean;
  readonly disabled: boolean;
  readonly blocked: boolean;
  readonly failed: boolean;
  /** Failed, and the failure is ignored (`on-fail=ignore`). */
  readonly failureIgnored?: boolean;
  /** Still active although no longer configured (`ORPHANED`, or `removed` since 3.0). */
  readonly orphaned: boolean;
  readonly maintenance?: boolean;
}

export type Resource = Primitive | Group | Clone | Bundle;

/** A primitive, or one instance of it inside a clone or bundle. */
export interface Primitive extends ResourceFlags {
  readonly kind: 'primitive';
  /** As printed; an instance of a unique clone has a number, `ClusterIP:0`. */
  readonly id: string;
  /** `ocf:heartbeat:IPaddr2`; '' where a clone's summary line, `Started: [ a b ]`, does not print it. */
  readonly agent: string;
  readonly role: ResourceRole;
  /** The nodes where it is active; several if it is active more often than allowed. */
  readonly nodes: readonly string[];
  /** The operation under way, as printed: `Starting`, `Monitoring` …; one that is printed in place of the role is the role too. */
  readonly pending?: string;
  /** Locked to this node while the node is down (`shutdown-lock`). */
  readonly lockedTo?: string;
  /** Active on a node that is unclean. */
  readonly unclean?: boolean;
  /** The printed result of a failed probe of a stopped instance: `not installed`; only text prints it. */
  readonly probe?: string;
}

export interface Group extends ResourceFlags {
  readonly kind: 'group';
  /** An instance of a cloned group has a number, `mysql-group:0`. */
  readonly id: string;
  /** In start order. */
  readonly members: readonly Primitive[];
  /** How many members are not printed: `(2 members inactive)`. */
  readonly notPrinted?: number;
  /** How many of those are active; brief output counts them by agent. */
  readonly notPrintedActive?: number;
  /** The text lost its indentation, so later resources may be members, and the last ones may not be. */
  readonly endUnknown?: boolean;
}

export interface Clone extends ResourceFlags {
  readonly kind: 'clone';
  readonly id: string;
  /** The id of the cloned resource, if it is printed. */
  readonly child?: string;
  readonly promotable: boolean;
  /** globally-unique: its instances differ from one another. */
  readonly unique: boolean;
  readonly instances: readonly (Primitive | Group)[];
  /** The nodes in `Stopped: [ … ]`, where it could run and does not. Each is an instance too, on no node. */
  readonly stoppedOn: readonly string[];
}

export interface Bundle extends ResourceFlags {
  readonly kind: 'bundle';
  readonly id: string;
  /** The container's image. */
  readonly image?: string;
  /** `docker`, `podman`, `rkt`. */
  readonly technology?: string;
  readonly unique: boolean;
  readonly replicas: readonly BundleReplica[];
}

/** One line in short output, its parts in full output. */
export interface BundleReplica {
  readonly index?: number;
  /** The name in short output: `httpd-bundle-0`, the node inside the container, or the container if there is no such node. */
  readonly name?: string;
  readonly address?: string;
  /** The role in the short line, or that of the container. */
  readonly role: ResourceRole;
  /** Where the container runs. */
  readonly nodes: readonly string[];
  readonly agent?: string;
  /** The flags of the short line; in full output each part has its own. */
  readonly flags?: ResourceFlags & Pick<Primitive, 'pending' | 'unclean'>;
  /** Its address, container, remote connection and contained resource; empty in short output. */
  readonly members: readonly Primitive[];
}

export interface FailedAction {
  /** As printed, on one line. */
  readonly text: string;
  /** The id in the operation's key, with the number of an instance where the key contains it. */
  readonly resource?: string;
  /** `start`, `stop`, `monitor`, `promote` … */
  readonly operation?: string;
  /** In ms; 0 for a non-recurring action. */
  readonly intervalMs?: number;
  readonly node?: string;
  /** OCF exit code: 7 is "not running", 5 "not installed" …; absent where only its text is printed. */
  readonly exitCode?: number;
  /** `not running`, `unknown error`, `error` …, as printed. */
  readonly exitStatus?: string;
  /** The status of the execution: `complete`, `Timed Out`, `Error` …, as printed. */
  readonly execution?: string;
  /** The agent's reason. */
  readonly reason?: string;
  readonly call?: number;
  /** As printed; its time zone is not known unless it is printed. */
  readonly at?: string;
  readonly queuedMs?: number;
  readonly execMs?: number;
}

export interface FencingEvent {
  /** As printed, on one line. */
  readonly text: string;
  /** `reboot`, `off`, `on`. */
  readonly action: string;
  readonly target: string;
  readonly status: 'success' | 'failed' | 'pending';
  /** The node that executed it. */
  readonly delegate?: string;
  readonly client?: string;
  /** The node on which it was requested. */
  readonly origin?: string;
  /** Completed or last failed, as printed. */
  readonly at?: string;
  readonly reason?: string;
}

export interface Ticket {
  readonly id: string;
  readonly granted: boolean;
  readonly standby: boolean;
  readonly lastGranted?: string;
}

export interface Ban {
  readonly id: string;
  readonly resource: string;
  readonly node: string;
  /** The ban applies to the promoted role only. */
  readonly promotedOnly: boolean;
  /** -1000000 is -INFINITY; absent where it is not printed. */
  readonly score?: number;
}

export interface NodeAttribute {
  readonly node: string;
  readonly name: string;
  readonly value: string;
}

export interface FailCount {
  readonly node: string;
  readonly resource: string;
  /** 1000000 is INFINITY; absent where only the threshold is printed. */
  readonly failCount?: number;
  readonly migrationThreshold?: number;
  readonly lastFailure?: string;
}

/** systemd's words: `active`, `inactive`, `failed` …, and `enabled`, `disabled` … */
export interface DaemonState {
  readonly name: string;
  readonly active: string;
  readonly enabled: string;
}

/** One node's answer: the machine-readable state, and the real `pcs status` text if it was read. */
export interface StatusReading {
  readonly node: string;
  /** ISO 8601, of the machine that runs halab. */
  readonly at: string;
  readonly state?: ClusterState;
  /** `pcs status` as printed, stdout and stderr in that order. */
  readonly text?: string;
  readonly textState?: ClusterState;
  /** Why there is no state: the cluster is not running on the node, or the node did not answer. */
  readonly problem?: { readonly kind: 'cluster-down' | 'unreachable' | 'unreadable'; readonly message: string };
}

/** One output in a text that people pasted. */
export interface StatusOutput {
  readonly state: ClusterState;
  /** The node that printed it, by the output itself or by the prompt. */
  readonly node?: string;
  readonly command?: string;
  /** Commands typed since the output before this one that do not print a status. */
  readonly after: readonly string[];
  readonly isXml?: true;
}

/** The cluster's own time constants that a deadline may be written in. */
export const TIME_CONSTANTS = ['token', 'consensus', 'dc-deadtime'] as const;
export type TimeConstant = (typeof TIME_CONSTANTS)[number];

/** Times in ms, read from the live cluster (`corosync-cmapctl`, `crm_attribute`). */
export type TimeConstants = Readonly<Record<TimeConstant, number>>;

/** The state of a reading without any information. */
export const EMPTY_STATE: ClusterState = {
  options: {},
  counts: {},
  nodes: [],
  resources: [],
  failedActions: [],
  failedFencing: [],
  fencingHistory: [],
  tickets: [],
  bans: [],
  attributes: [],
  failCounts: [],
  daemons: [],
  pcsd: {},
  warnings: [],
  errors: [],
  printed: [],
  unparsed: [],
  truncated: [],
};
