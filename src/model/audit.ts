import type { Text } from './text.js';

/** What is audited after every step; docs/audits.md describes each. */
export const AUDITS = [
  'settled',
  'single-active',
  'one-mac',
  'in-service',
  'quorum-respected',
  'quorum-device',
  'one-dc',
  'same-cib',
  'groups-together',
  'constraints-hold',
  'clone-limits',
  'allowed-nodes',
  'fenced-first',
  'no-failures',
  'as-left',
  'one-mount',
  'no-crash',
  'disk-space',
] as const;
export type AuditKind = (typeof AUDITS)[number];

/** Operations of resources that can fail, by pacemaker's names; a monitor that does not recur is a probe. */
export const FAILING_OPERATIONS = [
  'monitor',
  'probe',
  'start',
  'stop',
  'promote',
  'demote',
  'migrate_to',
  'migrate_from',
] as const;
type FailingOperation = (typeof FAILING_OPERATIONS)[number];

/** A violation that a step declares in advance, with the reason. */
export interface ExpectedViolation {
  /** `any`: every `unknown` finding about what `of` names; never a violation. */
  readonly audit: AuditKind | 'any';
  /** The resources, nodes or addresses that it covers; absent: all that the audit finds. */
  readonly of?: readonly string[];
  /** It covers failures of this operation only. */
  readonly operation?: FailingOperation;
  /** Of that operation, those on this node only. */
  readonly on?: string;
  readonly because: Text;
  /** It may or may not occur: that it does not is not reported. */
  readonly optional?: boolean;
}

/** One violation that an audit found, or one point that it could not decide. */
export interface Finding {
  readonly verdict: 'failed' | 'unknown';
  /** Names that an expected violation may cover: resources, nodes, addresses. */
  readonly subjects: readonly string[];
  /** The operation that failed, where it is about one. */
  readonly operation?: string;
  /** One line: which node reports what. */
  readonly seen: string;
}

export interface AuditResult {
  readonly audit: AuditKind;
  readonly verdict: 'passed' | 'unknown' | 'failed' | 'skipped';
  /** One line: what was seen, or why the audit was skipped. */
  readonly seen: string;
  /** Those that no expected violation covers. */
  readonly findings: readonly Finding[];
  /** The violations that the step declared, each with its findings. */
  readonly expected: readonly {
    readonly because: Text;
    readonly of?: readonly string[];
    readonly operation?: FailingOperation;
    readonly on?: string;
    /** Empty: it was expected and not found. */
    readonly findings: readonly Finding[];
  }[];
}
