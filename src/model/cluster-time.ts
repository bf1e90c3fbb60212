/** When something happened, in seconds since 1970. */
interface ClusterTime {
  readonly s: number;
  /** The same in ms, with the printed fraction of a second. */
  readonly ms: number;
  /** The text contains a time zone; without one, UTC is assumed, the time zone of lab nodes. */
  readonly isZoned: boolean;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A time as pacemaker's tools print it: `2023-12-24 13:59:15.123456 +02:00`, ISO 8601, or `Wed Sep  4 13:59:15 2019` of
 * 2.0 and older (ctime(3)). `undefined` for anything else.
 */
export function parseClusterTime(text: string): ClusterTime | undefined {
  return isoTime(text.trim()) ?? ctimeTime(text.trim());
}

function isoTime(text: string): ClusterTime | undefined {
  const [, day, time, fraction = '', zone = ''] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const [, hours, minutes] = /^([+-]\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const offset = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  return timeFrom(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`, zone !== '');
}

function ctimeTime(text: string): ClusterTime | undefined {
  const [, month = '', day, time, year] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2})\s+(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})$/.exec(text) ?? [];
  const index = MONTHS.indexOf(month) + 1;
  if (day === undefined || index === 0) return undefined;
  return timeFrom(`${year}-${String(index).padStart(2, '0')}-${day.padStart(2, '0')}T${time}Z`, false);
}

function timeFrom(iso: string, isZoned: boolean): ClusterTime | undefined {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? undefined : { s: Math.floor(ms / 1000), ms, isZoned };
}
