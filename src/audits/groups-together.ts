import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib } from '../model/cib.js';
import type { Group, Primitive, Resource } from '../model/cluster-state.js';
import { isFalse } from '../model/pacemaker-values.js';
import { baseId } from '../model/resource-tree.js';
import { isActive } from '../model/resource-view.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { configuredIn } from './configured.js';
import { joined, onceIdle, unique } from './finding.js';
import { type Broken, isHandsOff, judgeViews, quorateViews, type View } from './views.js';

export const groupsTogether: AuditTable['groups-together'] = {
  kind: 'groups-together',
  holds: message('audit.groups-together.holds'),
  reads: message('audit.reads.status-and-cib'),
  judge,
};

function judge(input: AuditInput): readonly Finding[] {
  const { views, missing } = quorateViews(input);
  return [...onceIdle(input, judgeViews(views, judgeView)), ...missing];
}

function judgeView(view: View, cib: Cib): readonly Broken[] {
  return view.status.resources.flatMap(groupsIn).flatMap((group) => judgeGroup(view, cib, group));
}

/** Each instance of a cloned group is a group by itself. */
function groupsIn(resource: Resource): readonly Group[] {
  if (resource.kind === 'group') return [resource];
  return resource.kind === 'clone' ? resource.instances.filter((instance) => instance.kind === 'group') : [];
}

function judgeGroup(view: View, cib: Cib, group: Group): readonly Broken[] {
  const id = baseId(group.id);
  const configured = configuredIn(cib).filter((each) => each.group?.id === id);
  const order =
    configured.length > 0 ? configured.map((each) => each.id) : group.members.map((each) => baseId(each.id));
  const meta = configured[0]?.group?.meta ?? {};
  const shown = new Map(group.members.map((member) => [baseId(member.id), member]));
  const judged = order.filter((member) => !isLeft(view, shown.get(member)));
  return [
    ...(isFalse(meta.colocated) ? [] : apart(group.id, judged, shown)),
    ...(isFalse(meta.ordered) ? [] : outOfOrder(group.id, judged, shown)),
  ];
}

type Shown = ReadonlyMap<string, Primitive>;

function apart(group: string, order: readonly string[], shown: Shown): readonly Broken[] {
  const places = order.flatMap((id) => nodesOf(shown.get(id)).map((node) => ({ id, node })));
  if (unique(places.map(({ node }) => node)).length < 2) return [];
  const details = places.map(({ id, node }) => `${id} on ${node}`);
  const subjects = unique([group, ...places.flatMap(({ id, node }) => [id, node])]);
  return [{ subjects, what: `the members of ${group} are apart: ${joined(details)}` }];
}

/** A member that is not shown is not active. */
function outOfOrder(group: string, order: readonly string[], shown: Shown): readonly Broken[] {
  const firstDown = order.findIndex((id) => nodesOf(shown.get(id)).length === 0);
  if (firstDown < 0) return [];
  const [down = '', ...later] = order.slice(firstDown);
  const ahead = later.filter((id) => nodesOf(shown.get(id)).length > 0);
  if (ahead.length === 0) return [];
  const what = `${joined(ahead)} of ${group} ${ahead.length > 1 ? 'are' : 'is'} active, but ${down} before is not`;
  return [{ subjects: [group, ...ahead, down], what }];
}

function nodesOf(member: Primitive | undefined): readonly string[] {
  return member !== undefined && isActive(member) ? member.nodes : [];
}

function isLeft(view: View, member: Primitive | undefined): boolean {
  return member !== undefined && isHandsOff(view, { ...member, within: [] });
}
