import type { Text } from './text.js';

/** What is audited after every step; docs/audits.md describes each. */
export const AUDITS = [
  'settled',
  'single-active',
  'one-mac',
  'quorum-respected',
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

/** A violation that a step declares in advance, with the reason. */
export interface ExpectedViolation {
  /** `any`: whatever audits cannot tell of what `of` names; never what they find broken. */
  readonly audit: AuditKind | 'any';
  /** Resources, nodes or addresses it is about; absent: whatever the audit finds. */
  readonly of?: readonly string[];
  readonly because: Text;
  /** It may or may not occur: that it does not is not reported. */
  readonly optional?: boolean;
}

/** One thing an audit found broken, or could not tell. */
export interface Finding {
  readonly verdict: 'failed' | 'unknown';
  /** Names that an expected violation may cover: resources, nodes, addresses. */
  readonly subjects: readonly string[];
  /** One line: who says what. */
  readonly seen: string;
}

export interface AuditResult {
  readonly audit: AuditKind;
  readonly verdict: 'passed' | 'unknown' | 'failed' | 'skipped';
  /** What was seen, in a line; of a skipped one why. */
  readonly seen: string;
  /** Those that no expected violation covers. */
  readonly findings: readonly Finding[];
  /** The violations that the step declared, each with its findings. */
  readonly expected: readonly {
    readonly because: Text;
    readonly of?: readonly string[];
    /** Empty: it was expected and not found. */
    readonly findings: readonly Finding[];
  }[];
}
