import type { ClusterState, NodeState, StatusPart } from '../model/cluster-state.js';
import { groupBy } from '../model/group-by.js';
import { baseId, instancesOf, type ResourceInstance } from '../model/resource-tree.js';

/**
 * What differs between two outputs of one cluster, in pacemaker's words: `beta: online → UNCLEAN (online)`, `vip: Started alpha →
 * Stopped`, `+ vip_start_0 on beta …`. Only parts that both of them print are compared.
 */
export function differencesBetween(before: ClusterState, now: ClusterState): readonly string[] {
  const both = (part: StatusPart) => before.printed.includes(part) && now.printed.includes(part);
  return [
    ...changed('DC', dcOf(before), dcOf(now)),
    ...changed('quorum', quorumOf(before), quorumOf(now)),
    ...(both('nodes') ? differences(conditions(before), conditions(now)) : []),
    ...(both('resources') ? differences(places(before), places(now)) : []),
    ...newFailures(before, now),
  ];
}

function changed(name: string, before: string | undefined, now: string | undefined): readonly string[] {
  return before === undefined || now === undefined || before === now ? [] : [`${name}: ${before} → ${now}`];
}

/** A name that only one of the outputs has shows as `-` in the other. */
function differences(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] {
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].flatMap((name) => changed(name, before.get(name) ?? '-', now.get(name) ?? '-'));
}

function dcOf({ dc, dcIsNone }: ClusterState): string | undefined {
  return dc?.name ?? (dcIsNone === true ? 'NONE' : undefined);
}

function quorumOf({ quorate }: ClusterState): string | undefined {
  if (quorate === undefined) return undefined;
  return quorate ? 'with quorum' : 'WITHOUT quorum';
}

function conditions({ nodes }: ClusterState): ReadonlyMap<string, string> {
  return new Map(nodes.map((node) => [node.name, conditionOf(node)]));
}

/** In words of pacemaker: `online`, `OFFLINE`, `standby`, `UNCLEAN (online)` …. */
export function conditionOf({ online, unclean, pending, standby, maintenance }: NodeState): string {
  if (unclean) return `UNCLEAN (${online ? 'online' : 'offline'})`;
  if (pending) return 'pending';
  const words = [standby ? 'standby' : '', maintenance ? 'maintenance' : ''].filter(Boolean);
  if (!online) return ['OFFLINE', ...words].join(', ');
  return words.length > 0 ? words.join(', ') : 'online';
}

function places(state: ClusterState): ReadonlyMap<string, string> {
  const byId = groupBy(instancesOf(state), ({ id }) => baseId(id));
  return new Map([...byId].map(([id, instances]) => [id, [...new Set(instances.map(placeOf))].toSorted().join(', ')]));
}

function placeOf({ role, nodes, failed, managed }: ResourceInstance): string {
  const words = [failed ? 'FAILED' : '', role === 'Unknown' ? '' : role, ...nodes, managed ? '' : '(unmanaged)'];
  return words.filter(Boolean).join(' ');
}

function newFailures(before: ClusterState, now: ClusterState): readonly string[] {
  const known = new Set(before.failedActions.map(({ text }) => text));
  return now.failedActions.filter(({ text }) => !known.has(text)).map(({ text }) => `+ ${text}`);
}
