import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

/** Absent where the output does not count. */
export type Count = number | 'INFINITY' | undefined;

const times = (count: Count) => {
  if (count === undefined) return '';
  if (count === 'INFINITY') return ' (fail count INFINITY)';
  return count === 1 ? ' once' : ` ${count} times`;
};

export const DIAGNOSIS_CONSTRAINTS = {
  'ban-left.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `${list(names)} ${plural(names.length, { one: 'is', other: 'are' })} banned from ${list(nodes)} by an earlier move or ban`,
  'ban-left.means': ({ constraint }: { constraint: string }) =>
    `The constraint ${constraint} stays until it is cleared. If the other nodes are lost, the resource has nowhere to go.`,
  'ban-left.pcs-resource-clear': 'removes it',
  'ban.title': ({ names, promotedOnly, nodes }: { names: List; promotedOnly: boolean; nodes: List }) =>
    `${list(names)} may not ${promotedOnly ? 'be promoted' : 'run'} on ${list(nodes)}`,
  'ban.means': ({ constraint }: { constraint: string }) =>
    `This comes from the location constraint ${constraint}, which an administrator created.`,
  'ban.pcs-constraint-location': 'shows all location constraints',
  'fail-count.title': (failed: { names: List; node: string; count: Count; reached: boolean }) =>
    `${list(failed.names)} has failed on ${failed.node}${times(failed.count)}${failed.reached ? ' and may not run there any more' : ''}`,
  'fail-count.means.reached': ({ threshold }: { threshold: number | undefined }) =>
    `The fail count has reached migration-threshold${threshold !== undefined ? ` (${threshold})` : ''}, so pacemaker keeps the resource off that node until the count is cleared or failure-timeout has passed.`,
  'fail-count.means.below': ({ threshold }: { threshold: number | undefined }) =>
    `It is still allowed there${threshold !== undefined ? `, until the count reaches ${threshold}` : ''}.`,
  'fail-count.pcs-resource-failcount': 'shows which operation it was',
  'fail-count.pcs-resource-cleanup': 'after the fix: clears the count',
  'ticket-revoked.title': ({ names }: { names: List }) => `The ticket ${list(names)} is not granted here`,
  'ticket-revoked.means': ({ lastGranted }: { lastGranted: string | undefined }) =>
    `Resources that depend on it are stopped, demoted or fenced here, depending on the constraint (loss-policy). Another site may hold it${lastGranted === undefined ? '' : `; this one last held it at ${lastGranted}`}.`,
  'ticket-revoked.pcs-constraint-ticket': 'shows which resources depend on it',
  'ticket-revoked.booth-list': 'shows which site holds it',
  'ticket-standby.title': ({ names }: { names: List }) => `The ticket ${list(names)} is in standby`,
  'ticket-standby.means':
    'The site holds it and is giving it up in an orderly way: dependent resources are stopped first.',
  'ticket-standby.crm-ticket': 'ends the standby',
};
