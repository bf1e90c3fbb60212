import type { Finding } from '../model/audit.js';
import type { NodeState } from '../model/cluster-state.js';
import { nodesOfFault } from '../model/fault-nodes.js';
import type { LabObservation } from '../model/observation.js';
import type { AuditMatter } from '../ports/audit.js';
import { arePartitioned, cannotStop, isAlone, isCutOff, isSetAside, isTakenDown, isTouched } from './faults.js';
import { wasFenced } from './fencing.js';
import { failed, unknown } from './finding.js';
import { isSilent, nodesIn, silence } from './node-words.js';
import { quoratePartition } from './partitions.js';
import { type Broken, quorateViews, saidOnce, type View, viewsOf } from './views.js';

/** Who is a member, in standby or in maintenance, by every view with quorum now, against the DC's before. */
export function standingChanges(matter: AuditMatter): readonly Finding[] {
  const then = quorateView(matter.before);
  if (then === undefined) return [];
  const { views, missing } = quorateViews(matter);
  if (views.length === 0) return withoutView(matter);
  const changes = saidOnce(views, ({ node: viewer, status }) =>
    then.status.nodes
      .filter(({ name }) => !isTouched(matter, name))
      .flatMap((was) => {
        const is = status.nodes.find(({ name }) => name === was.name);
        return [...(isAlone(matter, viewer) ? [] : wentOffline(matter, viewer, was, is)), ...setAside(matter, was, is)];
      }),
  );
  return [...changes, ...missing];
}

/** The DC's where it was read. */
function quorateView(observation: LabObservation | undefined): View | undefined {
  const views = observation === undefined ? [] : viewsOf(observation).filter(({ quorate }) => quorate);
  return views.find(({ node, status }) => status.dc?.name === node) ?? views[0];
}

function withoutView(matter: AuditMatter): readonly Finding[] {
  const silent = nodesIn(matter).filter(isSilent);
  const partition = quoratePartition(matter.now);
  if (partition !== undefined)
    return [unknown(partition.members, `who is online could not be read on any member with quorum`)];
  if (silent.length > 0) return silent.map(silence);
  const names = nodesIn(matter).map(({ node }) => node);
  if (
    names.some(
      (node) => isTouched(matter, node) || matter.faults.some(({ fault }) => nodesOfFault(fault).includes(node)),
    )
  )
    return [];
  return [failed(names, 'no node has quorum any more, and before there was a partition with quorum')];
}

function wentOffline(
  matter: AuditMatter,
  viewer: string,
  was: NodeState,
  is: NodeState | undefined,
): readonly Broken[] {
  const isApart = isCutOff(matter, was.name) || arePartitioned(matter, viewer, was.name);
  const isFenced = cannotStop(matter, was.name) && wasFenced(matter, was.name);
  const isTakenAway = isApart || isTakenDown(matter, was.name) || isFenced;
  if (!was.online || is?.online === true || isTakenAway) return [];
  const how = is === undefined ? 'not there' : is.pending ? 'pending' : is.unclean ? 'offline and unclean' : 'offline';
  return [{ subjects: [was.name], what: `${was.name} was online and is ${how}` }];
}

function setAside(matter: AuditMatter, was: NodeState, is: NodeState | undefined): readonly Broken[] {
  if (is === undefined) return [];
  return (['standby', 'maintenance'] as const)
    .filter((standing) => was[standing] !== is[standing] && !(is[standing] && isSetAside(matter, was.name, standing)))
    .map((standing) => {
      const change = is[standing] ? `is in ${standing} and was not` : `was in ${standing} and is not`;
      return { subjects: [was.name], what: `${was.name} ${change}` };
    });
}
