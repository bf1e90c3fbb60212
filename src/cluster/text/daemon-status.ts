import type { Section } from './draft.js';

/** `corosync: active/enabled`; the list is empty where pcs found no systemd. */
export const daemonStatus: Section = {
  title: /^Daemon Status:$/,
  read({ text }, draft) {
    const [, daemon, state] = /^([\w.@-]+): (\S+\/\S+)$/.exec(text) ?? [];
    if (daemon === undefined || state === undefined) return false;
    draft.daemons[daemon] = state;
    return true;
  },
};
