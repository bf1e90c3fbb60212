import type { AuditKind, AuditResult, Excuse, Finding } from '../model/audit.js';

/** Sorts an audit's findings into those the step has declared and those it has not. */
export function withExcuses(
  audit: AuditKind,
  findings: readonly Finding[],
  excuses: readonly Excuse[],
  holds: string,
): AuditResult {
  const fitting = excuses.filter((excuse) => isOf(audit, excuse, findings));
  const left = findings.filter((finding) => !fitting.some((excuse) => covers(excuse, finding)));
  const excused = fitting.map((excuse) => ({
    because: excuse.because,
    ...(excuse.of === undefined ? {} : { of: excuse.of }),
    findings: findings.filter((finding) => covers(excuse, finding)),
  }));
  const worst = left.find((finding) => finding.verdict === 'failed') ?? left[0];
  return {
    audit,
    verdict: worst?.verdict ?? 'passed',
    seen: (worst ?? findings[0])?.seen ?? holds,
    findings: left,
    excused,
  };
}

/** One of all audits, or for what is a matter of chance, is worth telling only where it covers something. */
function isOf(audit: AuditKind, excuse: Excuse, findings: readonly Finding[]): boolean {
  if (excuse.audit !== audit && excuse.audit !== 'any') return false;
  const isAlwaysTold = excuse.audit === audit && excuse.mayHold !== true;
  return isAlwaysTold || findings.some((finding) => covers(excuse, finding));
}

function covers({ audit, of }: Excuse, { subjects, verdict }: Finding): boolean {
  if (audit === 'any' && verdict !== 'unknown') return false;
  return of === undefined || subjects.some((subject) => of.includes(subject));
}
