import type { Finding } from '../model/audit.js';
import type { Cib } from '../model/cib.js';
import type { NodeObservation } from '../model/observation.js';
import type { AuditInput } from '../ports/audit.js';
import { type Configured, isLeftAlone } from './configured.js';
import { isMadeToFail, isTaken, killedOn } from './faults.js';
import { failed, listed, onceIdle, unique, unknown } from './finding.js';
import { nodeIn, nodesIn, problemWith, runsPacemaker } from './node-words.js';
import { type Trace, traceOf } from './traces.js';
import { activeInstances, isHandsOff, isOf, type View } from './views.js';

/** What only one node may have is on several, whatever the cluster says. */
export function heldTwice(input: AuditInput, single: Configured, cib: Cib): readonly Finding[] {
  const trace = traceOf(single, cib);
  const holders = trace === undefined ? [] : holdersOf(input, trace);
  if (trace === undefined || holders.length < 2) return [];
  return [
    failed(
      [single.id, ...trace.subjects, ...holders],
      `${single.id} is on ${listed(holders)} by their own word: each has ${trace.what}`,
    ),
  ];
}

/** The cluster's word against the nodes' own, of what the cluster looks after. */
export function contradictions(
  input: AuditInput,
  views: readonly View[],
  single: Configured,
  cib: Cib,
): readonly Finding[] {
  const trace = traceOf(single, cib);
  if (trace === undefined || isLeftAlone(single, cib)) return [];
  const said = saidOf(views, single);
  if (said.some(({ isHandsOff: isLeft }) => isLeft)) return [];
  return onceIdle(input, [
    ...missingThere(input, single, trace, said),
    ...unknownHolder(input, views, single, trace, said),
  ]);
}

/** Parts that would have told where something is, on nodes that answered. */
export function unreadTraces(input: AuditInput, singles: readonly Configured[], cib: Cib): readonly Finding[] {
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
        return unknown([node.node, ...ids], `whether ${node.node} has ${listed(ids)} is not known: ${why}`);
      });
  });
}

/** A node that a view says it is active on, which is of that view's own partition. */
interface Said {
  readonly node: string;
  readonly by: string;
  readonly isHandsOff: boolean;
  /** Not failed, blocked or under way: the cluster claims that all is well there. */
  readonly isSure: boolean;
}

function saidOf(views: readonly View[], { id }: Configured): readonly Said[] {
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

function missingThere(input: AuditInput, { id }: Configured, trace: Trace, said: readonly Said[]): readonly Finding[] {
  if (!trace.isNeeded) return [];
  return unique(said.map(({ node }) => node))
    .filter((node) => said.every((each) => each.node !== node || each.isSure))
    .filter((node) => isNone(nodeIn(input.now, node), trace))
    .filter((node) => !trace.subjects.some((address) => isTaken(input, node, address)))
    .filter((node) => !isEnded(input, node, id, trace))
    .map((node) => {
      const by = said.filter((each) => each.node === node).map((each) => each.by);
      return failed(
        [id, ...trace.subjects, node],
        `the cluster says that ${id} is active on ${node} (so say ${listed(by)}), but ${node} does not have ${trace.what}`,
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

/** A node that has it, although nobody who would know says so. */
function unknownHolder(
  input: AuditInput,
  views: readonly View[],
  { id }: Configured,
  trace: Trace,
  said: readonly Said[],
): readonly Finding[] {
  const holders = holdersOf(input, trace).filter((holder) => !said.some(({ node }) => node === holder));
  const places = unique(said.map(({ node }) => node));
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
        `${holder} has ${trace.what}, but the cluster says that ${id} is active on ${places.length > 0 ? listed(places) : 'no node'}`,
      ),
    );
}

function holdersOf({ now }: AuditInput, trace: Trace): readonly string[] {
  return now.nodes.filter((node) => node.answered && trace.on(node) === 'here').map(({ node }) => node);
}
