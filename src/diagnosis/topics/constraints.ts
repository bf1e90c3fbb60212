import { message } from '../../messages/message.js';
import { defined } from '../../model/defined.js';
import { INFINITY } from '../../model/pacemaker-values.js';
import { type ExplanationTable, firstOf, step } from '../explanation.js';
import type { Facts } from '../facts.js';
import { about, type DiagnosisItem, item } from '../item.js';

/** What keeps resources from nodes, whatever made them, and counters that will. */
export function constraintItems(facts: Facts): readonly DiagnosisItem[] {
  return [...banItems(facts), ...failCountItems(facts), ...ticketItems(facts)];
}

/** `crm_resource --ban`, and so `pcs resource ban` and `move`, leaves constraints whose ids begin with `cli-`. */
function banItems({ state }: Facts): readonly DiagnosisItem[] {
  return state.bans.map(({ id: constraint, resource, node, promotedOnly }) =>
    /^cli-/.test(constraint)
      ? item('ban-left', 'warning', about('resource', resource), { nodes: [node], constraint })
      : item('ban', 'note', about('resource', resource), { nodes: [node], constraint, promotedOnly }),
  );
}

function failCountItems({ state }: Facts): readonly DiagnosisItem[] {
  return state.failCounts.flatMap(({ node, resource, failCount: count, migrationThreshold: threshold }) => {
    if (count === undefined || count === 0) return [];
    const reached = count >= (threshold ?? INFINITY);
    const payload = { node, count, reached, ...defined({ threshold }) };
    return [item('fail-count', 'warning', about('resource', resource), payload)];
  });
}

function ticketItems({ state }: Facts): readonly DiagnosisItem[] {
  return state.tickets.flatMap(({ id, granted, standby, lastGranted }) => {
    if (!granted) return [item('ticket-revoked', 'warning', about('ticket', id), defined({ lastGranted }))];
    return standby ? [item('ticket-standby', 'warning', about('ticket', id))] : [];
  });
}

export const CONSTRAINT_EXPLANATIONS = {
  'ban-left': ({ subject: { names } }) => ({
    next: [step(`pcs resource clear ${firstOf(names, 'RESOURCE')}`, 'ban-left.pcs-resource-clear')],
  }),
  ban: () => ({ next: [step('pcs constraint location', 'ban.pcs-constraint-location')] }),
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
      step(`pcs resource failcount show ${firstOf(names, 'RESOURCE')}`, 'fail-count.pcs-resource-failcount'),
      step(`pcs resource cleanup ${firstOf(names, 'RESOURCE')}`, 'fail-count.pcs-resource-cleanup'),
    ],
  }),
  'ticket-revoked': () => ({
    next: [
      step('pcs constraint ticket', 'ticket-revoked.pcs-constraint-ticket'),
      step('booth list', 'ticket-revoked.booth-list'),
    ],
  }),
  'ticket-standby': ({ subject: { names } }) => ({
    next: [step(`crm_ticket --ticket ${firstOf(names, 'TICKET')} --activate`, 'ticket-standby.crm-ticket')],
  }),
} satisfies Partial<ExplanationTable>;

/** Without a number where pacemaker would say INFINITY. */
function finite(count: number | undefined): number | undefined {
  return count === undefined || count >= INFINITY ? undefined : count;
}
