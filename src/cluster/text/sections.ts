import { attributes } from './attributes.js';
import { bans } from './bans.js';
import { daemonStatus } from './daemon-status.js';
import { failedActions } from './failed-actions.js';
import { failedFencing, fencingHistory } from './fencing.js';
import { header } from './header.js';
import { warnings } from './messages.js';
import { nodeList } from './node-list.js';
import { migration, operations } from './operations.js';
import { passedOver } from './passed-over.js';
import { pcsNodes, pcsRemoteNodes } from './pcs-nodes.js';
import { pcsd } from './pcsd.js';
import { resourceList } from './resource-list.js';
import type { Section, StatusLine } from './section.js';
import { tickets } from './tickets.js';

const SECTIONS: readonly Section[] = [
  header,
  nodeList,
  pcsNodes,
  pcsRemoteNodes,
  resourceList,
  attributes,
  operations,
  migration,
  failedActions,
  failedFencing,
  fencingHistory,
  tickets,
  bans,
  pcsd,
  daemonStatus,
  warnings,
  passedOver,
];

/** Before 2.0.3 nodes, and in crm_mon resources too, stand under no title, so these are tried wherever a section gives up. */
export const UNTITLED: readonly Section[] = [header, nodeList, resourceList];

const BY_TITLE: ReadonlyMap<string, Section> = new Map(
  SECTIONS.flatMap((section) => section.titles.map((title) => [title, section] as const)),
);
const LONGEST_TITLE = Math.max(...[...BY_TITLE.keys()].map((title) => title.length));

/** The section that this line opens. */
export function sectionTitled({ text, bullet }: StatusLine): Section | undefined {
  if (bullet || text.length > LONGEST_TITLE || !text.endsWith(':')) return undefined;
  return BY_TITLE.get(text.toLowerCase());
}
