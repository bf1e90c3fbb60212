import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib } from '../model/cib.js';
import type { NodeObservation } from '../model/observation.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { type Configured, configuredIn, isFencingDevice, isLeftAlone, isSingle, lastCib } from './configured.js';
import { isMadeToFail, isTaken, killedOn } from './faults.js';
import { failed, joined, onceIdle, unique, unknown } from './finding.js';
import { nodeIn, nodesIn, problemWith, runsPacemaker } from './node-parts.js';
import { partitionsOf } from './partitions.js';
import { type Trace, traceOf } from './traces.js';
import { activeInstances, allViews, isHandsOff, isOf, type View } from './views.js';

export const singleActive: AuditTable['single-active'] = {
  kind: 'single-active',
  holds: message('audit.single-active.holds'),
  reads: message('audit.single-active.reads'),
  judge,
};

function judge(input: AuditInput): readonly Finding[] {
  const { views, missing } = allViews(input);
  const cib = lastCib(input);
  if (cib === undefined) return views.length > 0 ? [...missing, noCib(views)] : missing;
  const singles = configuredIn(cib).filter(isSingle);
  return [
    ...singles.flatMap((single) => judgeOne(input, views, single, cib)),
    ...missing,
    ...unreadTraces(input, singles, cib),
  ];
}

function judgeOne(input: AuditInput, views: readonly View[], single: Configured, cib: Cib): readonly Finding[] {
  return [
    ...inOneView(views, single),
    ...acrossPartitions(input, views, single),
    ...heldTwice(input, single, cib),
    ...contradictions(input, views, single, cib),
  ];
}

/**
 * A fencing device is started elsewhere before its own node is fenced: it may be what that takes (Pacemaker Explained,
 * "Resource Meta-Attributes", requires: fencing devices default to quorum). On unclean nodes it does not count.
 */
function inOneView(views: readonly View[], { id, primitive }: Configured): readonly Finding[] {
  const tooMany = views.flatMap((view) => {
    const unclean = isFencingDevice(primitive.agent) ? uncleanIn(view) : [];
    const instance = activeInstances(view).find((each) => each.id === id);
    const nodes = instance?.nodes.filter((node) => !unclean.includes(node)) ?? [];
    return nodes.length < 2 || instance?.role === 'Migrating' ? [] : [{ by: view.node, nodes }];
  });
  const places = unique(tooMany.map(({ nodes }) => joined([...nodes].sort())));
  return places.map((place) => {
    const by = tooMany.filter(({ nodes }) => joined([...nodes].sort()) === place);
    const nodes = by.flatMap((each) => each.nodes);
    return failed([id, ...nodes], `${id} is active on ${place}, by the view of ${joined(by.map((each) => each.by))}`);
  });
}

/** A view counts for its own partition only; of the others it may be out of date. */
function acrossPartitions(
  { now }: AuditInput,
  views: readonly View[],
  { id, primitive }: Configured,
): readonly Finding[] {
  if (isFencingDevice(primitive.agent)) return [];
  const partitions = partitionsOf(now).flatMap(({ respondents, members }) => {
    const inside = views.filter(({ node }) => respondents.some((each) => each.node === node));
    const nodes = unique(inside.flatMap((view) => placesIn(view, id)).filter((node) => members.includes(node)));
    return nodes.length > 0 ? [{ nodes, by: inside.map(({ node }) => node) }] : [];
  });
  const nodes = unique(partitions.flatMap((each) => each.nodes));
  if (partitions.length < 2 || nodes.length < 2) return [];
  const places = partitions.map((each) => `on ${joined(each.nodes)} by the view of ${joined(each.by)}`);
  return [failed([id, ...nodes], `${id} is active in ${partitions.length} partitions: ${places.join('; ')}`)];
}

function uncleanIn({ status }: View): readonly string[] {
  return status.nodes.filter(({ unclean }) => unclean).map(({ name }) => name);
}

function placesIn(view: View, id: string): readonly string[] {
  return activeInstances(view).flatMap((instance) => (isOf(instance, id) ? instance.nodes : []));
}

function noCib(views: readonly View[]): Finding {
  const by = views.map(({ node }) => node);
  return unknown(by, `what is configured is not known: no CIB could be read on ${joined(by)}`);
}

/** What only one node may have is on several, whatever the cluster says. */
function heldTwice(input: AuditInput, single: Configured, cib: Cib): readonly Finding[] {
  const trace = traceOf(single, cib);
  const holders = trace === undefined ? [] : holdersOf(input, trace);
  if (trace === undefined || holders.length < 2) return [];
  const left = holders.filter((holder) => leftPortsOn(input, trace, holder).length > 0);
  const details = left.map((holder) => `; ${holder} has ${whatIsOn(input, trace, holder)}`);
  return [
    failed(
      [single.id, ...trace.subjects, ...holders],
      `${single.id} is on ${joined(holders)} by their own reports: each has ${trace.what}${details.join('')}`,
    ),
  ];
}

/** What the cluster reports against what the nodes themselves have, for resources that it manages. */
function contradictions(input: AuditInput, views: readonly View[], single: Configured, cib: Cib): readonly Finding[] {
  const trace = traceOf(single, cib);
  if (trace === undefined || isLeftAlone(single, cib)) return [];
  const claims = claimsOf(views, single);
  if (claims.some(({ isHandsOff: isLeft }) => isLeft)) return [];
  return onceIdle(input, [
    ...missingThere(input, single, trace, claims),
    ...unknownHolder(input, views, single, trace, claims),
  ]);
}

