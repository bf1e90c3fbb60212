import type { FencingEvent, NodeState } from '../../model/cluster-state.js';
import { about, item, type Meaning, type WhyUnclean } from '../meaning.js';
import { replicaName, type Situation, wasPrinted } from '../situation.js';

/** Each node that is not plainly online, and the others in one item. */
export function nodeItems(situation: Situation): readonly Meaning[] {
  const { nodes } = situation.state;
  const fine = nodes.filter(isPlainlyOnline).map(({ name }) => name);
  return [
    ...nodes.flatMap((node) => itemsOf(node, situation)),
    ...unlisted(situation),
    ...(fine.length > 0 ? [item('nodes-online', 'good', about('node', ...fine), {})] : []),
  ];
}

function isPlainlyOnline(node: NodeState): boolean {
  return node.online && !node.standby && !node.maintenance && !node.pending && !node.unclean && !isUnwell(node);
}

function isUnwell({ health }: NodeState): boolean {
  return health === 'yellow' || health === 'red';
}

function itemsOf(node: NodeState, situation: Situation): readonly Meaning[] {
  if (!node.online && isReplica(node, situation)) return [];
  const subject = about('node', node.name);
  if (isLeftover(node, situation)) {
    const { id, unclean } = node;
    const said = { ...(id === undefined ? {} : { id }), unclean };
    return [item('node-leftover', unclean ? 'problem' : 'warning', subject, said)];
  }
  const { type } = node;
  const items: Meaning[] = [];
  if (node.unclean) {
    const as = node.pending ? 'pending' : node.online ? 'online' : 'offline';
    items.push(item('node-unclean', 'problem', subject, { type, as, why: whyUnclean(node, situation) }));
  } else if (node.pending) items.push(item('node-pending', 'warning', subject, { type }));
  else if (!node.online) {
    const fencedAt = lastFenced(node, situation)?.at;
    const severity = isMeantToBeDown(node, situation) ? 'note' : 'problem';
    items.push(item('node-offline', severity, subject, { type, ...(fencedAt === undefined ? {} : { fencedAt }) }));
  }
  if (node.standbyOnFail === true) items.push(item('node-standby-on-fail', 'problem', subject, {}));
  else if (node.standby)
    items.push(item('node-standby', 'warning', subject, { withResources: node.standbyWithResources === true }));
  if (node.maintenance && situation.state.options.maintenanceMode !== true)
    items.push(item('node-maintenance', 'warning', subject, {}));
  const { health } = node;
  if (health !== undefined && isUnwell(node))
    items.push(item('node-health', health === 'red' ? 'problem' : 'warning', subject, { health }));
  return items;
}

/** A node that was given a new id stays listed under the old one (`crm_node` and the CIB know nodes by their ids). */
function isLeftover(node: NodeState, { state }: Situation): boolean {
  if (node.online && !node.unclean) return false;
  return state.nodes.some((other) => other !== node && other.name === node.name && isPlainlyOnline(other));
}

/** Of the node inside of a bundle's replica, the replica tells all there is. */
function isReplica({ name, type }: NodeState, { state }: Situation): boolean {
  if (type !== 'guest') return false;
  return state.resources.some(
    (resource) =>
      resource.kind === 'bundle' && resource.replicas.some((replica) => replicaName(resource.id, replica) === name),
  );
}

/** A guest whose machine is disabled. */
function isMeantToBeDown({ type, host }: NodeState, { instances }: Situation): boolean {
  return type === 'guest' && instances.some(({ id, disabled }) => id === host && disabled);
}

/** The surest reason first. Without quorum nobody is fenced (`no-quorum-policy` other than `ignore`). */
function whyUnclean({ name }: NodeState, { state, lacksDevice }: Situation): WhyUnclean {
  const of = (events: readonly FencingEvent[], status: FencingEvent['status']) =>
    events.some((event) => event.target === name && event.status === status);
  if (of(state.fencingHistory, 'pending')) return 'fencing-pending';
  if (of(state.failedFencing, 'failed') || of(state.fencingHistory, 'failed')) return 'fencing-failed';
  if (state.dcIsNone === true) return 'no-dc';
  if (state.options.stonithEnabled === false) return 'stonith-disabled';
  if (lacksDevice) return 'no-device';
  if (state.quorate === false && state.options.noQuorumPolicy !== 'ignore') return 'no-quorum';
  return 'not-told';
}

/** Newest first as printed. */
function lastFenced({ name }: NodeState, { state }: Situation): FencingEvent | undefined {
  const last = state.fencingHistory.find(({ target }) => target === name);
  return last?.status === 'success' && last.action !== 'on' ? last : undefined;
}

/** crm_mon does not list a guest node that is lost, but still names it where resources were. */
function unlisted({ state, instances }: Situation): readonly Meaning[] {
  if (!wasPrinted(state, 'nodes') || state.nodes.length === 0) return [];
  const known = new Set(state.nodes.map(({ name }) => name));
  const there = new Map<string, string[]>();
  for (const { id, nodes } of instances)
    for (const node of nodes) if (!known.has(node)) there.set(node, [...(there.get(node) ?? []), id]);
  return [...there].map(([node, resources]) => item('node-unlisted', 'warning', about('node', node), { resources }));
}
