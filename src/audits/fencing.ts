import type { FencingEvent } from '../model/cluster-state.js';
import type { LabObservation } from '../model/observation.js';
import type { AuditInput } from '../ports/audit.js';

/** An event with the node whose word it is. */
export interface ToldFencing extends FencingEvent {
  readonly by: string;
}

export function fencingIn(observation: LabObservation | undefined): readonly ToldFencing[] {
  return (observation?.nodes ?? []).flatMap(({ node, fencing = [], status }) =>
    [...fencing, ...(status?.fencingHistory ?? []), ...(status?.failedFencing ?? [])].map((event) => ({
      ...event,
      by: node,
    })),
  );
}

/** What was not there at the look before, by anybody's word. */
export function newFencing({ now, before }: Pick<AuditInput, 'now' | 'before'>): readonly ToldFencing[] {
  const known = new Set(fencingIn(before).map(keyOf));
  return fencingIn(now).filter((event) => !known.has(keyOf(event)));
}

/** The cluster has fenced it since the look before. */
export function wasFenced(input: Pick<AuditInput, 'now' | 'before'>, node: string): boolean {
  return newFencing(input).some((event) => isConfirmed(event) && event.target === node);
}

/** That `on` was done says nothing of the node having been off. */
export function isConfirmed({ status, action }: FencingEvent): boolean {
  return status === 'success' && action !== 'on';
}

/** The same event, whoever tells of it. */
export function keyOf({ target, action, status, at, text }: FencingEvent): string {
  return [target, action, status, at ?? text].join(' ');
}
