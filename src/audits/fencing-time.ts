import { parseClusterTime } from '../model/cluster-time.js';
import type { AuditInput } from '../ports/audit.js';
import type { ToldFencing } from './fencing.js';
import { nodeIn } from './node-words.js';

/** Whether a start came before or after a fencing, and how the time of the fencing is told. */
interface Compared {
  readonly order: 'before' | 'after' | 'unclear';
  readonly told: string;
}

/**
 * By the starting node's own word on the fencing where there is one: then both times are by one clock. Times are of whole
 * seconds, so within the same second the start counts as later.
 */
export function compareStart(
  input: AuditInput,
  { node, startedS }: { readonly node: string; readonly startedS: number },
  events: readonly ToldFencing[],
): Compared {
  const own = events.filter(({ by }) => by === node);
  const counted = own.length > 0 ? own : events;
  const all = counted.map((event) => compareWith(input, node, startedS, event));
  const best = (['after', 'unclear', 'before'] as const).flatMap((order) => all.filter((each) => each.order === order));
  return best[0] ?? { order: 'unclear', told: 'at a time that is not told' };
}

function compareWith(input: AuditInput, node: string, startedS: number, event: ToldFencing): Compared {
  const time = event.at === undefined ? undefined : parseClusterTime(event.at);
  const told = `at ${event.at ?? 'a time that is not told'} by the word of ${event.by}`;
  if (time === undefined || !(time.isZoned || isPlausible(input, event.by, time.s)))
    return { order: 'unclear', told: `${told}, in a form or time zone that is not known` };
  const lead = startedS - time.s;
  if (node === event.by) return { order: lead >= 0 ? 'after' : 'before', told };
  const offset = offsetOf(input, node, event.by);
  if (offset === undefined)
    return { order: lead >= 0 ? 'after' : 'unclear', told: `${told}, whose clock is not known` };
  const apart = `${told}, whose clock differs by ${offset} s`;
  if (Math.abs(lead) < offset) return { order: 'unclear', told: apart };
  return { order: lead >= 0 ? 'after' : 'before', told: offset > 0 ? apart : told };
}

/** In whole seconds, of two clocks that were looked at at about the same time. */
function offsetOf({ now }: AuditInput, one: string, other: string): number | undefined {
  const oneS = nodeIn(now, one)?.clockS;
  const otherS = nodeIn(now, other)?.clockS;
  return oneS === undefined || otherS === undefined ? undefined : Math.floor(Math.abs(oneS - otherS));
}

/** Taken for UTC, it lies between the two looks by that node's own clock: then it is UTC. */
function isPlausible({ now, before }: AuditInput, node: string, s: number): boolean {
  const nowS = nodeIn(now, node)?.clockS;
  const beforeS = nodeIn(before, node)?.clockS;
  return nowS !== undefined && beforeS !== undefined && s >= Math.floor(beforeS) && s <= Math.ceil(nowS);
}
