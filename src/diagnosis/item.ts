import type { NodeState, NodeType, ResourceRole } from '../model/cluster-state.js';
import type { FormationByHand, LinkLook } from '../model/node-look.js';
import type { CountedVotes } from './facts.js';
import type { FailureFacts } from './failure.js';
import type { Tools } from './tools.js';

/**
 * `problem`: something does not run, or protect, as it should. `warning`: it works, but is at risk or held back.
 * `note`: worth knowing. `good`: as it should be.
 */
export const SEVERITIES = ['problem', 'warning', 'note', 'good'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What an item is about; `names` is empty if there is only one of its kind. */
export interface Subject {
  readonly kind: 'reading' | 'cluster' | 'node' | 'resource' | 'daemon' | 'ticket';
  readonly names: readonly string[];
}

type Nothing = Readonly<Record<string, never>>;
/** As the tool printed it. */
interface Printed {
  readonly printed: readonly string[];
}

/** Every code of the diagnosis, with its payload. */
export interface Payloads {
  /** `crm` if the text is certainly from crmsh. */
  'not-running': Printed & { readonly tool: 'pcs' | 'crm' };
  /** No node has a cluster yet; the commands that are left, the next one first, as far as the nodes have told. */
  'not-formed': { readonly steps: readonly FormationByHand[] };
  /** It is set up, and runs on none of these nodes. */
  'cluster-stopped': Nothing;
  'no-permission': Printed;
  'tool-missing': Printed;
  'error-unexplained': Printed;
  /** There is a status too, so the error is not the answer. */
  'error-beside': Printed;
  'cut-off': { readonly reasons: readonly string[] };
  'not-understood': Printed;
  /** The command asked for some resources or nodes alone. */
  'only-selected': { readonly request: string };
  'failures-unread': { readonly parts: readonly ('failed-actions' | 'failed-fencing')[] };
  'group-end-unknown': { readonly members: readonly string[] };
  'part-missing': { readonly parts: readonly ('dc' | 'nodes' | 'resources')[] };
  'not-printed': { readonly parts: readonly ('fencing' | 'fail-counts' | 'daemons')[] };
  'not-listed': {
    readonly listed: number;
    readonly configured: number;
    /** Beyond those that are listed. */
    readonly disabled: number;
    readonly blocked: number;
  };

  dc: { readonly version?: string; readonly unclean: boolean };
  /** The DC is listed as offline, so what is printed does not fit together. */
  'dc-offline': { readonly unclean: boolean };
  'dc-none': { readonly online: number; readonly known: number };
  quorum: CountedVotes & { readonly others: boolean };
  'quorum-at-edge': CountedVotes & { readonly others: boolean };
  'quorum-of-two': CountedVotes;
  'quorum-last-of-two': CountedVotes;
  'quorum-by-other-rules': CountedVotes;
  'quorum-single': Nothing;
  'quorum-uncounted': { readonly configured?: number };
  'no-quorum': {
    readonly case: 'below-majority' | 'despite-majority' | 'one-of-two' | 'single' | 'uncounted';
    readonly votes?: CountedVotes;
    readonly policy?: string;
  };
  'quorum-ignored': { readonly policy: string };
  'mixed-version': Nothing;
  'feature-sets': { readonly sets: Readonly<Record<string, readonly string[]>> };
  'maintenance-mode': Nothing;
  'stop-all-resources': Nothing;
  'stonith-disabled': Nothing;
  asymmetric: Nothing;

  /** Remote and guest nodes are no members. */
  'nodes-online': { readonly members: boolean };
  'node-offline': { readonly type: NodeType; readonly fencedAt?: string };
  'node-unclean': {
    readonly type: NodeType;
    readonly as: 'online' | 'offline' | 'pending';
    readonly why: WhyUnclean;
    /** Resources whose stop failed there, as far as failed actions are printed. */
    readonly stopFailed: readonly string[];
  };
  /** By its own report; it answers. */
  'node-stopped': Nothing;
  /** It has no corosync.conf, and another node has. */
  'node-outside': Nothing;
  /** `cutsOff`: none that carries cluster traffic is left. */
  'link-down': {
    readonly device: string;
    readonly state: Exclude<LinkLook['state'], 'up'>;
    readonly network?: string;
    readonly cutsOff: boolean;
  };
  'node-pending': { readonly type: NodeType };
  'node-standby': { readonly withResources: boolean };
  'node-standby-on-fail': Nothing;
  'node-maintenance': Nothing;
  'node-health': { readonly health: NonNullable<NodeState['health']> };
  /** The residue of a node that is online under another id. */
  'node-leftover': { readonly id?: string; readonly unclean: boolean };
  /** `replica`: it is a bundle's. `mismatch`: every counted node is listed. */
  'node-unlisted': { readonly resources: readonly string[]; readonly as: 'replica' | 'mismatch' | 'unknown' };
  'nodes-not-listed': { readonly listed: number; readonly counted: number };

  'no-stonith-device': Nothing;
  'move-constraints': { readonly resources: readonly string[] };
  'node-names-differ': Nothing;
  'stonith-action-option': { readonly devices: readonly string[] };
  'stonith-method-cycle': { readonly devices: readonly string[] };
  'startup-fencing-off': Nothing;
  'watchdog-setting': Printed;
  'booth-authfile': Printed;
  'nodes-not-reached': Printed;
  'deprecated-setting': Printed;
  'warning-unexplained': Printed;

  'failed-monitor': FailureFacts;
  'failed-probe': FailureFacts;
  'failed-start': FailureFacts;
  'failed-stop': FailureFacts;
  'failed-promote': FailureFacts;
  'failed-demote': FailureFacts;
  'failed-migration': FailureFacts;
  'failed-operation': FailureFacts;
  'failed-unreadable': Printed;

  'fencing-failed': {
    readonly action: string;
    readonly times: number;
    readonly at?: string;
    readonly delegate?: string;
    readonly reason?: string;
    readonly target: 'unclean' | 'online' | 'offline' | 'no-node' | 'unknown';
  };
  'fencing-pending': { readonly action: string; readonly delegate?: string };
  'fencing-done': { readonly action: string; readonly times: number; readonly at?: string; readonly delegate?: string };

  'resources-running': { readonly running: number; readonly all: boolean };
  'no-resources': Nothing;
  /** `told`: what is printed of the failure: an operation, a failed stop, or nothing. */
  'resource-failed': {
    readonly nodes: readonly string[];
    readonly agent: string;
    readonly told: 'operation' | 'stop' | 'nothing';
  };
  'failure-ignored': { readonly nodes: readonly string[] };
  'resource-blocked': { readonly nodes: readonly string[]; readonly stopFailed: boolean };
  'multiply-active': { readonly nodes: readonly string[]; readonly agent: string };
  /** `claimed`: where the cluster says that it is active. */
  'address-held-twice': {
    readonly address: string;
    readonly nodes: readonly string[];
    readonly claimed: readonly string[];
    readonly why: 'split' | 'no-fencing' | 'unknown';
    readonly device?: string;
  };
  'on-unclean-node': { readonly node: string; readonly device: boolean };
  orphaned: { readonly nodes: readonly string[] };
  /** `maintenance`: for the time of its own maintenance. */
  unmanaged: { readonly maintenance: boolean };
  /** Disabled, and running because pacemaker leaves it alone. */
  'runs-until-managed': { readonly nodes: readonly string[] };
  'on-offline-node': {
    readonly nodes: readonly string[];
    readonly role: ResourceRole;
    readonly as: 'managed' | 'unmanaged' | 'remote';
  };
  'under-way': { readonly what: string; readonly nodes: readonly string[] };
  'stopped-disabled': Nothing;
  'stopped-by-stop-all': Nothing;
  'stopped-locked': { readonly node: string };
  'stopped-unmanaged': { readonly by: 'maintenance-mode' | 'maintenance' | 'unmanaged' };
  'stopped-no-dc': Nothing;
  'stopped-no-quorum': Nothing;
  'stopped-no-device': Nothing;
  'stopped-no-device-listed': Nothing;
  'stopped-no-node': Nothing;
  'stopped-after-failure': {
    /** Where it failed, as far as that is printed. */
    readonly nodes: readonly string[];
    readonly operation?: string;
    /** What the operation reported, if there is no failed action for it. */
    readonly reported?: string;
    readonly everywhere: boolean;
    /** Available nodes for which no failure is listed, where nodes are listed at all. */
    readonly others?: readonly string[];
  };
  'stopped-waits-for-fencing': { readonly nodes: readonly string[] };
  'stopped-banned': { readonly nodes: readonly string[] };
  'stopped-ticket': { readonly tickets: readonly string[] };
  'stopped-behind': { readonly first: string; readonly container: string };
  'stopped-unexplained': { readonly device: boolean };
  'group-partial': {
    readonly running: readonly string[];
    readonly down: readonly string[];
    readonly first: string;
    readonly firstIs: 'failed' | 'stopped';
  };
  /** How many members are not printed. */
  'group-inactive': { readonly hidden: number };
  'clone-stopped-on': { readonly nodes: readonly string[]; readonly failed: boolean; readonly checking?: true };
  'clone-not-there': { readonly nodes: readonly string[] };
  'clone-without-promoted': { readonly nodes: readonly string[] };
  /** The nodes of instances with a role that only promotable clones have, and of the others. */
  'clone-not-promotable': { readonly promoted: readonly string[]; readonly others: readonly string[] };
  'bundle-without-promoted': { readonly nodes: readonly string[] };
  'replica-down': { readonly bundle: string; readonly role: ResourceRole };

  /** An attribute of SAP HANA's agents, as printed. */
  'sap-hana': {
    readonly trouble: 'not-in-sync' | 'down' | 'waiting';
    readonly attribute: string;
    readonly value: string;
  };
  'ban-left': { readonly nodes: readonly string[]; readonly constraint: string };
  ban: { readonly nodes: readonly string[]; readonly constraint: string; readonly promotedOnly: boolean };
  'fail-count': {
    readonly node: string;
    readonly count?: number;
    readonly threshold?: number;
    readonly reached: boolean;
  };
  'ticket-revoked': { readonly lastGranted?: string };
  'ticket-standby': Nothing;
  'daemon-down': { readonly active: string };
  'daemon-not-at-boot': Nothing;
  'daemons-fine': Nothing;
  'pcsd-offline': Nothing;
  'pcsd-unauthorised': Nothing;
  'pcsd-unexplained': Printed;
}

/** As far as the rest of the state shows. */
export type WhyUnclean =
  | 'no-dc'
  | 'dc-offline'
  | 'no-quorum'
  | 'no-device'
  /** No warning says so, but all resources are listed and none is a device. */
  | 'no-device-listed'
  | 'stonith-disabled'
  | 'fencing-failed'
  | 'fencing-pending'
  | 'unknown';

export type DiagnosisCode = keyof Payloads;

export interface ItemOf<C extends DiagnosisCode> {
  readonly code: C;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly payload: Payloads[C];
  /** The cause that is told right above it: it is no mistake of its own. */
  readonly causedBy?: DiagnosisCode;
  /** The programs that its commands are given for; none of them: pcs and systemd's. */
  readonly tools?: Tools;
}

/** One statement about a state: a code and its payload. Its text is derived from them. */
export type DiagnosisItem = { readonly [C in DiagnosisCode]: ItemOf<C> }[DiagnosisCode];

/** Builds an item; about a node or resource by name, about the cluster without one. */
export function item<C extends DiagnosisCode>(
  code: C,
  severity: Severity,
  subject: Subject,
  ...[payload]: Payloads[C] extends Nothing ? [] : [Payloads[C]]
): DiagnosisItem {
  return { code, severity, subject, payload: payload ?? {} } as unknown as DiagnosisItem;
}

/** A problem of its own. A consequence stands below its cause, and says nothing that the cause does not. */
export function isRootProblem({ severity, causedBy }: DiagnosisItem): boolean {
  return severity === 'problem' && causedBy === undefined;
}

export const CLUSTER: Subject = { kind: 'cluster', names: [] };
export const READING: Subject = { kind: 'reading', names: [] };

export function about(kind: Subject['kind'], ...names: readonly string[]): Subject {
  return { kind, names };
}
