import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { NodeState } from '../model/cluster-state.js';
import { nodesOfFault } from '../model/fault-nodes.js';
import type { LabObservation, NodeObservation } from '../model/observation.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { bestCib } from './configured.js';
import {
  arePartitioned,
  cannotStop,
  isAlone,
  isCutOff,
  isSetAside,
  isSplitOff,
  isTakenDown,
  isTouched,
} from './faults.js';
import { wasFenced } from './fencing.js';
import { distinct, failed, unknown } from './finding.js';
import { isDown, isSilent, nodeIn, nodesIn, runsPacemaker, silence, silentNodes, unread } from './node-parts.js';
import { partitionsOf, quoratePartition } from './partitions.js';
import { type Broken, quorateViews, reportedOnce, type View, viewsOf } from './views.js';

export const asLeft: AuditTable['as-left'] = {
  kind: 'as-left',
  holds: message('audit.as-left.holds'),
  reads: message('audit.as-left.reads'),
  judge: (input) =>
    input.before === undefined ? firstObservation(input) : distinct([...changes(input), ...standingChanges(input)]),
};

const UNITS = ['corosync', 'pacemaker', 'pacemaker_remote', 'corosync-qdevice', 'pcsd'] as const;
const CLUSTER_UNITS: readonly string[] = ['corosync', 'pacemaker'];

/**
 * What a fault or the step itself did to a node is no surprise. A node that was cut off may rightly have been fenced; and
 * where that one has quorum all the same, as with two nodes, the others may have been. So may a node that cannot stop
 * what it runs.
 */
function isExplained(input: AuditInput, node: string): boolean {
  const isCutOff = (name: string): boolean => isSplitOff(input, name);
  return (
    isTouched(input, node) ||
    isTakenDown(input, node) ||
    (wasFenced(input, node) && cannotStop(input, node)) ||
    (wasFenced(input, node) && [node, ...(quoratePartition(input.now)?.members ?? [])].some(isCutOff))
  );
}

/** Only going down is a finding: a node comes up again when its fault is healed. */
function changes(input: AuditInput): readonly Finding[] {
  return nodesIn(input).flatMap((node) => {
    const was = nodeIn(input.before, node.node);
    if (isExplained(input, node.node)) return [];
    if (!node.answered) return wentSilent(node, was);
    return [...rebooted(input, node, was), ...unitsDown(node, was)];
  });
}

function wentSilent(node: NodeObservation, was: NodeObservation | undefined): readonly Finding[] {
  if (was?.answered === true) {
    const machine = node.machine === undefined ? '' : ` (its machine is ${node.machine})`;
    return [failed([node.node], `${node.node} answered before and does not now${machine}`)];
  }
  return isSilent(node) ? [silence(node)] : [];
}

function rebooted(
  input: AuditInput,
  { node, bootId }: NodeObservation,
  was: NodeObservation | undefined,
): readonly Finding[] {
  if (bootId === undefined || was?.bootId === undefined || bootId === was.bootId) return [];
  const fenced = wasFenced(input, node) ? ', and the cluster reports that it fenced it' : '';
  return [failed([node], `${node} was started again: its boot id is another one than before${fenced}`)];
}

function unitsDown(node: NodeObservation, was: NodeObservation | undefined): readonly Finding[] {
  if (node.units === undefined) return [unread(node, 'units')];
  return UNITS.flatMap((name) => {
    const now = node.units?.find((unit) => unit.name === name);
    const then = was?.units?.find((unit) => unit.name === name);
    if (then === undefined) return [];
    const active = now?.active ?? 'not there';
    const enabled = now?.enabled ?? 'not there';
    return [
      ...(isUp(then.active) && !isUp(active) ? [`${name} on ${node.node} was ${then.active} and is ${active}`] : []),
      ...(then.enabled === 'enabled' && enabled !== 'enabled'
        ? [`${name} on ${node.node} was enabled and is ${enabled}`]
        : []),
    ].map((seen) => failed([node.node], seen));
  });
}

function isUp(active: string): boolean {
  return active === 'active' || active === 'reloading';
}

