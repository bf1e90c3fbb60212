import type { FencingEvent } from '../model/cluster-state.js';
import { parseClusterTime } from '../model/cluster-time.js';
import type { LabObservation } from '../model/observation.js';
import type { AuditInput } from '../ports/audit.js';
import { nodeIn } from './node-parts.js';

/** A fencing event, with the node that reports it. */
interface ReportedFencing extends FencingEvent {
  readonly by: string;
}

function fencingIn(observation: LabObservation | undefined): readonly ReportedFencing[] {
  return (observation?.nodes ?? []).flatMap(({ node, fencing = [], status }) =>
    [...fencing, ...(status?.fencingHistory ?? []), ...(status?.failedFencing ?? [])].map((event) => ({
      ...event,
      by: node,
    })),
  );
}

/** Events that no node had reported in the observation before. */
export function newFencing({ now, before }: Pick<AuditInput, 'now' | 'before'>): readonly ReportedFencing[] {
  const known = new Set(fencingIn(before).map(keyOf));
  return fencingIn(now).filter((event) => !known.has(keyOf(event)));
}

/** The cluster has fenced it since the observation before. */
export function wasFenced(input: Pick<AuditInput, 'now' | 'before'>, node: string): boolean {
  return newFencing(input).some((event) => isConfirmed(event) && event.target === node);
}

/** That `on` was done says nothing of the node having been off. */
export function isConfirmed({ status, action }: FencingEvent): boolean {
  return status === 'success' && action !== 'on';
}

/** The same for every report of one event. */
export function keyOf({ target, action, status, at, text }: FencingEvent): string {
  return [target, action, status, at ?? text].join(' ');
}

/** Whether a start came before or after a fencing, and the time of the fencing in words. */
interface Compared {
  readonly order: 'before' | 'after' | 'unclear';
  readonly when: string;
}

/**
 * The report of the starting node is preferred: then both times are by one clock. Times are of whole
 * seconds, so within the same second the start counts as later.
 */
export function compareStart(
  input: AuditInput,
  { node, startedS }: { readonly node: string; readonly startedS: number },
  events: readonly ReportedFencing[],
): Compared {
  const own = events.filter(({ by }) => by === node);
  const counted = own.length > 0 ? own : events;
  const all = counted.map((event) => compareWith(input, node, startedS, event));
  const best = (['after', 'unclear', 'before'] as const).flatMap((order) => all.filter((each) => each.order === order));
  return best[0] ?? { order: 'unclear', when: 'at a time that is not reported' };
}

function compareWith(input: AuditInput, node: string, startedS: number, event: ReportedFencing): Compared {
  const time = event.at === undefined ? undefined : parseClusterTime(event.at);
  const when = `at ${event.at ?? 'a time that is not reported'} as reported by ${event.by}`;
  if (time === undefined || !(time.isZoned || isPlausible(input, event.by, time.s)))
    return { order: 'unclear', when: `${when}, in a form or time zone that is not known` };
  const lead = startedS - time.s;
  if (node === event.by) return { order: lead >= 0 ? 'after' : 'before', when };
  const offset = offsetOf(input, node, event.by);
  if (offset === undefined)
    return { order: lead >= 0 ? 'after' : 'unclear', when: `${when}, whose clock is not known` };
  const apart = `${when}, whose clock differs by ${offset} s`;
  if (Math.abs(lead) < offset) return { order: 'unclear', when: apart };
  return { order: lead >= 0 ? 'after' : 'before', when: offset > 0 ? apart : when };
}

/** In whole seconds, of two clocks that were looked at at about the same time. */
function offsetOf({ now }: AuditInput, one: string, other: string): number | undefined {
  const oneS = nodeIn(now, one)?.clockS;
  const otherS = nodeIn(now, other)?.clockS;
  return oneS === undefined || otherS === undefined ? undefined : Math.floor(Math.abs(oneS - otherS));
}

/** Taken for UTC, it lies between the two observations by that node's own clock: then it is UTC. */
function isPlausible({ now, before }: AuditInput, node: string, s: number): boolean {
  const nowS = nodeIn(now, node)?.clockS;
  const beforeS = nodeIn(before, node)?.clockS;
  return nowS !== undefined && beforeS !== undefined && s >= Math.floor(beforeS) && s <= Math.ceil(nowS);
}
