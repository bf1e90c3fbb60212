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

/** What a step says beforehand: this audit is expected to be broken after it, and why. */
export interface Excuse {
  /** `any`: whatever audits cannot tell of what `of` names; never what they find broken. */
  readonly audit: AuditKind | 'any';
  /** Resources, nodes or addresses it is about; absent: whatever the audit finds. */
  readonly of?: readonly string[];
  readonly because: Text;
  /** It is a matter of chance whether it is broken: that it holds is no news. */
  readonly mayHold?: boolean;
}

/** One thing an audit found broken, or could not tell. */
export interface Finding {
  readonly verdict: 'failed' | 'unknown';
  /** Names an excuse may cover: resources, nodes, addresses. */
  readonly subjects: readonly string[];
  /** One line: who says what. */
  readonly seen: string;
}

export interface AuditResult {
  readonly audit: AuditKind;
  readonly verdict: 'passed' | 'unknown' | 'failed' | 'skipped';
  /** What was seen, in a line; of a skipped one why. */
  readonly seen: string;
  /** What no excuse covers. */
  readonly findings: readonly Finding[];
  /** What was declared, and what of it came true. */
  readonly excused: readonly {
    readonly because: Text;
    readonly of?: readonly string[];
    /** Empty: it was excused and held all the same. */
    readonly findings: readonly Finding[];
  }[];
}
