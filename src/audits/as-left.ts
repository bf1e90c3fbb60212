import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { NodeObservation } from '../model/observation.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { standingChanges } from './as-left-standing.js';
import { bestCib } from './configured.js';
import { cannotStop, isSplitOff, isTakenDown, isTouched } from './faults.js';
import { wasFenced } from './fencing.js';
import { distinct, failed } from './finding.js';
import { isDown, isSilent, nodeIn, nodesIn, runsPacemaker, silence, silentNodes, unread } from './node-words.js';
import { partitionsOf, quoratePartition } from './partitions.js';

export const asLeft: AuditTable['as-left'] = {
  kind: 'as-left',
  holds: message('audit.as-left.holds'),
  reads: message('audit.as-left.reads'),
  judge: (input) =>
    input.before === undefined ? firstLook(input) : distinct([...changes(input), ...standingChanges(input)]),
};

const UNITS = ['corosync', 'pacemaker', 'pcsd'] as const;
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

/** Going down is the finding; coming up is what becomes of a healed fault. */
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
  const fenced = wasFenced(input, node) ? ', and the cluster tells of having fenced it' : '';
  return [failed([node], `${node} was started anew: its boot id is another one than before${fenced}`)];
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

/** Whoever belongs to the cluster takes part in it. */
function firstLook(input: AuditInput): readonly Finding[] {
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
