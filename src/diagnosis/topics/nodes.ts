import { type Message, message, sentences } from '../../messages/message.js';
import type { FencingEvent, NodeState } from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import { allOf, argument, type ExplanationTable, firstOf, historyStep, type NextStep, step } from '../explanation.js';
import { type Facts, isIgnoringQuorum, isReplicaNode, offlineDc } from '../facts.js';
import { about, type DiagnosisItem, item, type WhyUnclean } from '../item.js';
import { unlistedNodeItems } from './unlisted-nodes.js';

/** One item for each node that is not fully online, and one for all the others. */
export function nodeItems(facts: Facts): readonly DiagnosisItem[] {
  const { nodes } = facts.state;
  const fine = nodes.filter(isFullyOnline);
  const online = (members: boolean) => {
    const names = fine.filter(({ type }) => (type === 'member') === members).map(({ name }) => name);
    return names.length > 0 ? [item('nodes-online', 'good', about('node', ...names), { members })] : [];
  };
  return [
    ...outsideItems(facts),
    ...nodes.flatMap((node) => itemsOf(node, facts)),
    ...unlistedNodeItems(facts),
    ...online(true),
    ...online(false),
  ];
}

/** Beside the cluster's own list: a node that it does not list, or does not know to have nothing to start. */
function outsideItems({ beside: { outside, stopped }, state: { nodes } }: Facts): readonly DiagnosisItem[] {
  const unlisted = stopped.filter((name) => nodes.length > 0 && !nodes.some((node) => node.name === name));
  return [
    ...outside.map((name) => item('node-outside', 'problem', about('node', name))),
    ...unlisted
      .filter((name) => !outside.includes(name))
      .map((name) => item('node-stopped', 'problem', about('node', name))),
  ];
}

function isFullyOnline(node: NodeState): boolean {
  return node.online && !node.standby && !node.maintenance && !node.pending && !node.unclean && !isUnwell(node);
}

function isUnwell({ health }: NodeState): boolean {
  return health === 'yellow' || health === 'red';
}

function itemsOf(node: NodeState, facts: Facts): readonly DiagnosisItem[] {
  // The item about the replica covers it.
  if (!node.online && node.type === 'guest' && isReplicaNode(node.name, facts.state)) return [];
  const subject = about('node', node.name);
  if (isLeftover(node, facts)) {
    const { id, unclean } = node;
    return [item('node-leftover', unclean ? 'problem' : 'warning', subject, { ...defined({ id }), unclean })];
  }
  const { type } = node;
  const { stopped, outside } = facts.beside;
  if (outside.includes(node.name) && !node.unclean) return [];
  const items: DiagnosisItem[] = [];
  if (node.unclean) {
    const as = node.pending ? 'pending' : node.online ? 'online' : 'offline';
    items.push(
      item('node-unclean', 'problem', subject, {
        type,
        as,
        why: whyUnclean(node, facts),
        stopFailed: stopsFailedOn(node, facts),
      }),
    );
  } else if (node.pending) items.push(item('node-pending', 'warning', subject, { type }));
  else if (!node.online && stopped.includes(node.name)) items.push(item('node-stopped', 'problem', subject));
  else if (!node.online) {
    const severity = isMeantToBeDown(node, facts) ? 'note' : 'problem';
    const fencedAt = lastFenced(node, facts)?.at;
    items.push(item('node-offline', severity, subject, { type, ...defined({ fencedAt }) }));
  }
  if (node.standbyOnFail === true) items.push(item('node-standby-on-fail', 'problem', subject));
  else if (node.standby)
    items.push(item('node-standby', 'warning', subject, { withResources: node.standbyWithResources === true }));
  if (node.maintenance && facts.state.options.maintenanceMode !== true)
    items.push(item('node-maintenance', 'warning', subject));
  const { health } = node;
  if (health !== undefined && isUnwell(node))
    items.push(item('node-health', health === 'red' ? 'problem' : 'warning', subject, { health }));
  return items;
}

/** A node that was given a new id stays listed under the old one (`crm_node` and the CIB know nodes by their ids). */
function isLeftover(node: NodeState, { state }: Facts): boolean {
  if (node.online && !node.unclean) return false;
  return state.nodes.some((other) => other !== node && other.name === node.name && isFullyOnline(other));
}

/** A guest node whose virtual machine is disabled. */
function isMeantToBeDown({ type, host }: NodeState, { instances }: Facts): boolean {
  return type === 'guest' && instances.some(({ id, disabled }) => id === host && disabled);
}

/** The most certain reason first. Without quorum, no node is fenced (unless `no-quorum-policy` is `ignore`). */
function whyUnclean({ name }: NodeState, { state, lacksDevice, listsNoDevice }: Facts): WhyUnclean {
  const of = (events: readonly FencingEvent[], status: FencingEvent['status']) =>
    events.some((event) => event.target === name && event.status === status);
  if (of(state.fencingHistory, 'pending')) return 'fencing-pending';
  if (of(state.failedFencing, 'failed') || of(state.fencingHistory, 'failed')) return 'fencing-failed';
  if (state.dcIsNone === true) return 'no-dc';
  if (offlineDc(state) !== undefined) return 'dc-offline';
  if (state.options.stonithEnabled === false) return 'stonith-disabled';
  if (lacksDevice) return 'no-device';
  if (state.quorate === false && !isIgnoringQuorum(state)) return 'no-quorum';
  return listsNoDevice ? 'no-device-listed' : 'unknown';
}

