import { message } from '../messages/message.js';
import type { DeviceObservation, LabObservation, NodeObservation } from '../model/observation.js';
import type { AuditInput, AuditTable, PendingActivity } from '../ports/audit.js';
import { contentOf } from './configured.js';
import { mayBeApart } from './faults.js';
import { unknown } from './finding.js';
import { atOddsWithDevice } from './quorum-device.js';

/** The states of an idle controller: S_IDLE of a DC, S_NOT_DC of everybody else (daemons/controld/controld_fsa.h). */
const IDLE: readonly string[] = ['S_IDLE', 'S_NOT_DC'];
/** Partitions that hear one another again have been seen to merge within half a minute. */
const MERGE_MS = 30_000;
/** The default sync_timeout of a quorum device (corosync-qdevice(8)). */
const VOTE_MS = 30_000;

/**
 * Why the cluster is not idle: a controller at work or silent, a scheduler that would do something, a node that is
 * joining; and, of what may stay, a CIB that changes, members whose CIBs or memberships differ, partitions that no fault
 * keeps apart, a member at odds with its quorum device, a machine that runs and does not answer, and a pacemaker without corosync. `undefined` where it is idle or
 * none runs.
 */
export function pendingActivityIn(
  { nodes, quorumDevice }: LabObservation,
  under: Pick<AuditInput, 'faults'>,
): PendingActivity | undefined {
  const running = nodes.filter(isRunning);
  for (const node of running) {
    const seen = atWork(node) ?? stillCounted(node, nodes);
    if (seen !== undefined) return { seen, mayStay: false };
  }
  return (
    leaderless(running) ??
    changing(running) ??
    differing(running) ??
    split(running, under) ??
    voting(running, quorumDevice, under) ??
    stranded(running) ??
    (running.length > 0 ? booting(nodes) : undefined)
  );
}

/** Who is gone is a member until corosync has noticed, which takes token and consensus (corosync.conf(5)). */
function stillCounted({ node, quorum }: NodeObservation, nodes: readonly NodeObservation[]): string | undefined {
  if (quorum === undefined) return undefined;
  const counted = new Set(quorum.members.map(({ name }) => name));
  for (const other of nodes.filter((each) => counted.has(each.node))) {
    const gone = goneFrom(other, quorum.ringId);
    if (gone !== undefined) return `corosync on ${node} still counts ${other.node} a member, ${gone}`;
  }
  return undefined;
}

function goneFrom({ answered, machine, problems, quorum, units }: NodeObservation, ringId: string): string | undefined {
  if (!answered) return machine === undefined || machine === 'running' ? undefined : `whose machine is ${machine}`;
  if (quorum !== undefined) return quorum.ringId === ringId ? undefined : 'which is in another membership';
  return problems.quorum === undefined && isDown(unitOf(units, 'corosync')) ? 'where corosync does not run' : undefined;
}

function unitOf(units: NodeObservation['units'], name: string): string | undefined {
  return units?.find((unit) => unit.name === name)?.active;
}

/** A daemon that was killed leaves its unit failed. */
function isDown(active: string | undefined): boolean {
  return active === 'inactive' || active === 'failed';
}

/** corosync or pacemaker runs there; a unit that is being started or stopped counts. */
function isRunning({ answered, quorum, controller, units }: NodeObservation): boolean {
  const isActive = units?.some(({ name, active }) => (name === 'pacemaker' || name === 'corosync') && !isDown(active));
  return answered && (quorum !== undefined || controller !== undefined || isActive === true);
}

function atWork(seen: NodeObservation): string | undefined {
  const { node, controller, problems, planned, status, units } = seen;
  const pacemaker = unitOf(units, 'pacemaker');
  if (pacemaker === 'activating' || pacemaker === 'deactivating') return `pacemaker is ${pacemaker} on ${node}`;
  if (controller === undefined && (pacemaker !== 'active' || isStranded(seen))) return undefined;
  if (controller === undefined) return `the controller of ${node} is silent: ${problems.controller ?? 'not asked'}`;
  if (!IDLE.includes(controller)) return `the controller of ${node} is in state ${controller}`;
  const [next] = planned ?? [];
  if (next !== undefined) return `the scheduler of ${node} has ${planned?.length} to do, first: ${next}`;
  if (controller === 'S_IDLE' && planned === undefined)
    return `the scheduler of ${node} is silent: ${problems.planned ?? 'not asked'}`;
  const joining = status?.nodes.filter(({ pending, type }) => pending && type === 'member') ?? [];
  return joining.length > 0 ? `${node} sees ${joining.map(({ name }) => name).join(', ')} pending` : undefined;
}

