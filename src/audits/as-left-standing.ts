import type { Finding } from '../model/audit.js';
import type { NodeState } from '../model/cluster-state.js';
import { nodesOfFault } from '../model/fault-nodes.js';
import type { LabObservation } from '../model/observation.js';
import type { AuditInput } from '../ports/audit.js';
import { arePartitioned, cannotStop, isAlone, isCutOff, isSetAside, isTakenDown, isTouched } from './faults.js';
import { wasFenced } from './fencing.js';
import { failed, unknown } from './finding.js';
import { isSilent, nodesIn, silence } from './node-words.js';
import { quoratePartition } from './partitions.js';
import { type Broken, quorateViews, saidOnce, type View, viewsOf } from './views.js';

/** Who is a member, in standby or in maintenance, by every view with quorum now, against the DC's before. */
export function standingChanges(input: AuditInput): readonly Finding[] {
  const then = quorateView(input.before);
  if (then === undefined) return [];
  const { views, missing } = quorateViews(input);
  if (views.length === 0) return withoutView(input);
  const changes = saidOnce(views, ({ node: viewer, status }) =>
    then.status.nodes
      .filter(({ name }) => !isTouched(input, name))
      .flatMap((was) => {
        const is = status.nodes.find(({ name }) => name === was.name);
        return [...(isAlone(input, viewer) ? [] : wentOffline(input, viewer, was, is)), ...setAside(input, was, is)];
      }),
  );
  return [...changes, ...missing];
}

/** The DC's where it was read. */
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
