import type { ClusterState } from '../model/cluster-state.js';
import { daemonStatus } from './text/daemon-status.js';
import { emptyDraft, type Section, type StatusDraft, type StatusLine, stateFromDraft } from './text/draft.js';
import { failedActions } from './text/failed-actions.js';
import { header } from './text/header.js';
import { statusLinesOf } from './text/lines.js';
import { nodeList } from './text/node-list.js';
import { passedOver } from './text/passed-over.js';
import { resourceList } from './text/resource-list.js';
import { warnings } from './text/warnings.js';

const SECTIONS: readonly Section[] = [
  header,
  nodeList,
  resourceList,
  failedActions,
  daemonStatus,
  warnings,
  passedOver,
];

/** Before 2.0 nodes, and in crm_mon resources too, stand under no title, so these are tried wherever a section gives up. */
const UNTITLED: readonly Section[] = [header, nodeList, resourceList];

/** `pcs status`, `pcs status --full` or `crm_mon` text of pacemaker 1.1 to 3.0; never throws, lines not understood are kept in `unparsed`. */
export function parseStatusText(source: string): ClusterState {
  const draft = emptyDraft();
  let current: Section = header;
  for (const line of statusLinesOf(source)) {
    if (line.text === '') {
      if (current.endsAtBlankLine) current = header;
      continue;
    }
    const opened = SECTIONS.find((section) => section.title.test(line.text));
    if (opened !== undefined) {
      current = opened;
      draft.containers = [];
    } else if (!reads(current, line, draft)) draft.unparsed.push(line.raw);
  }
  return stateFromDraft(draft);
}

function reads(current: Section, line: StatusLine, draft: StatusDraft): boolean {
  return current.read(line, draft) || UNTITLED.some((section) => section !== current && section.read(line, draft));
}
