const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  msec: 1,
  us: 0.001,
  usec: 0.001,
  '': 1_000,
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
};
const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const DURATION_MS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];

/**
 * Pacemaker's time values in ms: `20s`, `2min`, `500ms`, a bare number of seconds, or an ISO 8601 duration such as `PT1M30S`.
 * Units as in crm_get_msec(); years and months of a duration have no fixed length and are not read. `undefined` otherwise.
 */
export function parsePacemakerTime(source: string): number | undefined {
  const value = source.trim();
  const duration = /^P(?=.)/.test(value) ? DURATION.exec(value) : null;
  if (duration !== null) return DURATION_MS.reduce((sum, ms, index) => sum + ms * Number(duration[index + 1] ?? 0), 0);
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(value) ?? [];
  const factor = UNITS_MS[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? undefined : Math.floor(Number(amount) * factor);
}
