import { isLabError } from '../model/errors.js';
import type { ActiveFault } from '../model/fault-effect.js';
import { networkOf, parseIpv4 } from '../model/ipv4.js';
import { haNodesOf, type Lab, type LabNode } from '../model/lab.js';
import { addressOf } from '../model/managed-address.js';
import type { ArpObservation, LabObservation, NodeObservation } from '../model/observation.js';
import type { Auditor } from '../ports/audit.js';
import { untilAborted } from '../ports/clock.js';
import type { NodeReader, RunDeps } from './session.js';

/** Of a session what a look needs. */
interface LookSession {
  readonly deps: Pick<RunDeps, 'instance' | 'backend' | 'clock' | 'slowness' | 'signal'>;
  readonly read: Pick<NodeReader, 'observe'>;
}

/** What a look needs beside the session. */
export interface LookRequest {
  readonly auditor: Auditor;
  readonly before?: LabObservation;
  /** How far back the first look goes in the logs, in a form of systemd.time(7). */
  readonly firstSince: string;
}

/** Every HA node and every address that the cluster manages, all at once. Never throws for the lab's sake. */
export async function lookAtLab(session: LookSession, request: LookRequest): Promise<LabObservation> {
  const { instance, clock } = session.deps;
  const at = clock.now();
  const outside = instance.lab.nodes.filter(({ role }) => role !== 'ha');
  const ask = (address: string, from: readonly LabNode[]) => whoAnswers(session, request, address, from);
  const early = addressesIn(request.before?.nodes ?? []).filter((address) => askerFor(address, outside) !== undefined);
  const [nodes, arp] = await Promise.all([
    Promise.all(haNodesOf(instance.lab).map(({ name }) => lookAtNode(session, request, name))),
    Promise.all(early.map((address) => ask(address, outside))),
  ]);
  const others = addressesIn(nodes).filter((address) => !early.includes(address));
  const late = await Promise.all(
    others.map((address) => ask(address, [...outside, ...withoutAddress(instance.lab, nodes, address)])),
  );
  return { at, nodes: await withMachines(session, nodes), arp: [...arp, ...late] };
}

async function lookAtNode(session: LookSession, { auditor, before, firstSince }: LookRequest, node: string) {
  // Of a node that was silent at the look before only our own clock tells when that was.
  const lastS = before && (before.nodes.find((each) => each.node === node)?.clockS ?? Date.parse(before.at) / 1000);
  const since = lastS === undefined ? firstSince : `@${Math.floor(lastS)}`;
  try {
    const { factor } = session.deps.slowness();
    return await session.read.observe(node, (transport, signal) =>
      auditor.observe(transport, { since, factor }, signal),
    );
  } catch (error) {
    if (!isLabError(error)) throw error;
    // Of one that is alive it is known that it answers, and nothing else.
    return {
      node,
      answered: error.code === 'command-timeout',
      problems: { answer: error.message.split('\n')[0] ?? error.code },
    };
  }
}

/** Of a machine that did not answer the backend may know that it does not run. */
async function withMachines(
  { deps: { backend, instance } }: LookSession,
  nodes: readonly NodeObservation[],
): Promise<readonly NodeObservation[]> {
  if (nodes.every(({ answered }) => answered)) return nodes;
  const states = await backend.status(instance).then(
    (status) => new Map(status.nodes.map(({ node, state }) => [node, state])),
    (error: unknown) => {
      if (!isLabError(error)) throw error;
      return new Map<string, NonNullable<NodeObservation['machine']>>();
    },
  );
  return nodes.map((each) => {
    const machine = each.answered ? undefined : states.get(each.node);
    return machine === undefined ? each : { ...each, machine };
  });
}

/** IPv4 alone: of IPv6 there is no ARP. */
function addressesIn(nodes: readonly NodeObservation[]): readonly string[] {
  const addresses = nodes.flatMap(({ cib }) =>
    (cib?.resources ?? []).flatMap((resource) => {
      const primitives = resource.kind === 'primitive' ? [resource] : resource.kind === 'group' ? resource.members : [];
      return primitives.flatMap((each) => addressOf(each) ?? []).filter((address) => parseIpv4(address) !== undefined);
    }),
  );
  return [...new Set(addresses)].sort();
}

