import { message } from '../../messages/message.js';
import { INFINITY } from '../../model/pacemaker-values.js';
import { type ExplanationTable, oneOf, step } from './explanation.js';

type ConstraintCode = 'ban-left' | 'ban' | 'fail-count' | 'ticket-revoked' | 'ticket-standby';

export const CONSTRAINT_EXPLANATIONS: ExplanationTable<ConstraintCode> = {
  'ban-left': ({ subject: { names }, payload: { nodes, constraint } }) => ({
    title: message('ban-left.title', { names, nodes }),
    means: message('ban-left.means', { constraint }),
    next: [step(`pcs resource clear ${oneOf(names, 'RESOURCE')}`, message('ban-left.pcs-resource-clear'))],
  }),
  ban: ({ subject: { names }, payload: { nodes, constraint, promotedOnly } }) => ({
    title: message('ban.title', { names, promotedOnly, nodes }),
    means: message('ban.means', { constraint }),
    next: [step('pcs constraint location', message('ban.pcs-constraint-location'))],
  }),
  'fail-count': ({ subject: { names }, payload: { node, count, threshold, reached } }) => ({
    title: message('fail-count.title', {
      names,
      node,
      count: count === undefined ? undefined : (finite(count) ?? 'INFINITY'),
      reached,
    }),
    means: reached
      ? message('fail-count.means.reached', { threshold: finite(threshold) })
      : message('fail-count.means.below', { threshold: finite(threshold) }),
    next: [
      step(`pcs resource failcount show ${oneOf(names, 'RESOURCE')}`, message('fail-count.pcs-resource-failcount')),
      step(`pcs resource cleanup ${oneOf(names, 'RESOURCE')}`, message('fail-count.pcs-resource-cleanup')),
    ],
  }),
  'ticket-revoked': ({ subject: { names }, payload: { lastGranted } }) => ({
    title: message('ticket-revoked.title', { names }),
    means: message('ticket-revoked.means', { lastGranted }),
    next: [
      step('pcs constraint ticket', message('ticket-revoked.pcs-constraint-ticket')),
      step('booth list', message('ticket-revoked.booth-list')),
    ],
  }),
  'ticket-standby': ({ subject: { names } }) => ({
    title: message('ticket-standby.title', { names }),
    means: message('ticket-standby.means'),
    next: [step(`crm_ticket --ticket ${oneOf(names, 'TICKET')} --activate`, message('ticket-standby.crm-ticket'))],
  }),
};

/** Without a number where pacemaker would say INFINITY. */
function finite(count: number | undefined): number | undefined {
  return count === undefined || count >= INFINITY ? undefined : count;
}
