import type { Section } from './section.js';

/** `corosync: active/enabled`; the list is empty where pcs found no systemd. */
export const daemonStatus: Section = {
  part: 'daemons',
  titles: ['daemon status:'],
  mayBeEmpty: true,
  read({ text }, draft) {
    const [, name, active, enabled] = /^([\w.@-]+): ([\w-]+)\/([\w-]+)$/.exec(text) ?? [];
    if (name === undefined || active === undefined || enabled === undefined) return false;
    draft.daemons.push({ name, active, enabled });
    return true;
  },
};
