import { isLabError, type LabError } from '../model/errors.js';
import type { ActiveFault } from '../model/fault-effect.js';
import { networkOf, parseIpv4 } from '../model/ipv4.js';
import { type Lab, type LabNode, resourceNodesOf } from '../model/lab.js';
import { addressOf } from '../model/managed-address.js';
import type { ArpObservation, DeviceObservation, LabObservation, NodeObservation } from '../model/observation.js';
import { stretched } from '../model/slowness.js';
import type { Auditor } from '../ports/audit.js';
import { untilAborted } from '../ports/clock.js';
import type { NodeReader, RunDeps } from './session.js';

/** The part of a session that observing needs. */
interface ObservingSession {
  readonly deps: Pick<RunDeps, 'instance' | 'backend' | 'clock' | 'slowness' | 'signal'>;
  readonly read: Pick<NodeReader, 'observe'>;
}

export interface ObserveRequest {
  readonly auditor: Auditor;
  readonly before?: LabObservation;
  /** Start of the logs that the first observation reads, in a form of systemd.time(7). */
  readonly firstSince: string;
}

/** Observes every HA and remote node and every address that the cluster manages, in parallel. Never throws LabError. */
export async function observeLab(session: ObservingSession, request: ObserveRequest): Promise<LabObservation> {
  const { instance, clock } = session.deps;
  const at = clock.now();
  const outside = instance.lab.nodes.filter((node) => !resourceNodesOf(instance.lab).includes(node));
  const ask = (address: string, from: readonly LabNode[]) => askWhoAnswers(session, request, address, from);
  const early = addressesIn(request.before?.nodes ?? []).filter((address) => askerFor(address, outside) !== undefined);
  const [nodes, arp, devices] = await Promise.all([
    Promise.all(resourceNodesOf(instance.lab).map(({ name }) => observeNode(session, request, name))),
    Promise.all(early.map((address) => ask(address, outside))),
    observeDevice(session, request),
  ]);
  const others = addressesIn(nodes).filter((address) => !early.includes(address));
  const late = await Promise.all(
    others.map((address) => ask(address, [...outside, ...withoutAddress(instance.lab, nodes, address)])),
  );
  const [quorumDevice] = await withMachineStates(session, devices);
  const seen = { at, nodes: await withMachineStates(session, nodes), arp: [...arp, ...late] };
  return quorumDevice === undefined ? seen : { ...seen, quorumDevice };
}

/** The lab's quorum device, if it has one. */
async function observeDevice(
  session: ObservingSession,
  { auditor }: ObserveRequest,
): Promise<readonly DeviceObservation[]> {
  const node = session.deps.instance.lab.cluster.quorumDevice?.node;
  const { observeDevice: read } = auditor;
  if (node === undefined || read === undefined) return [];
  try {
    return [await session.read.observe(node, read)];
  } catch (error) {
    if (!isLabError(error)) throw error;
    return [unanswered(node, error, { clients: [] })];
  }
}

/** A node that is alive but too slow answered, and reported nothing else. */
function unanswered<T>(node: string, { code, message }: LabError, rest: T) {
  const problems = { answer: message.split('\n')[0] ?? code };
  return { node, answered: code === 'command-timeout', problems, ...rest };
}

async function observeNode(session: ObservingSession, { auditor, before, firstSince }: ObserveRequest, node: string) {
  // A node that was silent at the previous observation gave no clock time, so the run's own clock stands in.
  const lastS = before && (before.nodes.find((each) => each.node === node)?.clockS ?? Date.parse(before.at) / 1000);
  const since = lastS === undefined ? firstSince : `@${Math.floor(lastS)}`;
  try {
    const { factor } = session.deps.slowness();
    return await session.read.observe(node, (transport, signal) =>
      auditor.observe(transport, { since, factor }, signal),
    );
  } catch (error) {
    if (!isLabError(error)) throw error;
    return unanswered(node, error, {});
  }
}

