import type { Excuse } from './audit.js';
import type { ControllerFailure } from './fencing.js';
import { INFINITY } from './pacemaker-values.js';
import type { Shaping } from './shaping.js';
import type { Text } from './text.js';

/**
 * Who is meant, by name or by role. Written in a scenario as
 * `ha-host1` · `all` · `{dc}` · `{holder of vip}` · `{was holder of vip}` · `{any other than holder of vip}` · `{storage}`.
 * A role is resolved when the step starts and recorded; `was` means the node recorded for that role before.
 */
export type Target =
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'dc'; readonly was: boolean }
  | { readonly kind: 'holder'; readonly resource: string; readonly was: boolean }
  | { readonly kind: 'other'; readonly than: Target }
  | { readonly kind: 'storage' };

/** The cluster's own time constants that a deadline may be written in. */
export const TIME_CONSTANTS = ['token', 'consensus', 'dc-deadtime'] as const;
export type TimeConstant = (typeof TIME_CONSTANTS)[number];

/** `token + 1.2 * consensus + 10s`, kept as its terms; the value is the sum of `factor × unit`. */
export interface TimeExpression {
  readonly source: string;
  readonly terms: readonly TimeTerm[];
}
export type TimeTerm =
  | { readonly kind: 'ms'; readonly ms: number }
  | { readonly kind: 'constant'; readonly constant: TimeConstant; readonly factor: number };

/** From whose seat the cluster is looked at: a named node, any member of the quorate partition, or every node. */
export type SeenFrom = { readonly kind: 'majority' } | { readonly kind: 'target'; readonly target: Target };

export const NODE_CONDITIONS = ['online', 'offline', 'standby', 'maintenance', 'pending', 'unclean'] as const;
export type NodeCondition = (typeof NODE_CONDITIONS)[number];
export const RESOURCE_CONDITIONS = ['started', 'stopped', 'promoted', 'unpromoted', 'absent', 'present'] as const;
export type ResourceCondition = (typeof RESOURCE_CONDITIONS)[number];

/** One thing that must hold: its kind, which src/checks knows, and that kind's own fields. */
export interface Expectation {
  readonly kind: string;
  readonly [field: string]: unknown;
}

export const CONSTRAINT_TYPES = ['location', 'colocation', 'order'] as const;

/** What a failover consists of, in this order; without fencing there is no `fence`. */
export const PHASES = ['detect', 'membership', 'fence', 'start', 'answers'] as const;
export type Phase = (typeof PHASES)[number];

/** Daemons of the stack by the names they have since pacemaker 2.0, without `pacemaker-`. */
export const STACK_DAEMONS = [
  'corosync',
  'pacemakerd',
  'controld',
  'based',
  'fenced',
  'execd',
  'attrd',
  'schedulerd',
  'pcsd',
] as const;
export type StackDaemon = (typeof STACK_DAEMONS)[number];

/** By what the backend has: the node's interface set down, or the cable pulled. */
export const CABLE_MEANS = ['admin', 'carrier'] as const;
export type CableMeans = (typeof CABLE_MEANS)[number];
/** By the node's own packet filter. */
const DROP_MEANS = ['drop-in', 'drop-out', 'drop'] as const;
export type DropMeans = (typeof DROP_MEANS)[number];
export const LINK_DOWN_MEANS = [...CABLE_MEANS, ...DROP_MEANS] as const;
export type LinkDownMeans = CableMeans | DropMeans;

/** Something done again and again, which ends by itself. */
export interface Repetition {
  /** From 2 to MOST_KILLS. */
  readonly times: number;
  readonly everyMs: number;
}
export const MOST_KILLS = 50;

export const MOST_FAILURES = INFINITY;

/** What the service of one resource does wrong on one node. */
const SERVICE_FAULTS = ['monitor-fail', 'start-fail', 'stop-hang'] as const;
export type ServiceFaultKind = (typeof SERVICE_FAULTS)[number];

/** What becomes of the logical unit under one node's disk. */
export const LUN_TROUBLES = ['read-only', 'io-error', 'full', 'slow'] as const;
export type LunTrouble = (typeof LUN_TROUBLES)[number];

