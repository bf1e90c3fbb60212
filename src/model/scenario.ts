import type { ExpectedViolation } from './audit.js';
import type { ClusterState, TimeConstant } from './cluster-state.js';
import type { Exercise, Task, TypedLine } from './exercise.js';
import type { Expectation } from './expectation.js';
import type { ValueSource } from './saved-value.js';
import type { NodeOutput, OwnCode, StepOutput } from './scripted.js';
import type { Target } from './target.js';
import type { Text } from './text.js';

/** `token + 1.2 * consensus + 10s`, kept as its terms; the value is the sum of `factor × unit`. */
export interface TimeExpression {
  readonly source: string;
  readonly terms: readonly TimeTerm[];
}
export type TimeTerm =
  | { readonly kind: 'ms'; readonly ms: number }
  | { readonly kind: 'constant'; readonly constant: TimeConstant; readonly factor: number };

/** Of a step that waits for nothing. */
export const NO_TIME: TimeExpression = { source: '0s', terms: [{ kind: 'ms', ms: 0 }] };

/** The phases of a failover, in this order; without fencing there is no `fence`. */
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

/** Depends on the backend: the node's interface set down, or the cable unplugged. */
export const CABLE_MEANS = ['admin', 'carrier'] as const;
export type CableMeans = (typeof CABLE_MEANS)[number];

/**
 * A way to break one or several nodes: its kind and its parameters, which src/faults defines. Only these keys contain nodes;
 * `N` is how they are identified.
 */
export interface FaultOn<N> {
  readonly kind: string;
  readonly node?: N;
  readonly nodes?: readonly N[];
  /** Nodes that a fault separates from the other groups. `rest`: a last group of every HA node that none names. */
  readonly groups?: readonly (readonly N[])[];
  readonly rest?: true;
  /** A node that the fault names and is not on: the one that is no longer received. */
  readonly from?: N;
  readonly [parameter: string]: unknown;
}

/** As written; its nodes may be roles. */
export type Fault = FaultOn<Target>;
/** A fault with its roles resolved to nodes: the journal stores it and `heal` undoes it. */
export type ResolvedFault = FaultOn<string>;

export const FORMATION_STAGES = [
  'packages',
  'pcsd',
  'password',
  'auth',
  'setup',
  'start',
  'enable',
  // A connection resource for each remote node, which is then one of the cluster's.
  'remote-nodes',
  // A stonith resource for each node, kept off the node itself.
  'fencing',
  // A second one for each, and the order in which they are tried.
  'fencing-levels',
  'storage',
] as const;
export type FormationStage = (typeof FORMATION_STAGES)[number];

/** What a step does before its expectations are checked. */
export type Action =
  | { readonly kind: 'none' }
  /**
   * One argv, no shell; placeholders such as `{address vip}` are already replaced. `roles`: by their text in the argv, in which
   * they are replaced by their nodes when the step begins.
   */
  | {
      readonly kind: 'run';
      readonly on: Target;
      readonly argv: readonly string[];
      readonly roles?: Readonly<Record<string, Target>>;
    }
  | { readonly kind: 'form'; readonly stage: FormationStage }
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** Undoes the fault of the named step. */
  | { readonly kind: 'heal'; readonly step: string }
  /** What a student would do: each line in a login shell, in this order, until one fails. */
  | { readonly kind: 'type'; readonly lines: readonly TypedLine[] }
  /** Installs a program of halab on every HA node. */
  | { readonly kind: 'install'; readonly what: Installable }
  /** Code of a scripted scenario. */
  | ({ readonly kind: 'act' } & OwnCode);

/** Programs of halab that a cluster can run. */
export const INSTALLABLES = ['recorder'] as const;
export type Installable = (typeof INSTALLABLES)[number];

export const PROBE_KINDS = ['ping', 'arp', 'tcp', 'http', 'writer'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** Sends requests to an address from a client during the step. */
export type ProbeSpec = {
  readonly id: string;
  /** IPv4 without prefix. */
  readonly target: string;
  readonly from: Target;
  readonly everyMs: number;
  /** The resource whose start ends the outage; default is the one with the address. */
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
  /** Nodes that are kept for this step and those after it, by name; resolved in this order, before anything else. */
  readonly keeps?: Readonly<Record<string, Target>>;
  readonly action: Action;
  /** Values that are taken from what its command printed on its first node, by name, for the commands of later steps. */
  readonly saves?: Readonly<Record<string, ValueSource>>;
  /** If all of these hold already, the action is skipped (the expectations are still checked). */
  readonly unless: readonly Expectation[];
  /** The action waits until all of these hold at once; by this deadline, counted from the beginning of that wait. */
  readonly moment?: { readonly when: readonly Expectation[]; readonly within: TimeExpression };
  readonly probes: readonly ProbeSpec[];
  readonly expect: readonly Expectation[];
  /** Deadline for the expectations, counted from the end of the action. */
  readonly within: TimeExpression;
  /** Violations that are expected after this step. */
  readonly expectedViolations: readonly ExpectedViolation[];
  /** Deadline for the cluster to become idle after the step, before the audits judge it. */
  readonly settle: TimeExpression;
  /** It leaves the cluster in the middle of something, so the next step's audits judge both. */
  readonly isAuditedWithNext?: true;
  /** Absent where the scenario is no exercise. */
  readonly task?: Task;
}

/** Abilities of a node's own kernel, if the backend controls the kernel or can guarantee them. */
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
    /** How many floating addresses the lab must have. */
    readonly addresses?: number;
    /** The lab must have a node that is outside the cluster. */
    readonly client?: true;
    /** The lab that it requires; absent if any lab with the required abilities fits. */
    readonly lab?: string;
  };
  /** Why the lab that it was read for cannot run it. */
  readonly misfit?: string;
  /** Ids of scenarios that must pass first, in order. */
  readonly given: readonly string[];
  /** Of a scripted scenario, those that it makes as far as that is known without a lab. */
  readonly steps: readonly Step[];
  /** Decides the steps while the scenario runs. */
  readonly script?: Script;
  readonly exercise?: Exercise;
}

/** The part of a scenario that is a program: it makes the steps, one after another. */
interface Script {
  /** How many of the scenario's steps it makes in any case; which ones follow depends on what the lab answers. */
  readonly certain: number;
  /** Why no more is known beforehand. */
  readonly openEnd?: string;
  /** Ends after the last step, or with the first that does not pass. */
  play(host: ScriptHost): Promise<void>;
}

/** What a script needs of the run that it is part of. */
export interface ScriptHost {
  /** Runs one step whole; rejects with `ScriptStopped` where it did not pass. */
  step(step: Step): Promise<StepOutput>;
  /** Runs a command for the step whose code is running. Throws LabError `usage` where none is. */
  exec(node: string, argv: readonly string[], stdin?: string): Promise<NodeOutput>;
  /** Throws LabError `role-unresolved` or `node-not-found`. */
  resolve(target: Target): Promise<string>;
  /** The state of the cluster as a node with quorum reports it. Throws LabError `status-unreadable`. */
  state(): Promise<ClusterState>;
  pause(time: TimeExpression): Promise<void>;
}
