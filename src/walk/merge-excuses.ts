import type { RawExcuse } from '../faults/walk/row.js';

/** Of what two faults excuse alike, the reason of the first stands: a step may excuse nothing twice. */
export function mergeExcuses(excuses: readonly RawExcuse[]): readonly RawExcuse[] {
  const whole = new Set(excuses.filter(({ of }) => of === undefined).map(({ audit }) => audit));
  const taken = new Set<string>();
  return excuses.flatMap((excuse) => {
    if (excuse.of === undefined) return isNew(taken, excuse.audit) ? [excuse] : [];
    if (whole.has(excuse.audit)) return [];
    const of = excuse.of.filter((subject) => isNew(taken, `${excuse.audit} ${subject}`));
    return of.length === 0 ? [] : [{ ...excuse, of }];
  });
}

function isNew(taken: Set<string>, key: string): boolean {
  if (taken.has(key)) return false;
  taken.add(key);
  return true;
}