/** A way to break one node or several; `N` is how nodes are told. model/fault-nodes.ts says which it is on. */
export type FaultOn<N> =
  | { readonly kind: 'link-down'; readonly node: N; readonly link: string; readonly by: LinkDownMeans }
  /** `node` does not hear what `from` sends on the network of this link. */
  | { readonly kind: 'one-way-loss'; readonly node: N; readonly from: N; readonly link: string }
  | { readonly kind: 'power-off'; readonly node: N }
  | { readonly kind: 'freeze'; readonly node: N }
  | ({ readonly kind: 'daemon-kill'; readonly node: N; readonly daemon: StackDaemon } & Partial<Repetition>)
  | { readonly kind: 'daemon-stop'; readonly node: N; readonly daemon: StackDaemon }
  | { readonly kind: 'cluster-stop'; readonly node: N }
  | { readonly kind: 'standby'; readonly node: N }
  | { readonly kind: 'maintenance'; readonly node: N }
  /** IPv4 without prefix. */
  | { readonly kind: 'address-gone'; readonly node: N; readonly address: string }
  /** `value` from 1 to MOST_FAILURES. */
  | { readonly kind: 'failcount'; readonly node: N; readonly resource: string; readonly value: number }
  /**
   * Nodes of different groups do not hear one another, on this link or on every link that carries the cluster. `rest`: a
   * last group of every HA node that none names; of a resolved fault it is among the groups.
   */
  | {
      readonly kind: 'partition';
      readonly groups: readonly (readonly N[])[];
      readonly rest?: true;
      readonly link?: string;
    }
  /** No HA node hears `node`, and it hears none. */
  | { readonly kind: 'isolate'; readonly node: N; readonly link?: string }
  /** Each of `nodes` does not hear the next one, and the last not the first. */
  | { readonly kind: 'ring'; readonly nodes: readonly N[]; readonly link?: string }
  /** What the node sends on this link. */
  | ({ readonly kind: 'shape'; readonly node: N; readonly link: string } & Shaping)
  | { readonly kind: 'reboot'; readonly node: N }
  /** SIGKILL, once, to every process of that name. */
  | { readonly kind: 'process-kill'; readonly node: N; readonly process: string }
  | { readonly kind: 'monitor-fail'; readonly node: N; readonly resource: string }
  | { readonly kind: 'start-fail'; readonly node: N; readonly resource: string }
  | { readonly kind: 'stop-hang'; readonly node: N; readonly resource: string }
  | { readonly kind: 'disk-full'; readonly node: N; readonly path: string }
  /** Without `workers` as many as the node has processors. */
  | { readonly kind: 'cpu-load'; readonly node: N; readonly workers?: number }
  | { readonly kind: 'memory-load'; readonly node: N; readonly megabytes: number }
  /** Ahead of the time by so much, or behind it where it is negative. */
  | { readonly kind: 'clock-skew'; readonly node: N; readonly byMs: number }
  /** Of the node's own management controller. */
  | { readonly kind: 'controller-fail'; readonly node: N; readonly how: ControllerFailure }
  /** On a storage node. */
  | { readonly kind: 'target-stop'; readonly node: N }
  | { readonly kind: 'initiator-cut'; readonly node: N }
  | { readonly kind: 'lun-fault'; readonly node: N; readonly disk: string; readonly how: LunTrouble };

/** As written; targets are roles still. */
export type Fault = FaultOn<Target>;
/** With its targets resolved to nodes: what the journal holds and what `heal` undoes. */
export type ResolvedFault = FaultOn<string>;
export type FaultKind = Fault['kind'];

export const FORMATION_STAGES = [
  'packages',
  'pcsd',
  'password',
  'auth',
  'setup',
  'start',
  'enable',
  // A stonith resource for each node, kept off the node itself.
  'fencing',
  // A second one for each, and the order in which they are tried.
  'fencing-levels',
  'storage',
] as const;
export type FormationStage = (typeof FORMATION_STAGES)[number];

/** What a step does, before it looks. */
export type Action =
  | { readonly kind: 'none' }
  /** One argv, no shell; `{address vip}`-style words are already filled in. */
  | { readonly kind: 'run'; readonly on: Target; readonly argv: readonly string[] }
  | { readonly kind: 'form'; readonly stage: FormationStage }
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** Undoes the fault of the named step. */
  | { readonly kind: 'heal'; readonly step: string }
  /** Brings a program of halab's own to every HA node. */
  | { readonly kind: 'install'; readonly what: Installable };

/** Programs of halab's own that a cluster can run. */
export const INSTALLABLES = ['recorder'] as const;
export type Installable = (typeof INSTALLABLES)[number];

export const PROBE_KINDS = ['ping', 'arp', 'tcp', 'http', 'writer'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** Asks an address from the client's seat during the step. */
export type ProbeSpec = {
  readonly id: string;
  /** IPv4 without prefix. */
  readonly target: string;
  readonly from: Target;
  readonly everyMs: number;
  /** Whose start the outage is broken down by; default is the resource that has the address. */
  readonly resource?: string;
} & (
  | { readonly kind: 'ping' | 'arp' }
  | { readonly kind: 'tcp' | 'writer'; readonly port: number }
  | { readonly kind: 'http'; readonly port: number; readonly path: string }
);

export interface Step {
  readonly id: string;
  readonly title: Text;
  readonly say?: Text;
  readonly hint?: Text;
  readonly action: Action;
  /** If all of these hold already the action is not done (the expectations are still checked). */
  readonly unless: readonly Expectation[];
  readonly probes: readonly ProbeSpec[];
  readonly expect: readonly Expectation[];
  /** Deadline for the expectations, counted from the end of the action. */
  readonly within: TimeExpression;
  /** Audits that are expected to be broken after this step. */
  readonly excuse: readonly Excuse[];
  /** Deadline for the cluster to become idle after the step, when audits look. */
  readonly settle: TimeExpression;
}

/** What a node's own kernel can do, where the backend is the kernel's owner or can vouch for it. */
export const KERNEL_ABILITIES = ['netem', 'iscsi-initiator', 'clock'] as const;
export type KernelAbility = (typeof KERNEL_ABILITIES)[number];

/** That the HA nodes can log in to the lab's disks; that a logical unit can be made to fail under one of them. */
const STORAGE_ABILITIES = ['shared-storage', 'lun-faults'] as const;

export const ABILITIES = [
  'power',
  'links',
  'pause',
  'snapshots',
  'fencing',
  'controllers',
  ...STORAGE_ABILITIES,
  ...KERNEL_ABILITIES,
] as const;
export type Ability = (typeof ABILITIES)[number];

/** A scenario file, validated and filled in for one lab. */
export interface Scenario {
  readonly id: string;
  readonly file: string;
  readonly title: Text;
  readonly summary?: Text;
  readonly sets: readonly string[];
  readonly needs: {
    readonly abilities: readonly Ability[];
    readonly haNodes: number;
    /** The lab that it is made for; absent where any will do that has what it needs. */
    readonly lab?: string;
  };
  /** Ids of scenarios that must have passed before, in order. */
  readonly given: readonly string[];
  readonly steps: readonly Step[];
}
