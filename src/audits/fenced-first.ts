import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib } from '../model/cib.js';
import { remoteNodesOf } from '../model/lab.js';
import type { LabObservation } from '../model/observation.js';
import { isFalse } from '../model/pacemaker-values.js';
import { baseId } from '../model/resource-tree.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { bestCib, isFencingDevice } from './configured.js';
import { isSplitOff, isTakenDown, isTouched, mayLeaveInOrder } from './faults.js';
import { compareStart, isConfirmed, newFencing, wasFenced } from './fencing.js';
import { failed, joined, unique, unknown } from './finding.js';
import { isSilent, nodeIn, nodesIn, silence } from './node-parts.js';
import { type Partition, quoratePartition } from './partitions.js';
import { activeInstances, connectedIn, quorateViews, viewsOf } from './views.js';

export const fencedFirst: AuditTable['fenced-first'] = {
  kind: 'fenced-first',
  holds: message('audit.fenced-first.holds'),
  reads: message('audit.fenced-first.reads'),
  judge,
};

/** A resource that was on a lost node and is somewhere else now. */
interface Moved {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

function judge(input: AuditInput): readonly Finding[] {
  const { before, now } = input;
  const quorate = quoratePartition(now);
  const cib = bestCib(now);
  const left = presentIn(before, quoratePartition(before));
  if (before === undefined || left.length === 0) return [];
  if (quorate === undefined) return nodesIn(input).filter(isSilent).map(silence);
  // A node that was fenced may be back already.
  const present = presentIn(now, quorate);
  const lost = left.filter((node) => !present.includes(node) || wasFenced(input, node));
  if (lost.length === 0) return [];
  if (cib === undefined)
    return [unknown(lost, `${joined(lost)} left, and no CIB could be read to tell what came of that`)];
  if (isFalse(cib.properties['stonith-enabled'])) return [];
  return [
    ...lost.flatMap((node) => moved(input, quorate, node).flatMap((each) => judgeMove(input, cib, each))),
    ...lost.flatMap((node) => notCut(input, node)),
    ...notSeen(input, before, lost),
  ];
}

/** The members, and the remote nodes that a member counts as connected. */
function presentIn(observation: LabObservation | undefined, partition: Partition | undefined): readonly string[] {
  const { members = [] } = partition ?? {};
  const views = observation === undefined ? [] : viewsOf(observation).filter(({ node }) => members.includes(node));
  return unique([...members, ...views.flatMap(({ status }) => connectedIn(status))]);
}

/** What is active on a member now, was on the lost node before, and was not on that member then. */
function moved({ before, now }: AuditInput, quorate: Partition, lost: string): readonly Moved[] {
  const places = (observation: LabObservation, members: readonly string[]): ReadonlyMap<string, readonly string[]> => {
    const found = new Map<string, readonly string[]>();
    for (const view of viewsOf(observation).filter((each) => members.includes(each.node))) {
      for (const { id, agent, nodes } of activeInstances(view)) {
        if (!isFencingDevice(agent)) found.set(baseId(id), unique([...(found.get(baseId(id)) ?? []), ...nodes]));
      }
    }
    return found;
  };
  if (before === undefined) return [];
  const then = places(before, quoratePartition(before)?.members ?? []);
  return [...places(now, quorate.members)].flatMap(([id, nodes]) => {
    const earlier = then.get(id) ?? [];
    if (!earlier.includes(lost)) return [];
    return nodes
      .filter((to) => presentIn(now, quorate).includes(to) && !earlier.includes(to))
      .map((to) => ({ id, from: lost, to }));
  });
}

function judgeMove(input: AuditInput, cib: Cib, { id, from, to }: Moved): readonly Finding[] {
  const events = newFencing(input).filter((event) => isConfirmed(event) && event.target === from);
  const startedS = startOf(cib, id, to);
  if (events.length === 0) {
    if (isRemote(input, from) ? !isLostByFault(input, from) : leftInOrder(input, cib, from)) return [];
    const when = startedS === undefined ? '' : ` at ${timeText(startedS)}`;
    return [failed([id, from, to], `${id} was started on ${to}${when}, and no fencing of ${from} was confirmed`)];
  }
  if (startedS === undefined) {
    const why = `when ${id} was started on ${to} is not in the CIB`;
    return [unknown([id, from, to], `${why}, so whether before the fencing of ${from} is not known`)];
  }
  const { order, when } = compareStart(input, { node: to, startedS }, events);
  const details = `${id} was started on ${to} at ${timeText(startedS)}, and the fencing of ${from} was confirmed ${when}`;
  if (order === 'after') return [];
  if (order === 'before') return [failed([id, from, to], details)];
  return [unknown([id, from, to], `${details}: which came first is not known`)];
}

/** A fencing that was confirmed has to show: its target was off since, be it up again. */
function notCut(input: AuditInput, node: string): readonly Finding[] {
  const [event] = newFencing(input).filter((each) => isConfirmed(each) && each.target === node);
  const now = nodeIn(input.now, node);
  const bootId = nodeIn(input.before, node)?.bootId;
  if (event === undefined || now === undefined) return [];
  const details = `the fencing of ${node} was confirmed${event.at === undefined ? '' : ` at ${event.at}`}`;
  if (now.machine === 'frozen') return [failed([node], `${details}, and its machine is not off but frozen`)];
  if (bootId === undefined || now.bootId !== bootId) return [];
  return [failed([node], `${details}, and it runs on since the same boot`)];
}

/** The last start that went well; its time is when it began (`pcmk__create_history_xml()`: last-rc-change of what does not recur). */
function startOf({ operations }: Cib, id: string, node: string): number | undefined {
  const starts = operations
    .filter((each) => each.node === node && baseId(each.resource) === id && each.rcCode === 0)
    .filter(({ operation }) => operation === 'start' || operation === 'migrate_from')
    .flatMap(({ lastChangeS }) => lastChangeS ?? []);
  return starts.length === 0 ? undefined : Math.max(...starts);
}

/** A remote node leaves in order when its pacemaker_remote is stopped, of which nothing stays in the CIB. */
function isLostByFault(input: AuditInput, node: string): boolean {
  return isSplitOff(input, node) || isTakenDown(input, node);
}

function isRemote({ lab }: AuditInput, name: string): boolean {
  return remoteNodesOf(lab).some((node) => node.name === name);
}

/** It was shut down: the DC expects it to be down without having had it fenced; where nothing is said, the step did it. */
function leftInOrder(input: AuditInput, cib: Cib, node: string): boolean {
  const state = cib.nodeStates.find((each) => each.node === node);
  if (state !== undefined) return !state.crmd && state.expected === 'down';
  return isTouched(input, node) && mayLeaveInOrder(input, node);
}

/** Members whose view would tell what has moved; and whether it was told before what was there. */
function notSeen(input: AuditInput, before: LabObservation, lost: readonly string[]): readonly Finding[] {
  const then = quoratePartition(before)?.members ?? [];
  const { missing } = quorateViews(input);
  if (viewsOf(before).some(({ node }) => then.includes(node))) return missing;
  return [...missing, unknown(lost, `${joined(lost)} left, and what was active there could not be read before`)];
}

function timeText(s: number): string {
  return new Date(s * 1000).toISOString().replace('.000Z', 'Z');
}
