import type { ClusterState, StatusPart } from '../../model/cluster-state.js';
import { instancesOf } from '../../model/resource-tree.js';
import { mayHideGuests } from '../../model/unlisted-guests.js';
import type { Layout } from './draft.js';

/** The parts that an output of the resources alone may contain. */
const ALONE: readonly StatusPart[] = ['resources', 'warnings'];

/**
 * The reasons why a text is not a complete output. Options of crm_mon leave out parts and select resources, so a missing part
 * alone proves nothing there; `pcs status` has no such options.
 */
export function truncationOf(state: ClusterState, layout: Layout, endsWhole: boolean): readonly string[] {
  if (state.printed.every((part) => part === 'warnings')) return [];
  return [
    ...beginning(state, layout),
    ...nodes(state, layout),
    ...resources(state, layout),
    ...ending(state, layout, endsWhole),
  ];
}

function beginning(
  { printed, dc, dcIsNone }: ClusterState,
  { first, nodesOnly, recent, fromPcs }: Layout,
): readonly string[] {
  if (first === undefined || nodesOnly) return [];
  if (first.part === 'summary') {
    if (first.bullet) return ['it begins without the title of its summary'];
    // Only `crm_mon --exclude=dc` leaves it out.
    const hasDc = dc !== undefined || dcIsNone === true || (recent && !fromPcs);
    return hasDc ? [] : ['its summary says nothing of the DC'];
  }
  // `crm_mon --include=nodes` prints one part and its title; nothing else prints a part without a summary.
  if (first.titled && recent && printed.length === 1) return [];
  // `pcs status resources` prints them alone, without a title.
  if (!first.titled && first.part === 'resources' && printed.every((part) => ALONE.includes(part))) return [];
  return [`it begins with ${first.part}: there is no summary`];
}

function nodes(state: ClusterState, layout: Layout): readonly string[] {
  const { counts, printed } = state;
  const counted = counts.nodes ?? 0;
  if (counted === 0 || layout.summaryOnly) return [];
  if (!printed.includes('nodes')) {
    // `crm_mon --exclude=nodes` continues with the next part.
    const excluded = layout.recent && !layout.fromPcs && printed.length > 1;
    return excluded ? [] : [`${counted} nodes are counted, none is listed`];
  }
  const listed = state.nodes.length;
  // Guests that are offline are not listed, nor are resources that may run them, unless the list of resources is full.
  const isFollowed = printed.includes('resources') && layout.fullList !== true;
  if (listed >= counted || layout.briefNodes || isFollowed || mayHideGuests(state)) return [];
  return [`${counted} nodes are counted, ${listed} listed`];
}

function resources(state: ClusterState, layout: Layout): readonly string[] {
  const counted = state.counts.resources ?? 0;
  if (counted === 0 || layout.fromPcs !== true || layout.summaryOnly) return [];
  if (!state.printed.includes('resources')) return [`${counted} resources are counted, none is listed`];
  // A clone's summary leaves out stopped instances, so only instances printed one by one can be counted.
  if (layout.fullList !== true || layout.summarised || mayHideGuests(state)) return [];
  const listed = instancesOf(state).length;
  return listed >= counted ? [] : [`${counted} resources are counted, ${listed} listed`];
}

function ending(state: ClusterState, layout: Layout, endsWhole: boolean): readonly string[] {
  const { bareTitle, last } = layout;
  const reasons: string[] = [];
  if (last !== undefined && (isOpen(last.line.text) || (!last.understood && !endsWhole)))
    reasons.push(`it ends inside a line: ${last.line.text.slice(0, 80)}`);
  if (bareTitle !== undefined) reasons.push(`it ends with a title: ${bareTitle}`);
  if (lacksDaemons(state, layout)) reasons.push('it ends before Daemon Status');
  return reasons;
}

/** `pcs status` ends with the daemons on systems with systemd; EL 6, with cman, has none. */
function lacksDaemons({ printed, dc, stack }: ClusterState, { fromPcs, recent }: Layout): boolean {
  if (!fromPcs || printed.includes('daemons')) return false;
  const version = /^1\.1\.(\d{1,2})\b/.exec(dc?.version ?? '')?.[1];
  return recent === true || (stack === 'corosync' && version !== undefined && Number(version) >= 13);
}

function isOpen(text: string): boolean {
  const count = (char: string): number => text.split(char).length - 1;
  return count('[') > count(']') || count('(') > count(')') || /[=,]$/.test(text) || /='[^']*$/.test(text.slice(-200));
}