/** Where corosync has died pacemakerd tries for ever to reach it again, and nothing below it is at work. */
function isStranded({ quorum, controller, units }: NodeObservation): boolean {
  const isLeft = unitOf(units, 'pacemaker') === 'active' && isDown(unitOf(units, 'corosync'));
  return isLeft && quorum === undefined && controller === undefined;
}

function stranded(running: readonly NodeObservation[]): PendingActivity | undefined {
  return staying(running.filter(isStranded), (names) => `corosync does not run below pacemaker on ${names}`);
}

/** It may be booting, as after a fencing; what it does not answer by and by is for audits to say. */
function booting(nodes: readonly NodeObservation[]): PendingActivity | undefined {
  const silent = nodes.filter(({ answered, machine }) => !answered && machine === 'running');
  const slow = nodes.filter(({ answered, units }) => answered && units === undefined);
  return (
    staying(silent, (names) => `${names} runs and does not answer`) ??
    staying(slow, (names) => `${names} is too slow to be looked at`)
  );
}

/** A partition of which no member is the DC is about to elect one. */
function leaderless(running: readonly NodeObservation[]): PendingActivity | undefined {
  for (const partition of partitionsOf(running)) {
    const controllers = partition.filter(({ controller }) => controller !== undefined);
    if (controllers.length > 0 && !controllers.some(({ controller }) => controller === 'S_IDLE'))
      return { seen: `no DC among ${namesOf(controllers)}`, mayStay: false };
  }
  return undefined;
}

/** What happened while it was looked at may be over already, and be in one part and not in another. */
function changing(running: readonly NodeObservation[]): PendingActivity | undefined {
  const moving = running.filter(({ changedMeanwhile }) => changedMeanwhile);
  return staying(moving, (names) => `the CIB of ${names} keeps changing`);
}

function differing(running: readonly NodeObservation[]): PendingActivity | undefined {
  for (const partition of partitionsOf(running)) {
    const names = namesOf(partition);
    const cibs = partition.flatMap(({ cib }) => (cib ? [contentOf(cib)] : []));
    if (new Set(cibs).size > 1) return { seen: `the CIBs of ${names} differ`, mayStay: true };
    const members = partition.flatMap(({ quorum }) => (quorum ? [sorted(quorum.members.map(({ id }) => id))] : []));
    const online = partition.flatMap(({ status }) =>
      status ? [sorted(status.nodes.filter((each) => each.online).map(({ name }) => name))] : [],
    );
    if (new Set(members).size > 1 || new Set(online).size > 1)
      return { seen: `${names} differ on who is a member`, mayStay: true };
  }
  return undefined;
}

/** Without a fault that keeps them apart, partitions find one another again; if they do not, an audit says so. */
function split(running: readonly NodeObservation[], under: Pick<AuditInput, 'faults'>): PendingActivity | undefined {
  const partitions = partitionsOf(running).map((partition) => partition.map(({ node }) => node));
  const isOpen = partitions.some((one, at) => partitions.slice(at + 1).some((other) => !mayBeApart(under, one, other)));
  const seen = `there are ${partitions.length} partitions: ${partitions.map((names) => names.join(', ')).join('; ')}`;
  return isOpen ? { seen, mayStay: true, patienceMs: MERGE_MS } : undefined;
}

/** A member connects to its quorum device again within its timeout, and is given its answer after the next membership. */
function voting(
  running: readonly NodeObservation[],
  device: DeviceObservation | undefined,
  under: Pick<AuditInput, 'faults'>,
): PendingActivity | undefined {
  const [found] = device === undefined ? [] : atOddsWithDevice(running, device, under);
  return found && { seen: found.seen, mayStay: true, patienceMs: VOTE_MS };
}

/** What may stay of these nodes, if there are any. */
function staying(nodes: readonly NodeObservation[], seen: (names: string) => string): PendingActivity | undefined {
  return nodes.length === 0 ? undefined : { seen: seen(namesOf(nodes)), mayStay: true };
}

function namesOf(nodes: readonly NodeObservation[]): string {
  return nodes.map(({ node }) => node).join(', ');
}

function sorted(names: readonly string[]): string {
  return [...names].sort().join(' ');
}

/** As corosync reports: all members of one membership have its ring id. */
function partitionsOf(running: readonly NodeObservation[]): readonly (readonly NodeObservation[])[] {
  const byRing = new Map<string, NodeObservation[]>();
  for (const node of running) {
    if (node.quorum === undefined) continue;
    byRing.set(node.quorum.ringId, [...(byRing.get(node.quorum.ringId) ?? []), node]);
  }
  return [...byRing.values()];
}

export const settled: AuditTable['settled'] = {
  kind: 'settled',
  holds: message('audit.settled.holds'),
  reads: message('audit.settled.reads'),
  judge: ({ unsettled }) => (unsettled === undefined ? [] : [unknown([], unsettled)]),
};
