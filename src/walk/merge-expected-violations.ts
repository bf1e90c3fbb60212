import type { RawExpectedViolation } from '../faults/walk/row.js';

/** When two faults expect the same violation, the reason of the first is kept: a step may declare no violation twice. */
export function mergeExpectedViolations(violations: readonly RawExpectedViolation[]): readonly RawExpectedViolation[] {
  const whole = new Set(violations.filter(({ of }) => of === undefined).map(({ audit }) => audit));
  const taken = new Set<string>();
  return violations.flatMap((violation) => {
    if (violation.of === undefined) return isNew(taken, violation.audit) ? [violation] : [];
    if (whole.has(violation.audit)) return [];
    const of = violation.of.filter((subject) => isNew(taken, `${violation.audit} ${subject}`));
    return of.length === 0 ? [] : [{ ...violation, of }];
  });
}

function isNew(taken: Set<string>, key: string): boolean {
  if (taken.has(key)) return false;
  taken.add(key);
  return true;
}
