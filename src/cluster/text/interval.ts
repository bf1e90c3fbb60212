const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const PART = /(\d{1,12}(?:\.\d{1,9})?)(ms|[dhms])/y;

/** `1m30s`, `1.066s`, `10s` as pacemaker's `pcmk__readable_interval` prints them, in ms; `undefined` for anything else. */
export function millisecondsOf(printed: string): number | undefined {
  let sum = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < printed.length) {
    const [, amount, unit] = PART.exec(printed) ?? [];
    const factor = unit === undefined ? undefined : UNITS[unit];
    if (factor === undefined) return undefined;
    sum += Number(amount) * factor;
  }
  return printed === '' ? undefined : Math.round(sum);
}
