import type { Section } from './section.js';

/** Of crm_mon `[standby]` and `last-granted=…`, of crm_ticket, whose words pcs prints, also `(…, standby=true, …)`. */
const LAST_GRANTED = /\blast-granted=(?:'([^']*)'|"([^"]*)"|([^,()]+))/;

/** `ID\tgranted|revoked …`; pcs prints the title even where there is none. */
export const tickets: Section = {
  part: 'tickets',
  titles: ['tickets:'],
  mayBeEmpty: true,
  read({ text }, draft) {
    const [, id, word, rest = ''] = /^([^\s()[\]]+)\s+(granted|revoked)(|\s.*)$/.exec(text) ?? [];
    if (id === undefined) return false;
    const [, single, double, bare] = LAST_GRANTED.exec(rest) ?? [];
    const lastGranted = (single ?? double ?? bare)?.trim();
    draft.tickets.push({
      id,
      granted: word === 'granted',
      standby: rest.includes('[standby]') || /\bstandby=true\b/.test(rest),
      ...(lastGranted ? { lastGranted } : {}),
    });
    return true;
  },
};
