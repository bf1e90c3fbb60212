import type { Section } from './section.js';
import { withoutHost } from './subject.js';

/** `as Master` up to 2.0, `in Promoted role` since 2.1 (`role_desc` of pacemaker's `lib/pengine/pe_output.c`). */
const BAN =
  /^([^\s()[\]]+)\s+prevents ([^\s()[\]]+) from running (?:(as|in) (?:Master|Promoted|promoted|master) (?:role )?)?on ([^\s()[\]]+)(?: \([^()]*\))?$/;

/** `Fencing constraints` up to 1.1.12; 1.1 prints the title even where there is none. */
export const bans: Section = {
  part: 'bans',
  titles: ['negative location constraints:', 'fencing constraints:'],
  mayBeEmpty: true,
  read({ text }, draft) {
    const [, id, resource, promoted, node] = BAN.exec(text) ?? [];
    if (id === undefined || resource === undefined || node === undefined) return false;
    draft.bans.push({ id, resource, node: withoutHost(node), promotedOnly: promoted !== undefined });
    return true;
  },
};