/** Parts that would have told where something is, on nodes that answered. */
function unreadTraces(input: AuditInput, singles: readonly Configured[], cib: Cib): readonly Finding[] {
  const traces = singles.flatMap((single) => {
    const trace = traceOf(single, cib);
    return trace === undefined ? [] : [{ id: single.id, trace }];
  });
  return unique(traces.map(({ trace }) => trace.part)).flatMap((part) => {
    const ids = traces.filter(({ trace }) => trace.part === part).map(({ id }) => id);
    return nodesIn(input)
      .filter((node) => node.answered && node[part] === undefined)
      .map((node) => {
        const why = problemWith(node, part);
        return unknown([node.node, ...ids], `whether ${node.node} has ${joined(ids)} is not known: ${why}`);
      });
  });
}

/** A node that a view says it is active on, which is of that view's own partition. */
interface Claim {
  readonly node: string;
  readonly by: string;
  readonly isHandsOff: boolean;
  /** Not failed, blocked or under way: the cluster claims that all is well there. */
  readonly isSure: boolean;
}

function claimsOf(views: readonly View[], { id }: Configured): readonly Claim[] {
  return views.flatMap((view) =>
    activeInstances(view)
      .filter((instance) => isOf(instance, id))
      .flatMap((instance) => {
        const { failed: hasFailed, blocked, orphaned, pending } = instance;
        return instance.nodes
          .filter((node) => view.members.includes(node))
          .map((node) => ({
            node,
            by: view.node,
            isHandsOff: orphaned || isHandsOff(view, instance),
            isSure: !hasFailed && !blocked && pending === undefined,
          }));
      }),
  );
}

function missingThere(
  input: AuditInput,
  { id }: Configured,
  trace: Trace,
  claims: readonly Claim[],
): readonly Finding[] {
  if (!trace.isNeeded) return [];
  return unique(claims.map(({ node }) => node))
    .filter((node) => claims.every((each) => each.node !== node || each.isSure))
    .filter((node) => isNone(nodeIn(input.now, node), trace))
    .filter((node) => !trace.subjects.some((address) => isTaken(input, node, address)))
    .filter((node) => !isEnded(input, node, id, trace))
    .map((node) => {
      const by = claims.filter((each) => each.node === node).map((each) => each.by);
      return failed(
        [id, ...trace.subjects, node],
        `the cluster says that ${id} is active on ${node} (so say ${joined(by)}), but ${node} does not have ${trace.what}`,
      );
    });
}

/** A fault in force has killed it, or makes its unit end. */
function isEnded(input: AuditInput, node: string, id: string, trace: Trace): boolean {
  if (trace.part === 'activeUnits' && isMadeToFail(input, id, node, 'monitor')) return true;
  return killedOn(input, node).some((process) => trace.isEndedWith?.(process) === true);
}

function isNone(node: NodeObservation | undefined, trace: Trace): boolean {
  return node?.answered === true && trace.on(node) === 'none';
}

/** A node that has it, although no view of its partition reports so. */
function unknownHolder(
  input: AuditInput,
  views: readonly View[],
  { id }: Configured,
  trace: Trace,
  claims: readonly Claim[],
): readonly Finding[] {
  const holders = holdersOf(input, trace).filter((holder) => !claims.some(({ node }) => node === holder));
  const places = unique(claims.map(({ node }) => node));
  return holders
    .filter((holder) => {
      const isSeen = views.some(({ members }) => members.includes(holder));
      if (views.some(({ status }) => status.nodes.some(({ name, maintenance }) => name === holder && maintenance)))
        return false;
      const node = nodeIn(input.now, holder);
      return isSeen || (node !== undefined && runsPacemaker(node) === false);
    })
    .map((holder) =>
      failed(
        [id, ...trace.subjects, holder],
        `${holder} has ${whatIsOn(input, trace, holder)}, but the cluster says that ${id} is active on ${places.length > 0 ? joined(places) : 'no node'}`,
      ),
    );
}

function holdersOf(input: AuditInput, trace: Trace): readonly string[] {
  return input.now.nodes
    .filter((node) => node.answered)
    .filter((node) => trace.on(node) === 'here' || leftPortsOn(input, trace, node.node).length > 0)
    .map(({ node }) => node);
}

/** The ports on which what is left of it answers there, of those that it is known to use, now or before, on any node. */
function leftPortsOn({ now, before }: AuditInput, trace: Trace, name: string): readonly number[] {
  const node = nodeIn(now, name);
  const left = node === undefined || trace.on(node) === 'here' ? [] : (trace.leftPortsOn?.(node) ?? []);
  if (left.length === 0) return [];
  const usual = [...now.nodes, ...(before?.nodes ?? [])].flatMap((each) => trace.portsOn?.(each) ?? []);
  return usual.length === 0 ? left : left.filter((port) => usual.includes(port));
}

function whatIsOn(input: AuditInput, trace: Trace, node: string): string {
  const ports = leftPortsOn(input, trace, node).map(String);
  if (ports.length === 0) return trace.what;
  return `${trace.what} without its main one, which answers on port ${joined(ports)}`;
}
