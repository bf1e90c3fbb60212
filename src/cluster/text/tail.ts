import type { FailCount, StatusPart } from '../../model/cluster-state.js';
import { parseScore } from '../../model/pacemaker-values.js';
import { keep, type Open, type Section, type StatusDraft, type StatusLine } from './draft.js';

/** `corosync: active/enabled`; the list is empty where pcs found no systemd. */
export const daemonStatus: Section = {
  part: 'daemons',
  titles: ['daemon status:'],
  mayBeEmpty: true,
  read({ text }, draft) {
    const [, name, active, enabled] = /^([\w.@-]+): ([\w-]+)\/([\w-]+)$/.exec(text) ?? [];
    if (name === undefined || active === undefined || enabled === undefined) return false;
    draft.found.daemons.push({ name, active, enabled });
    return true;
  },
};

/** pcs 0.9 may print the node's names in corosync and pacemaker after it (`prepare_node_name` of `pcs/utils.py`). */
const PCSD_LINE = /^([^\s()[\]]+?)(?: member)?(?: \([^()]*\))?: ((?:On|Off)line|Unable to \S.*|Not \S.*|Error\b.*)$/;

export const pcsd: Section = {
  part: 'pcsd',
  titles: ['pcsd status:'],
  read({ text }, draft) {
    const [, node, state] = PCSD_LINE.exec(text) ?? [];
    if (node === undefined || state === undefined) return false;
    if (draft.pcsd.has(node)) return draft.pcsd.get(node) === state;
    draft.pcsd.set(node, state);
    return true;
  },
};

/** crm_mon prints `[standby]` and `last-granted=…`; crm_ticket, whose output pcs prints, also `(…, standby=true, …)`. */
const LAST_GRANTED = /\blast-granted=(?:'([^']*)'|"([^"]*)"|([^,()]+))/;

/** `ID\tgranted|revoked …`; pcs prints the title even without tickets. */
export const tickets: Section = {
  part: 'tickets',
  titles: ['tickets:'],
  mayBeEmpty: true,
  read({ text }, draft) {
    const [, id, word, rest = ''] = /^([^\s()[\]]+)\s+(granted|revoked)(|\s.*)$/.exec(text) ?? [];
    if (id === undefined) return false;
    const [, single, double, bare] = LAST_GRANTED.exec(rest) ?? [];
    const lastGranted = (single ?? double ?? bare)?.trim();
    draft.found.tickets.push({
      id,
      granted: word === 'granted',
      standby: rest.includes('[standby]') || /\bstandby=true\b/.test(rest),
      ...(lastGranted ? { lastGranted } : {}),
    });
    return true;
  },
};

/** `as Master` up to 2.0, `in Promoted role` since 2.1 (`role_desc` of pacemaker's `lib/pengine/pe_output.c`). */
const BAN =
  /^([^\s()[\]]+)\s+prevents ([^\s()[\]]+) from running (?:(as|in) (?:Master|Promoted|promoted|master) (?:role )?)?on ([^\s()[\]]+)(?: \([^()]*\))?$/;

/** `Fencing constraints` up to 1.1.12; 1.1 prints the title even without bans. */
export const bans: Section = {
  part: 'bans',
  titles: ['negative location constraints:', 'fencing constraints:'],
  mayBeEmpty: true,
  read({ text }, draft) {
    const [, id, resource, promoted, node] = BAN.exec(text) ?? [];
    if (id === undefined || resource === undefined || node === undefined) return false;
    draft.found.bans.push({ id, resource, node: withoutHost(node), promotedOnly: promoted !== undefined });
    return true;
  },
};

/** crm_mon adds this note to the attribute of a ping resource. */
const NOTE = /^: Connectivity is (?:lost|degraded \(Expected=-?\d{1,9}\))$/;

/** `* location : office`; up to 2.0.2 `+ location : office`. */
export const attributes = belowNodes('attributes', ['node attributes:'], (text, node, draft) => {
  const colon = loneColon(text);
  if (colon < 1) return false;
  const name = text.slice(0, colon).trimEnd();
  draft.found.attributes.push({ node, name, value: withoutNote(text.slice(colon + 1).trim()) });
  return true;
});

/** The first colon between blanks, because names contain colons too: `master-drbd:1`. */
function loneColon(text: string): number {
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    if (/\s/.test(text.charAt(at - 1)) && !/\S/.test(text.charAt(at + 1))) return at;
  }
  return -1;
}

function withoutNote(value: string): string {
  const at = value.lastIndexOf(': Connectivity is ');
  return at >= 0 && NOTE.test(value.slice(at)) ? value.slice(0, at).trimEnd() : value;
}

/** `(12) monitor: interval="10000ms"`; up to 2.0.2 followed by the result. */
const OPERATION = /^\(-?\d{1,9}\) \S/;
const ORPHAN = /^(?:Orphan resource: \S+|\S+: orphan):?$/;
const RESOURCE = /^([^\s()[\]]+?):((?: (?:migration-threshold|fail-count)=\S+?)*)(?: last-failure='([^']*)')?:?$/;

/** Below the line that `-f` prints, `-o` and `-t` print the operations of each resource, which are not stored. */
export const operations = belowNodes('operations', ['operations:'], readHistory);
export const migration = belowNodes('migration', ['migration summary:'], readHistory);

function readHistory(text: string, node: string, draft: StatusDraft): boolean {
  return OPERATION.test(text) || ORPHAN.test(text) || readResource(text, node, draft);
}

/** A part whose lines stand below the node that they are about. */
function belowNodes(
  part: StatusPart,
  titles: readonly string[],
  readBelow: (text: string, node: string, draft: StatusDraft) => boolean,
): Section {
  return {
    part,
    titles,
    mayBeEmpty: true,
    open(_, draft) {
      delete draft.subject;
    },
    read: (line, draft) =>
      readSubject(line, draft) || (draft.subject !== undefined && readBelow(line.text, draft.subject, draft)),
  };
}

function readResource(text: string, node: string, draft: StatusDraft): boolean {
  const [, resource, numbers = '', lastFailure] = RESOURCE.exec(text) ?? [];
  if (resource === undefined) return false;
  const count: Open<FailCount> = { node, resource };
  for (const [, key, printed = ''] of numbers.matchAll(/ (migration-threshold|fail-count)=(\S+)/g)) {
    const value = numberOf(printed.replace(/:$/, ''));
    if (value === undefined) return false;
    keep(count, key === 'fail-count' ? 'failCount' : 'migrationThreshold', value);
  }
  if (lastFailure !== undefined) count.lastFailure = lastFailure;
  if (numbers !== '' || lastFailure !== undefined) draft.found.failCounts.push(count);
  return true;
}

function numberOf(printed: string): number | undefined {
  return /^(?:INFINITY|\d{1,9})$/.test(printed) ? parseScore(printed) : undefined;
}

/** The node that the following lines belong to: `* Node: a (1):` since 2.0.3, `* Node a:` before; a guest may name its host. */
function readSubject({ text }: StatusLine, draft: StatusDraft): boolean {
  const name = /^Node:? ([^\s()[\]]+?)(?: \([^()]*\))?:$/.exec(text)?.[1];
  if (name === undefined) return false;
  draft.subject = withoutHost(name);
  return true;
}

/** A guest is printed as `guest@node` with details. */
function withoutHost(name: string): string {
  const at = name.indexOf('@');
  return at < 0 ? name : name.slice(0, at);
}
