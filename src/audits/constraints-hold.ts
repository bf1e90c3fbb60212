import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib, CibConstraint } from '../model/cib.js';
import { INFINITY } from '../model/pacemaker-values.js';
import { instancesOf, type ResourceInstance } from '../model/resource-tree.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { joined, onceIdle, unique } from './finding.js';
import { activeInstances, type Broken, isHandsOff, isOf, judgeViews, quorateViews, type View } from './views.js';

export const constraintsHold: AuditTable['constraints-hold'] = {
  kind: 'constraints-hold',
  holds: message('audit.constraints-hold.holds'),
  reads: message('audit.reads.status-and-cib'),
  judge,
};

type Colocation = Extract<CibConstraint, { kind: 'colocation' }>;
type Order = Extract<CibConstraint, { kind: 'order' }>;

function judge(input: AuditInput): readonly Finding[] {
  const { views, missing } = quorateViews(input);
  const judgeView = (view: View, cib: Cib): readonly Broken[] =>
    cib.constraints.flatMap((constraint) => {
      if (constraint.kind === 'colocation') return judgeColocation(view, cib, constraint);
      return constraint.kind === 'order' ? judgeOrder(view, constraint) : [];
    });
  return [...onceIdle(input, judgeViews(views, judgeView)), ...missing];
}

/** Only INFINITY is mandatory; the cluster may go against any other score. */
function judgeColocation(view: View, cib: Cib, constraint: Colocation): readonly Broken[] {
  const { resource, withResource, score, role, withRole, nodeAttribute = '#uname' } = constraint;
  const dependent = inRole(view, resource, role);
  const primary = inRole(view, withResource, withRole);
  if (Math.abs(score) < INFINITY || role === 'Stopped' || withRole === 'Stopped') return [];
  if (isExempt(view, [resource, withResource])) return [];
  const values = valuesOf(cib, nodeAttribute);
  const primaryAt = unique(primary.flatMap(({ nodes }) => nodes));
  return unique(dependent.flatMap(({ nodes }) => nodes)).flatMap((node) => {
    const value = values(node);
    const isTogether = primaryAt.some((other) => values(other) === value);
    if (value === undefined || isTogether === score > 0) return [];
    const where = primaryAt.length > 0 ? `on ${joined(primaryAt)}` : 'on no node';
    const must = score > 0 ? 'belongs with' : 'belongs apart from';
    const what = `${named(resource, role)} is on ${node} and ${must} ${named(withResource, withRole)}, which is ${where}`;
    return [{ subjects: unique([resource, withResource, node]), what: `${what} (${constraint.id})` }];
  });
}

/** Nodes are alike by name, or by the attribute that the colocation names. */
function valuesOf(cib: Cib, attribute: string): (node: string) => string | undefined {
  if (attribute === '#uname') return (node) => node;
  return (node) =>
    cib.nodeStates.find((state) => state.node === node)?.transient[attribute] ??
    cib.nodes.find(({ name }) => name === node)?.attributes[attribute];
}

/**
 * What it comes to once all is done: the one that comes second is not there without the first. An asymmetrical order
 * says nothing of that: the first may stop while the other goes on (handle_asymmetric_ordering() of the scheduler).
 */
function judgeOrder(view: View, constraint: Order): readonly Broken[] {
  const { first, next, firstAction, nextAction, orderKind, symmetrical } = constraint;
  const firstRole = roleAfter(firstAction);
  const nextRole = roleAfter(nextAction);
  if (orderKind !== 'Mandatory' || !symmetrical || firstRole === undefined || nextRole === undefined) return [];
  const second = inRole(view, next, nextRole);
  if (second.length === 0 || inRole(view, first, firstRole).length > 0) return [];
  if (isExempt(view, [first, next])) return [];
  const where = joined(unique(second.flatMap(({ nodes }) => nodes)));
  const what = `${named(next, nextRole)} is on ${where}, but ${named(first, firstRole)}, which comes first, is on no node`;
  return [{ subjects: [next, first], what: `${what} (${constraint.id})` }];
}

/** `start` and `promote` leave a state behind that can be looked for. */
function roleAfter(action: string): string | undefined {
  if (action === 'promote') return 'Promoted';
  return action === 'start' ? 'Started' : undefined;
}

/** `Started` is whatever is active. */
function inRole(view: View, resource: string, role: string | undefined): readonly ResourceInstance[] {
  const instances = activeInstances(view).filter((instance) => isOf(instance, resource));
  return role === undefined || role === 'Started' ? instances : instances.filter((instance) => instance.role === role);
}

/** What the cluster may not move is where it is. */
function isExempt(view: View, resources: readonly string[]): boolean {
  return instancesOf(view.status)
    .filter((instance) => resources.some((resource) => isOf(instance, resource)))
    .some((instance) => instance.blocked || instance.orphaned || isHandsOff(view, instance));
}

function named(resource: string, role: string | undefined): string {
  return role === undefined || role === 'Started' ? resource : `${resource} (${role})`;
}