/** Adds the backend's state of each machine that did not answer. */
async function withMachineStates<T extends Pick<NodeObservation, 'node' | 'answered' | 'machine'>>(
  { deps: { backend, instance } }: ObservingSession,
  nodes: readonly T[],
): Promise<readonly T[]> {
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

/** IPv4 only: IPv6 has no ARP. */
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
 * HA nodes that do not hold the address, because a holder does not receive its own ARP request. Those with quorum come
 * first: a node without it may be cut off.
 */
function withoutAddress(lab: Lab, nodes: readonly NodeObservation[], address: string): readonly LabNode[] {
  const without = nodes.filter(({ addresses }) => addresses?.every((each) => each.address !== address));
  const inOrder = [...without.filter(hasQuorum), ...without.filter((node) => !hasQuorum(node))];
  return inOrder.flatMap(({ node }) => resourceNodesOf(lab).filter(({ name }) => name === node));
}

function hasQuorum({ quorum }: NodeObservation): boolean {
  return quorum?.quorate === true;
}

/** Asks from the first of these nodes on the address's network; nodes outside the cluster come first, as clients would ask. */
async function askWhoAnswers(
  session: ObservingSession,
  { auditor }: ObserveRequest,
  address: string,
  askers: readonly LabNode[],
): Promise<ArpObservation> {
  const asker = askerFor(address, askers);
  if (asker === undefined)
    return { address, from: '', macs: [], problem: 'no node without this address is on its network to ask from' };
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
    const link = links.find((each) => areOnOneNetwork(each.address, address, each.prefix));
    if (link !== undefined) return { node: name, device: link.name };
  }
  return undefined;
}

function areOnOneNetwork(one: string, other: string, prefix: number): boolean {
  const networks = [one, other].map((address) => networkOf(parseIpv4(address) ?? Number.NaN, prefix).first);
  return networks[0] === networks[1];
}

export interface Settled {
  readonly now: LabObservation;
  /** Why the cluster did not become idle before the deadline. */
  readonly unsettled?: string;
  /** What was pending in that observation, even if it may stay. */
  readonly pendingActivity?: string;
  /** Ms until the observation that found it idle began. */
  readonly afterMs: number;
}

interface SettleRequest extends ObserveRequest {
  readonly faults: readonly ActiveFault[];
  readonly withinMs: number;
  readonly onWaiting: (seen: string) => void;
  /** An observation already begun, used as the first. */
  readonly begun?: Promise<LabObservation>;
}

/** Pauses double up to the longest: activity either ends soon or takes its time. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 250;
/** Activity that may stay counts as staying after this, unless it is known to take longer. */
const PATIENCE_MS = 5_000;

/** Observes, at least once, until the cluster reports itself idle or the deadline has passed. */
export async function settle(session: ObservingSession, request: SettleRequest): Promise<Settled> {
  const { clock, signal, slowness } = session.deps;
  const begunMs = clock.monotonicMs();
  let { begun } = request;
  let pauseMs = FIRST_PAUSE_MS;
  let staying: { readonly seen: string; readonly sinceMs: number } | undefined;
  for (;;) {
    const observedMs = clock.monotonicMs();
    const now = await untilAborted(begun ?? observeLab(session, request), signal);
    begun = undefined;
    const activity = request.auditor.pendingActivityIn(now, { faults: request.faults });
    const afterMs = observedMs - begunMs;
    if (activity === undefined) return { now, afterMs };
    if (staying?.seen !== activity.seen) staying = { seen: activity.seen, sinceMs: observedMs };
    const patienceMs = stretched(activity.patienceMs ?? PATIENCE_MS, slowness());
    if (activity.mayStay && observedMs - staying.sinceMs >= patienceMs)
      return { now, afterMs, pendingActivity: activity.seen };
    if (clock.monotonicMs() >= begunMs + request.withinMs)
      return {
        now,
        afterMs,
        pendingActivity: activity.seen,
        ...(activity.mayStay ? {} : { unsettled: activity.seen }),
      };
    request.onWaiting(`until the cluster is idle: ${activity.seen}`);
    await clock.sleep(stretched(pauseMs, slowness()), signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}
