import type { ClusterState, FencingEvent } from '../../model/cluster-state.js';
import { about, item, type Meaning, type Payloads } from '../meaning.js';
import type { Situation } from '../situation.js';

/** Fencing that failed, is under way, or was done; each target and action once. */
export function fencingItems({ state }: Situation): readonly Meaning[] {
  const events = allEvents(state);
  const by = (status: FencingEvent['status']) => grouped(events.filter((event) => event.status === status));
  return [
    ...by('failed').map((same) => failedItem(same, state, events)),
    ...by('pending').map(([{ action, target, delegate }]) =>
      item('fencing-pending', 'warning', about('node', target), { action, ...kept({ delegate }) }),
    ),
    ...by('success').map((same) => {
      const [{ action, target, at, delegate }] = same;
      const payload = { action, times: same.length, ...kept({ at, delegate }) };
      return item('fencing-done', 'note', about('node', target), payload);
    }),
  ];
}

type Same = readonly [FencingEvent, ...FencingEvent[]];

/** `Failed Fencing Actions` and the history may print the same event. */
function allEvents({ fencingHistory, failedFencing }: ClusterState): readonly FencingEvent[] {
  const seen = new Set(fencingHistory.map(keyOf));
  return [...fencingHistory, ...failedFencing.filter((event) => !seen.has(keyOf(event)))];
}

function keyOf({ action, target, status, at, client }: FencingEvent): string {
  return JSON.stringify([action, target, status, at, client]);
}

function grouped(events: readonly FencingEvent[]): readonly Same[] {
  const groups = new Map<string, [FencingEvent, ...FencingEvent[]]>();
  for (const event of events) {
    const key = `${event.action} ${event.target}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return [...groups.values()];
}

/** A failure that a later success made good, or of a node that is there again, is history. */
function failedItem(same: Same, state: ClusterState, events: readonly FencingEvent[]): Meaning {
  const [{ action, target, at, delegate, reason }] = same;
  const standing = standingOf(target, state);
  const newest = events.find((event) => event.target === target);
  const isOver = newest?.status === 'success' || standing === 'online' || standing === 'no-node';
  return item('fencing-failed', isOver ? 'warning' : 'problem', about('node', target), {
    action,
    times: same.length,
    target: standing,
    ...kept({ at, delegate, reason }),
  });
}

function standingOf(target: string, { nodes, truncated }: ClusterState): Payloads['fencing-failed']['target'] {
  const node = nodes.find(({ name }) => name === target);
  if (node === undefined) return nodes.length > 0 && truncated.length === 0 ? 'no-node' : 'not-told';
  if (node.unclean) return 'unclean';
  return node.online ? 'online' : 'offline';
}

/** The members that say something. */
function kept<K extends string>(members: { readonly [k in K]: string | undefined }): { readonly [k in K]?: string } {
  const said = Object.entries(members).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(said) as { readonly [k in K]?: string };
}
