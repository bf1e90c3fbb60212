import { type StatusDraft, say } from './draft.js';
import type { Rule } from './header-rule.js';

/** What may follow `configured`: nothing, a full stop, the votes, or how many are disabled and blocked; no other line. */
const END = /^(?:\.?|, [^()[\]:]*|: [^()[\]:]*| \([^()[\]:]*\))$/;

/**
 * One line up to 1.1.16, `3 nodes and 7 resources configured`, else two; `2 Nodes configured, unknown expected votes` up to
 * 1.1.11 and with the plugin; `resource instances` since 1.1.20 (`tools/crm_mon.c`, `cluster_counts_text`).
 */
export const countsRules: readonly Rule[] = [
  [
    /^(\d{1,9}) nodes?(?: and (\d{1,9}) resources?)? configured(.*)$/i,
    (draft, [, nodes = '', resources, rest = '']) =>
      END.test(rest) &&
      say(draft.counts, 'nodes', Number(nodes)) &&
      (resources === undefined || say(draft.counts, 'resources', Number(resources))) &&
      readRest(draft, rest),
  ],
  [
    /^(\d{1,9}) resources?(?: instances?)? configured(.*)$/i,
    (draft, [, resources = '', rest = '']) =>
      END.test(rest) && say(draft.counts, 'resources', Number(resources)) && readRest(draft, rest),
  ],
];

/** `, 2 expected votes`; `(1 DISABLED, 2 BLOCKED from further action due to failure)`; `: 1 resource DISABLED and 0 BLOCKED …` in 1.1.12. */
function readRest({ counts }: StatusDraft, rest: string): boolean {
  const number = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(rest)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const votes = number(/\b(\d{1,9}) expected votes/);
  const disabled = number(/\b(\d{1,9}) (?:resources? )?DISABLED/);
  const blocked = number(/\b(\d{1,9}) (?:resources? )?BLOCKED/);
  return (
    (votes === undefined || say(counts, 'expectedVotes', votes)) &&
    (disabled === undefined || say(counts, 'disabled', disabled)) &&
    (blocked === undefined || say(counts, 'blocked', blocked))
  );
}