/** Every member of the cluster must run it. */
function firstObservation(input: AuditInput): readonly Finding[] {
  const members = new Set([
    ...(bestCib(input.now)?.nodes ?? []).filter(({ type }) => type === 'member').map(({ name }) => name),
    ...partitionsOf(input.now).flatMap((partition) => partition.members),
  ]);
  if (members.size === 0) return silentNodes(input).map(silence);
  return nodesIn(input).flatMap((node) => {
    if (isExplained(input, node.node)) return [];
    if (isSilent(node)) return [silence(node)];
    if (!members.has(node.node)) return [];
    if (isDown(node))
      return [failed([node.node], `${node.node} is a member of the cluster, and its machine is ${node.machine}`)];
    return notRunning(node);
  });
}

function notRunning(node: NodeObservation): readonly Finding[] {
  if (node.units === undefined) {
    if (runsPacemaker(node) === false)
      return [failed([node.node], `pacemaker does not run on ${node.node}, a member of the cluster`)];
    return [unread(node, 'units')];
  }
  return node.units
    .filter(({ name, active }) => CLUSTER_UNITS.includes(name) && !isUp(active))
    .map(({ name, active }) => failed([node.node], `${name} is ${active} on ${node.node}, a member of the cluster`));
}

/** Who is a member, in standby or in maintenance, by every view with quorum now, against the DC's before. */
function standingChanges(input: AuditInput): readonly Finding[] {
  const then = quorateView(input.before);
  if (then === undefined) return [];
  const { views, missing } = quorateViews(input);
  if (views.length === 0) return withoutView(input);
  const changes = reportedOnce(views, ({ node: viewer, status }) =>
    then.status.nodes
      .filter(({ name }) => !isTouched(input, name))
      .flatMap((was) => {
        const is = status.nodes.find(({ name }) => name === was.name);
        return [...(isAlone(input, viewer) ? [] : wentOffline(input, viewer, was, is)), ...setAside(input, was, is)];
      }),
  );
  return [...changes, ...missing];
}

/** The DC's view if it was read. */
function quorateView(observation: LabObservation | undefined): View | undefined {
  const views = observation === undefined ? [] : viewsOf(observation).filter(({ quorate }) => quorate);
  return views.find(({ node, status }) => status.dc?.name === node) ?? views[0];
}

function withoutView(input: AuditInput): readonly Finding[] {
  const silent = nodesIn(input).filter(isSilent);
  const partition = quoratePartition(input.now);
  if (partition !== undefined)
    return [unknown(partition.members, `who is online could not be read on any member with quorum`)];
  if (silent.length > 0) return silent.map(silence);
  const names = nodesIn(input).map(({ node }) => node);
  if (
    names.some((node) => isTouched(input, node) || input.faults.some(({ fault }) => nodesOfFault(fault).includes(node)))
  )
    return [];
  return [failed(names, 'no node has quorum any more, and before there was a partition with quorum')];
}

function wentOffline(input: AuditInput, viewer: string, was: NodeState, is: NodeState | undefined): readonly Broken[] {
  const isApart = isCutOff(input, was.name) || arePartitioned(input, viewer, was.name);
  const isFenced = cannotStop(input, was.name) && wasFenced(input, was.name);
  const isTakenAway = isApart || isTakenDown(input, was.name) || isFenced;
  if (!was.online || is?.online === true || isTakenAway) return [];
  const how = is === undefined ? 'not there' : is.pending ? 'pending' : is.unclean ? 'offline and unclean' : 'offline';
  return [{ subjects: [was.name], what: `${was.name} was online and is ${how}` }];
}

function setAside(input: AuditInput, was: NodeState, is: NodeState | undefined): readonly Broken[] {
  if (is === undefined) return [];
  return (['standby', 'maintenance'] as const)
    .filter((standing) => was[standing] !== is[standing] && !(is[standing] && isSetAside(input, was.name, standing)))
    .map((standing) => {
      const change = is[standing] ? `is in ${standing} and was not` : `was in ${standing} and is not`;
      return { subjects: [was.name], what: `${was.name} ${change}` };
    });
}
