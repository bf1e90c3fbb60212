import type { StatusDraft } from './draft.js';
import { parentFor } from './open-resources.js';
import type { StatusLine } from './section.js';

/** `2\t(ocf:heartbeat:Dummy):\tActive a`, `0/1 …` (`pe__rscs_brief_output`): how many there are, and not which. */
const COUNT = /^(\d{1,9})(?:\/(\d{1,9}))?\s+\(([^()\s]+)\):\s+Active(?:\s+(\S+))?$/;

export function readBrief({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, active, total = active, agent] = COUNT.exec(text) ?? [];
  if (total === undefined || agent === undefined) return false;
  draft.printed.add('resources');
  draft.layout.summarised = true;
  if (draft.node !== undefined) draft.layout.briefNodes = true;
  const parent = parentFor(draft, indent, ({ kind }) => kind === 'group');
  if (parent?.kind === 'group') {
    // An agent has one line a node, each with the total.
    const known = parent.counted.has(agent) ? 0 : Number(total);
    parent.counted.add(agent);
    parent.group.notPrinted = (parent.group.notPrinted ?? 0) + known;
  }
  return true;
}
