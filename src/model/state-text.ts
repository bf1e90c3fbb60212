import type { ClusterState, FencingEvent, NodeState } from './cluster-state.js';
import type { ResourceInstance } from './resource-tree.js';
import type { ResourceView } from './resource-view.js';

/** Lists show this many items and count the rest, because a cluster may have hundreds. */
const SHOWN = 12;

/** `a, b, c and 30 more`. */
export function listed(items: readonly string[], none: string, separator = ', '): string {
  if (items.length === 0) return none;
  const rest = items.length - SHOWN;
  return rest > 0 ? `${items.slice(0, SHOWN).join(separator)} and ${rest} more` : items.join(separator);
}

/** `offline`, `online, standby`, `unclean, offline`, `remote, online` … of one node, in pacemaker's words. */
export function describeNode(node: NodeState): string {
  const words = [
    ...(node.type === 'member' ? [] : [node.type]),
    ...(node.unclean ? ['unclean'] : []),
    node.pending ? 'pending' : node.online ? 'online' : 'offline',
    ...(node.standby ? ['standby'] : []),
    ...(node.maintenance ? ['maintenance'] : []),
  ];
  return words.join(', ');
}

export function describeNodes(nodes: readonly NodeState[]): string {
  return listed(
    nodes.map((node) => `${node.name} ${describeNode(node)}`),
    'no nodes',
    '; ',
  );
}

/** `vip Started on ha-host2`, `vip Stopped (disabled)`. */
function describeInstance(resource: ResourceInstance): string {
  const role = resource.failed ? (resource.role === 'Unknown' ? 'FAILED' : `FAILED ${resource.role}`) : resource.role;
  const flags = [
    ...(resource.orphaned ? ['orphaned'] : []),
    ...(resource.unclean ? ['unclean'] : []),
    ...(resource.disabled ? ['disabled'] : []),
    ...(resource.blocked ? ['blocked'] : []),
    ...(resource.maintenance ? ['maintenance'] : []),
    ...(resource.managed ? [] : ['unmanaged']),
    ...(resource.pending === undefined || resource.pending === resource.role ? [] : [resource.pending]),
    ...(resource.lockedTo === undefined ? [] : [`locked to ${resource.lockedTo}`]),
  ];
  const where = resource.nodes.length > 0 ? ` on ${resource.nodes.join(', ')}` : '';
  return `${resource.id} ${role}${where}${flags.length > 0 ? ` (${flags.join(', ')})` : ''}`;
}

export function describeView({ containers, instances }: ResourceView): string {
  const hidden = containers.reduce(
    (sum, container) => sum + (container.kind === 'group' ? (container.notPrinted ?? 0) : 0),
    0,
  );
  const unseen = hidden > 0 ? [`${hidden} inactive, not printed`] : [];
  return listed([...instances.map(describeInstance), ...unseen], 'no instance', '; ');
}

export function describeQuorum(state: ClusterState): string {
  const dc = state.dc === undefined ? 'no DC' : `DC ${state.dc.name}`;
  if (state.quorate === undefined) return `${dc}, quorum not printed`;
  return `${dc}, partition ${state.quorate ? 'with' : 'WITHOUT'} quorum`;
}

export function describeDaemons({ daemons }: Pick<ClusterState, 'daemons'>): string {
  return daemons.map(({ name, active, enabled }) => `${name} ${active}/${enabled}`).join(', ');
}

export function describeLines(lines: readonly string[], what: string): string {
  return lines.length === 0 ? `no ${what}s` : `${what}s: ${listed(lines.map(quoted), '')}`;
}

export function describeFencing(events: readonly FencingEvent[]): string {
  return listed(
    events.map(({ text }) => text),
    'no fencing is listed',
    '; ',
  );
}

/** Strings are compared without case: pcs 0.9 prints "no stonith devices", 0.10 and newer "No stonith devices". */
export function anyLike(lines: readonly string[], wanted: string | RegExp): boolean {
  if (typeof wanted === 'string') return lines.some((line) => line.toLowerCase().includes(wanted.toLowerCase()));
  return lines.some((line) => line.search(wanted) >= 0);
}

/** `active/enabled` as pcs prints it, if the daemon is listed. */
export function daemonSays({ daemons }: Pick<ClusterState, 'daemons'>, name: string): string | undefined {
  const daemon = daemons.find((each) => each.name === name);
  return daemon && `${daemon.active}/${daemon.enabled}`;
}

export function quoted(value: string): string {
  return `"${value}"`;
}
