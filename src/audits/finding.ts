import type { Finding } from '../model/audit.js';
import { defined } from '../model/defined.js';
import type { AuditInput } from '../ports/audit.js';

export function failed(subjects: readonly string[], seen: string): Finding {
  return { verdict: 'failed', subjects: unique(subjects), seen };
}

/** That an operation of a resource failed on a node. */
export function operationFailed(
  {
    resource,
    node,
    operation,
  }: { readonly resource: string; readonly node: string; readonly operation?: string | undefined },
  seen: string,
): Finding {
  return {
    ...failed(
      [resource, node].filter((name) => name !== ''),
      seen,
    ),
    ...defined({ operation }),
  };
}

export function unknown(subjects: readonly string[], seen: string): Finding {
  return { verdict: 'unknown', subjects: unique(subjects), seen };
}

/** What may be on its way somewhere is known to be broken only once the cluster is idle. */
export function onceIdle({ unsettled }: AuditInput, findings: readonly Finding[]): readonly Finding[] {
  if (unsettled === undefined) return findings;
  return findings.map(({ subjects, seen }) => unknown(subjects, `${seen}; but the cluster is not idle (${unsettled})`));
}

/** The same seen from several sides is found once. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.seen, finding])).values()];
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(names: readonly string[]): string {
  const last = names.at(-1) ?? 'nobody';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

export function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