/** Newest first as printed. */
function lastFenced({ name }: NodeState, { state }: Facts): FencingEvent | undefined {
  const last = state.fencingHistory.find(({ target }) => target === name);
  return last?.status === 'success' && last.action !== 'on' ? last : undefined;
}

function stopsFailedOn({ name }: NodeState, { state }: Facts): readonly string[] {
  const failed = state.failedActions.filter(({ node, operation }) => node === name && operation === 'stop');
  return [...new Set(failed.flatMap(({ resource }) => resource ?? []))];
}

export const NODE_EXPLANATIONS = {
  'nodes-online': ({ subject: { names }, payload: { members } }) => ({
    means: members ? message('nodes-online.means', { names }) : message('nodes-online.means.remote'),
  }),
  'node-offline': ({ subject: { names }, payload: { type, fencedAt } }) => ({
    means: message(`node-offline.means.${type === 'member' ? 'member' : 'remote'}`),
    cause: fencedAt === undefined ? undefined : message('node-offline.cause', { fencedAt }),
    next: type === 'member' ? memberDown(names) : otherDown(names),
  }),
  'node-stopped': ({ subject: { names } }) => ({
    next: [
      step(`pcs cluster start ${allOf(names, 'NODE…')}`, 'node-stopped.pcs-cluster-start'),
      step('journalctl -b -u corosync -u pacemaker', 'node-stopped.journalctl', { nodes: names }),
    ],
  }),
  'node-outside': ({ subject: { names } }) => ({
    next: [
      step(`pcs cluster node remove ${allOf(names, 'NODE…')}`, 'node-outside.remove'),
      ...names.map((name) =>
        step(`pcs cluster node add ${argument(name, 'NODE')} --start --enable`, 'node-outside.add'),
      ),
    ],
  }),
  'node-unclean': ({ subject: { names }, payload: { as, why, stopFailed } }) => ({
    means: sentences(message('node-unclean.means'), as === 'online' && whyStillThere(stopFailed)),
    cause: why === 'unknown' ? undefined : message(`node-unclean.cause.${why}`),
    next: uncleanSteps(firstOf(names, 'NODE'), why),
  }),
  'node-pending': () => ({
    cause: message('node-pending.cause'),
    next: [
      step('journalctl -b -u pacemaker', 'node-pending.journalctl-pacemaker'),
      step('crm_mon -1', 'node-pending.crm-mon'),
    ],
  }),
  'node-standby': ({ subject: { names }, payload: { withResources } }) => ({
    means: sentences(message('node-standby.means'), withResources && message('node-standby.means.with-resources')),
    cause: message('node-standby.cause'),
    next: [step(`pcs node unstandby ${allOf(names, 'NODE…')}`, 'node-standby.pcs-node-unstandby')],
  }),
  'node-standby-on-fail': () => ({
    cause: message('node-standby-on-fail.cause'),
    next: [
      step('pcs resource failcount show', 'node-standby-on-fail.pcs-resource-failcount'),
      step('pcs resource cleanup RESOURCE', 'node-standby-on-fail.pcs-resource-cleanup'),
    ],
  }),
  'node-maintenance': ({ subject: { names } }) => ({
    cause: message('node-maintenance.cause'),
    next: [step(`pcs node unmaintenance ${allOf(names, 'NODE…')}`, 'step.work-done')],
  }),
  'node-health': ({ payload: { health } }) => ({
    means: message(`node-health.means.${health === 'red' ? 'red' : 'yellow'}`),
    next: [
      step('crm_mon -1A', 'node-health.crm-mon-a'),
      step('pcs property config node-health-strategy', 'node-health.pcs-property-config'),
    ],
  }),
  'node-leftover': ({ payload: { id } }) => ({
    next: [
      step('crm_node -l', 'node-leftover.crm-node'),
      step(`cibadmin --delete --xml-text '<node id="${id ?? 'ID'}"/>'`, 'node-leftover.cibadmin-node-id'),
    ],
  }),
} satisfies Partial<ExplanationTable>;

function memberDown(names: readonly string[]): readonly NextStep[] {
  const node = firstOf(names, 'NODE');
  return [
    step('systemctl status corosync pacemaker', 'node-offline.systemctl-status-corosync', { node }),
    step('corosync-cfgtool -s', 'node-offline.corosync-cfgtool'),
    step(`pcs cluster start ${node}`, 'node-offline.pcs-cluster-start'),
    historyStep(node),
  ];
}

function otherDown(names: readonly string[]): readonly NextStep[] {
  const node = firstOf(names, 'NODE');
  return [
    step('systemctl status pacemaker_remote', 'on-node', { node }),
    step('pcs status --full', 'node-offline.remote.pcs-status'),
  ];
}

function whyStillThere(stopFailed: readonly string[]): Message {
  return stopFailed.length > 0
    ? message('node-unclean.means.stop-failed', { resources: stopFailed })
    : message('node-unclean.means.online');
}

function uncleanSteps(node: string, why: WhyUnclean): readonly NextStep[] {
  const confirm = step(`pcs stonith confirm ${node}`, 'node-unclean.confirm');
  if (why === 'no-dc' || why === 'dc-offline')
    return [step('corosync-quorumtool -s', 'node-unclean.corosync-quorumtool')];
  return [
    historyStep(node),
    ...(why === 'no-device' || why === 'no-device-listed' ? [step('pcs stonith list', 'step.fence-agents')] : []),
    step('journalctl -u pacemaker', 'node-unclean.journalctl-pacemaker'),
    confirm,
  ];
}
