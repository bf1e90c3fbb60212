import { INFINITY } from '../../model/pacemaker-values.js';
import { about, item, type Meaning } from '../meaning.js';
import type { Situation } from '../situation.js';

/** What keeps resources from nodes, whatever made them, and counters that will. */
export function constraintItems(situation: Situation): readonly Meaning[] {
  return [...banItems(situation), ...failCountItems(situation), ...ticketItems(situation)];
}

/** `crm_resource --ban`, and so `pcs resource ban` and `move`, leaves constraints whose ids begin with `cli-`. */
function banItems({ state }: Situation): readonly Meaning[] {
  return state.bans.map(({ id: constraint, resource, node, promotedOnly }) =>
    /^cli-/.test(constraint)
      ? item('ban-left', 'warning', about('resource', resource), { nodes: [node], constraint })
      : item('ban', 'note', about('resource', resource), { nodes: [node], constraint, promotedOnly }),
  );
}

function failCountItems({ state }: Situation): readonly Meaning[] {
  return state.failCounts.flatMap(({ node, resource, failCount: count, migrationThreshold: threshold }) => {
    if (count === undefined || count === 0) return [];
    const reached = count >= (threshold ?? INFINITY);
    const payload = { node, count, reached, ...(threshold === undefined ? {} : { threshold }) };
    return [item('fail-count', 'warning', about('resource', resource), payload)];
  });
}

function ticketItems({ state }: Situation): readonly Meaning[] {
  return state.tickets.flatMap(({ id, granted, standby, lastGranted }) => {
    if (!granted)
      return [item('ticket-revoked', 'warning', about('ticket', id), lastGranted === undefined ? {} : { lastGranted })];
    return standby ? [item('ticket-standby', 'warning', about('ticket', id), {})] : [];
  });
}
