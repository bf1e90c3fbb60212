import { AUDITS, type AuditKind, type AuditResult, type ExpectedViolation, type Finding } from '../model/audit.js';
import { defined } from '../model/defined.js';
import type { Step } from '../model/scenario.js';
import { textIn } from '../model/text.js';
import type { AuditInput, Auditor } from '../ports/audit.js';

/** Pure. In a cluster that is not idle only definite failures are reported, because everything else is still unknown. */
export function judgeAll(
  auditor: Pick<Auditor, 'table'>,
  input: AuditInput,
  violations: Step['expectedViolations'],
): readonly AuditResult[] {
  const judge = (kind: AuditKind): AuditResult =>
    withExpected(kind, auditor.table[kind].judge(input), violations, textIn(auditor.table[kind].holds, 'en'));
  const idle = judge('settled');
  const others = AUDITS.filter((kind) => kind !== 'settled');
  if (idle.verdict === 'passed') return [idle, ...others.map(judge)];
  return [idle, ...others.map((kind) => onlyBroken(judge(kind)))];
}

function onlyBroken(result: AuditResult): AuditResult {
  if (result.verdict === 'failed')
    return { ...result, findings: result.findings.filter(({ verdict }) => verdict === 'failed') };
  return { audit: result.audit, verdict: 'skipped', seen: 'the cluster is not idle', findings: [], expected: [] };
}

/** Splits an audit's findings into those that the step declared and those that it did not. */
export function withExpected(
  audit: AuditKind,
  findings: readonly Finding[],
  violations: readonly ExpectedViolation[],
  holds: string,
): AuditResult {
  const fitting = violations.filter((violation) => isOf(audit, violation, findings));
  const undeclared = findings.filter((finding) => !fitting.some((violation) => covers(violation, finding)));
  const expected = fitting.map((violation) => ({
    because: violation.because,
    ...defined({ of: violation.of, operation: violation.operation, on: violation.on }),
    findings: findings.filter((finding) => covers(violation, finding)),
  }));
  const worst = undeclared.find((finding) => finding.verdict === 'failed') ?? undeclared[0];
  return {
    audit,
    verdict: worst?.verdict ?? 'passed',
    seen: (worst ?? findings[0])?.seen ?? holds,
    findings: undeclared,
    expected,
  };
}

/** A violation of any audit, or an optional one, is reported only when it covers a finding. */
function isOf(audit: AuditKind, violation: ExpectedViolation, findings: readonly Finding[]): boolean {
  if (violation.audit !== audit && violation.audit !== 'any') return false;
  const isAlwaysReported = violation.audit === audit && violation.optional !== true;
  return isAlwaysReported || findings.some((finding) => covers(violation, finding));
}

function covers({ audit, of, operation, on }: ExpectedViolation, finding: Finding): boolean {
  const { subjects, verdict } = finding;
  if (audit === 'any' && verdict !== 'unknown') return false;
  if (operation !== undefined && finding.operation !== operation) return false;
  if (on !== undefined && !subjects.includes(on)) return false;
  return of === undefined || subjects.some((subject) => of.includes(subject));
}