/**
 * HA nodes that do not have the address themselves: who has it does not hear its own question. Those with quorum first,
 * for one without it may be cut off and get no answer.
 */
function withoutAddress(lab: Lab, nodes: readonly NodeObservation[], address: string): readonly LabNode[] {
  const without = nodes.filter(({ addresses }) => addresses?.every((each) => each.address !== address));
  const inOrder = [...without.filter(hasQuorum), ...without.filter((node) => !hasQuorum(node))];
  return inOrder.flatMap(({ node }) => haNodesOf(lab).filter(({ name }) => name === node));
}

function hasQuorum({ quorum }: NodeObservation): boolean {
  return quorum?.quorate === true;
}

/** Asked by the first that is on its network; one that takes no part in the cluster, as a client would ask, where there is one. */
async function whoAnswers(
  session: LookSession,
  { auditor }: LookRequest,
  address: string,
  askers: readonly LabNode[],
): Promise<ArpObservation> {
  const asker = askerFor(address, askers);
  if (asker === undefined)
    return { address, from: '', macs: [], problem: 'no node that does not have it is on its network to ask from' };
  try {
    return await session.read.observe(asker.node, (transport, signal) =>
      auditor.askForMacs(transport, { address, device: asker.device, factor: session.deps.slowness().factor }, signal),
    );
  } catch (error) {
    if (!isLabError(error)) throw error;
    return { address, from: asker.node, macs: [], problem: error.message.split('\n')[0] ?? error.code };
  }
}

function askerFor(
  address: string,
  askers: readonly LabNode[],
): { readonly node: string; readonly device: string } | undefined {
  for (const { name, links } of askers) {
    const link = links.find((each) => areTogether(each.address, address, each.prefix));
    if (link !== undefined) return { node: name, device: link.name };
  }
  return undefined;
}

function areTogether(one: string, other: string, prefix: number): boolean {
  const networks = [one, other].map((address) => networkOf(parseIpv4(address) ?? Number.NaN, prefix).first);
  return networks[0] === networks[1];
}

export interface Settled {
  readonly now: LabObservation;
  /** Why the cluster did not become idle before the deadline. */
  readonly unsettled?: string;
  /** What was not idle in that look, be it something that may stay. */
  readonly pendingActivity?: string;
  /** Ms until the look that found it idle began. */
  readonly afterMs: number;
}

interface SettleRequest extends LookRequest {
  readonly faults: readonly ActiveFault[];
  readonly withinMs: number;
  readonly onWaiting: (seen: string) => void;
  /** A look that has begun already, to be the first. */
  readonly begun?: Promise<LabObservation>;
}

/** What is under way passes soon, or takes its time: the pauses grow to the longest. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 250;
/** What passes by itself has passed by then, unless it is known to take longer. */
const PATIENCE_MS = 5_000;

/** Looks until the cluster is idle by its own word, or until the deadline; never a look less than one. */
export async function settle(session: LookSession, request: SettleRequest): Promise<Settled> {
  const { clock, signal, slowness } = session.deps;
  const begunMs = clock.monotonicMs();
  let { begun } = request;
  let pauseMs = FIRST_PAUSE_MS;
  let staying: { readonly seen: string; readonly sinceMs: number } | undefined;
  for (;;) {
    const lookedMs = clock.monotonicMs();
    const now = await untilAborted(begun ?? lookAtLab(session, request), signal);
    begun = undefined;
    const activity = request.auditor.pendingActivityIn(now, { faults: request.faults });
    const afterMs = lookedMs - begunMs;
    if (activity === undefined) return { now, afterMs };
    if (staying?.seen !== activity.seen) staying = { seen: activity.seen, sinceMs: lookedMs };
    const patienceMs = (activity.patienceMs ?? PATIENCE_MS) * slowness().factor;
    if (activity.mayStay && lookedMs - staying.sinceMs >= patienceMs)
      return { now, afterMs, pendingActivity: activity.seen };
    if (clock.monotonicMs() >= begunMs + request.withinMs)
      return {
        now,
        afterMs,
        pendingActivity: activity.seen,
        ...(activity.mayStay ? {} : { unsettled: activity.seen }),
      };
    request.onWaiting(`until the cluster is idle: ${activity.seen}`);
    await clock.sleep(pauseMs * slowness().factor, signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}
