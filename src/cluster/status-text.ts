import type { ClusterState } from '../model/cluster-state.js';
import { dropHeld, emptyDraft, type Section, type StatusDraft, type StatusLine, stateFromDraft } from './text/draft.js';
import { failedActions, failedFencing, fencingHistory } from './text/failures.js';
import { header } from './text/header.js';
import { beginsLine, type PrintedLine, statusLine } from './text/lines.js';
import { nodeList, pcsNodes, pcsRemoteNodes } from './text/nodes.js';
import { resourceList } from './text/resources.js';
import { attributes, bans, daemonStatus, migration, operations, pcsd, tickets } from './text/tail.js';
import { truncationOf } from './text/truncation.js';

/** Prefixes of errors: pcs prints `Error:`, crmsh `ERROR:`, libcrmcommon `error:`, crm_mon its own name. */
const ERROR = /^(?:error|critical|fatal|crm_mon|crm_verify|crm_ticket|crm_resource|cibadmin|sudo|(?:-?ba)?sh): ?\S/i;
/** Errors without a prefix. */
const ERROR_WORDS =
  /^(?:Could not connect to |Connection to (?:the )?(?:cluster|CIB)|cluster is not (?:currently running|available)|Unable to get PCSD status|Not connected to cluster|Failed to get fencing history|Signon to )/i;
/** The line after the block of warnings; pasting may lose the blank line between them. */
const PACEMAKERD = /^Status of pacemakerd:/;
const WARNING = /^warning: ?(\S.*)$/i;
/**
 * A log message that also goes to the terminal; it concerns the configuration or the history, not the command:
 * `unpack_rsc_op \terror: …`, `(unpack_status@unpack.c:1126) \twarning: …`.
 */
const LOGGED = /^(?:\([\w@.:-]{1,80}\)|[a-z]\w{0,40}_\w{1,40})\s{1,8}((?:error|warning|critical): \S.*)$/;

/** The block that pcs prints since 0.10.7, with crm_verify's messages; older releases print `WARNING: …` lines. */
const warnings: Section = {
  part: 'warnings',
  titles: ['warnings:', 'full warnings:'],
  endsAtBlankLine: true,
  read({ text }, draft) {
    if (PACEMAKERD.test(text)) return false;
    draft.found.warnings.push(text);
    return true;
  },
};

/** Known parts that ClusterState does not contain. */
const passedOver: Section = {
  titles: ['quorum status:', 'fencing levels:', 'corosync nodes:', 'transition summary:'],
  mayBeEmpty: true,
  read: () => true,
};

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

/** Before 2.0.3 nodes (and resources in crm_mon) have no title, so these sections read every line that the current one does not understand. */
const UNTITLED: readonly Section[] = [header, nodeList, resourceList];

const BY_TITLE: ReadonlyMap<string, Section> = new Map(
  SECTIONS.flatMap((section) => section.titles.map((title) => [title, section] as const)),
);
const LONGEST_TITLE = Math.max(...[...BY_TITLE.keys()].map((title) => title.length));

/**
 * The lines of one `pcs status [--full]`, `pcs status cluster|nodes`, `crm_mon` or `crm status` of pacemaker 1.1 to 3.0;
 * `endsWhole` tells whether a line break follows the last one. Never throws: lines that are not understood are kept in
 * `unparsed`. One pass, linear in the length of the text.
 */
export function parseStatusLines(lines: readonly PrintedLine[], endsWhole: boolean): ClusterState {
  const draft = emptyDraft();
  let current: Section = header;
  for (const printed of lines) {
    const line = statusLine(printed);
    if (line.text === '') {
      if (current.endsAtBlankLine && draft.layout.bareTitle === undefined) current = header;
      forget(draft);
      continue;
    }
    if (current === warnings && beginsLine(line.text)) current = header;
    const opened = sectionTitled(line);
    if (opened !== undefined) {
      current = opened;
      openSection(current, line, draft);
    } else readLine(current, line, draft);
  }
  dropHeld(draft);
  const state = stateFromDraft(draft);
  return { ...state, truncated: truncationOf(state, draft.layout, endsWhole) };
}

function openSection(section: Section, line: StatusLine, draft: StatusDraft): void {
  const { layout, open } = draft;
  open.length = 0;
  dropHeld(draft);
  forget(draft);
  if (section.part !== undefined) {
    draft.printed.add(section.part);
    if (section !== warnings) layout.first ??= { part: section.part, titled: true, bullet: false };
  }
  section.open?.(line, draft);
  layout.last = { line, understood: true };
  if (section.mayBeEmpty) delete layout.bareTitle;
  else layout.bareTitle = line.text;
}

function readLine(current: Section, line: StatusLine, draft: StatusDraft): void {
  const { layout } = draft;
  const { bareTitle } = layout;
  delete layout.bareTitle;
  const understood = reads(current, line, draft);
  layout.last = { line, understood };
  if (!understood) {
    draft.found.unparsed.push(line.raw);
    if (bareTitle !== undefined) layout.bareTitle = bareTitle;
    return;
  }
  if (line.bullet) layout.recent = true;
  if (layout.first !== undefined) return;
  const part = [...draft.printed].find((each) => each !== 'warnings');
  if (part !== undefined) layout.first = { part, titled: false, bullet: line.bullet };
}

function reads(current: Section, line: StatusLine, draft: StatusDraft): boolean {
  if (current === warnings) return current.read(line, draft) || header.read(line, draft);
  if (readMessage(line, draft)) return true;
  const understood =
    current.read(line, draft) || UNTITLED.some((section) => section !== current && section.read(line, draft));
  if (understood) delete draft.message;
  return understood || readContinuation(line, draft);
}

/** A blank line or a title ends the resources of a node and the continuation of a message. */
function forget(draft: StatusDraft): void {
  delete draft.node;
  delete draft.message;
}

/** The section that this line opens; crm_simulate prints titles with bullets. */
function sectionTitled({ text }: StatusLine): Section | undefined {
  if (text.length > LONGEST_TITLE || !text.endsWith(':')) return undefined;
  return BY_TITLE.get(text.toLowerCase());
}

/** An error or a warning may appear anywhere, because both streams of a command are read as one. */
function readMessage({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const warning = LOGGED.exec(text)?.[1] ?? WARNING.exec(text)?.[1];
  if (warning === undefined && !ERROR.test(text) && !ERROR_WORDS.test(text)) return false;
  if (warning !== undefined) draft.printed.add('warnings');
  const list = warning === undefined ? draft.found.errors : draft.found.warnings;
  list.push(warning?.trim() ?? text);
  draft.message = { list, indent };
  return true;
}

/** Lines with deeper indentation belong to the message above. */
function readContinuation({ text, indent, bullet }: StatusLine, draft: StatusDraft): boolean {
  const { message } = draft;
  const last = message?.list.at(-1);
  if (message === undefined || last === undefined || bullet || indent <= message.indent) return false;
  message.list[message.list.length - 1] = `${last}\n${text}`;
  return true;
}
