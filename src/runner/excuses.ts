import type { AuditKind, AuditResult, Excuse, Finding } from '../model/audit.js';

/** Sorts an audit's findings into those the step has declared and those it has not. */
export function withExcuses(
  audit: AuditKind,
  findings: readonly Finding[],
  excuses: readonly Excuse[],
  holds: string,
): AuditResult {
  const fitting = excuses.filter((excuse) => excuse.audit === audit);
  const left = findings.filter((finding) => !fitting.some((excuse) => covers(excuse, finding)));
  const excused = fitting.map((excuse) => ({
    because: excuse.because,
    ...(excuse.of === undefined ? {} : { of: excuse.of }),
    findings: findings.filter((finding) => covers(excuse, finding)),
  }));
  const verdict = left.some((finding) => finding.verdict === 'failed')
    ? 'failed'
    : left.length > 0
      ? 'unknown'
      : 'passed';
  return { audit, verdict, seen: left[0]?.seen ?? findings[0]?.seen ?? holds, findings: left, excused };
}

function covers({ of }: Excuse, { subjects }: Finding): boolean {
  return of === undefined || subjects.some((subject) => of.includes(subject));
}
