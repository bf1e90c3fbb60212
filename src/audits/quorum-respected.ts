import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib } from '../model/cib.js';
import type { LabObservation, NodeObservation } from '../model/observation.js';
import { baseId, type ResourceInstance } from '../model/resource-tree.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import {
  bestCib,
  type Configured,
  configuredBy,
  configuredIn,
  isFencingDevice,
  isLeftAlone,
  lastCib,
} from './configured.js';
import { failed, onceIdle, unknown } from './finding.js';
import { isSilent, nodeIn, nodesIn, runsPacemaker, silence, unread } from './node-parts.js';
import { partitionsOf } from './partitions.js';
import { traceOf } from './traces.js';
import { activeInstances, connectedIn, isHandsOff, isOf, type View, viewsOf } from './views.js';

export const quorumRespected: AuditTable['quorum-respected'] = {
  kind: 'quorum-respected',
  holds: message('audit.quorum-respected.holds'),
  reads: message('audit.quorum-respected.reads'),
  judge: (input) => nodesIn(input).flatMap((node) => judgeNode(input, node)),
};

function judgeNode(input: AuditInput, node: NodeObservation): readonly Finding[] {
  if (isSilent(node)) return isCountedWithQuorum(input, node) ? [] : [silence(node)];
  const runs = runsPacemaker(node);
  if (runs === undefined) return [unread(node, 'units')];
  if (!runs) return [];
  if (node.quorum === undefined) return [unread(node, 'quorum')];
  if (node.quorum.quorate) return [];
  const view = viewsOf(input.now).find((each) => each.node === node.node);
  const found = onceIdle(input, [...byItsView(input, view), ...byItself(input, node, view)]);
  return view === undefined ? [...found, unread(node, 'status')] : found;
}

/** Members of a partition with quorum count it among themselves, so it has quorum too. */
function isCountedWithQuorum({ now }: AuditInput, { node }: NodeObservation): boolean {
  return partitionsOf(now).some(({ quorate, members }) => quorate && members.includes(node));
}

/** What it says of itself, and of members that cannot speak for themselves. */
function byItsView(input: AuditInput, view: View | undefined): readonly Finding[] {
  if (view === undefined) return [];
  const { cib } = view;
  if (cib === undefined) return [unknown([view.node], `no CIB could be read to judge what ${view.node} sees`)];
  return activeInstances(view)
    .filter((instance) => !isFencingDevice(instance.agent) && !isHandsOff(view, instance))
    .flatMap((instance) => {
      const id = baseId(instance.id);
      const configured = configuredBy(cib, id);
      if (configured !== undefined && !needsQuorum(configured)) return [];
      return instance.nodes
        .filter((node) => node === view.node || isSpokenFor(input, view, node))
        .flatMap((node) => judgePlace(input, cib, { id, node, role: instance.role, by: view.node }));
    });
}

/** What the node has, although its crm_mon does not say so. */
function byItself(input: AuditInput, node: NodeObservation, view: View | undefined): readonly Finding[] {
  const cib = view?.cib ?? lastCib(input);
  if (cib === undefined) return [];
  const shown = view === undefined ? [] : activeInstances(view);
  return configuredIn(cib)
    .filter((each) => needsQuorum(each) && !isLeftAlone(each, cib))
    .filter(({ id }) => !shown.some((instance) => isOf(instance, id) && instance.nodes.includes(node.node)))
    .flatMap((each) => {
      const trace = traceOf(each, cib);
      if (trace?.on(node) !== 'here') return [];
      return judgePlace(input, cib, { id: each.id, node: node.node, role: 'Unknown', has: trace.what });
    });
}

/** A remote node has no quorum of its own: it does what the partition orders that it is connected to. */
function isSpokenFor(input: AuditInput, view: View, node: string): boolean {
  return connectedIn(view.status).includes(node) || (view.members.includes(node) && cannotReport(input, node));
}

function cannotReport(input: AuditInput, name: string): boolean {
  const node = nodeIn(input.now, name) ?? { node: name, answered: false, problems: {} };
  return isSilent(node) && !isCountedWithQuorum(input, node);
}

function needsQuorum({ primitive, meta }: Configured): boolean {
  return !isFencingDevice(primitive.agent) && meta.requires !== 'nothing';
}

/** Where something is active, by a node's view or by what is there. */
interface Presence {
  readonly id: string;
  readonly node: string;
  readonly role: ResourceInstance['role'];
  readonly by?: string;
  readonly has?: string;
}

/** By the policy of the partition's own CIB; unset it is `stop`. `suicide` and `fence` leave nothing running either. */
function judgePlace(input: AuditInput, cib: Cib, { id, node, role, by, has }: Presence): readonly Finding[] {
  const policy = cib.properties['no-quorum-policy'] ?? 'stop';
  const seen = by === undefined ? `${node} has ${has}, which is ${id}` : `${id} is active on ${node} (so says ${by})`;
  const broken = (why: string): readonly Finding[] => [
    failed([id, node], `${seen}, without quorum, and no-quorum-policy is ${policy}${why}`),
  ];
  switch (policy) {
    case 'ignore':
      return [];
    case 'demote':
      // What is promotable is demoted and may go on; all else is stopped (effective_quorum_policy() of the scheduler).
      return role === 'Unpromoted' ? [] : broken('');
    case 'freeze':
      if (input.before === undefined)
        return [unknown([id, node], `${seen}, without quorum, and whether it was there before is not known`)];
      return wasActive(input.before, id, node) ? [] : broken(': it was not there before');
    default:
      return broken('');
  }
}

function wasActive(before: LabObservation, id: string, node: string): boolean {
  const views = viewsOf(before);
  const isShown = views.some((view) =>
    activeInstances(view).some((instance) => isOf(instance, id) && instance.nodes.includes(node)),
  );
  return isShown || hadTrace(nodeIn(before, node), id, bestCib(before));
}

function hadTrace(node: NodeObservation | undefined, id: string, cib: Cib | undefined): boolean {
  if (node === undefined || cib === undefined) return false;
  const configured = configuredBy(cib, id);
  return configured !== undefined && traceOf(configured, cib)?.on(node) === 'here';
}
