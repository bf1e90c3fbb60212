import type { NodeClock } from '../model/breakdown.js';
import { isLabError, LabError } from '../model/errors.js';
import type { Clock } from '../ports/clock.js';
import type { Transport } from '../ports/transport.js';
import type { RunSession } from './session.js';

const ROUND_TRIPS = 3;
const TIMEOUT_MS = 3_000;

/**
 * How each HA node's clock stands to the run's. Where the backend's nodes share the machine's clock no node is asked; a node
 * that does not answer is left out.
 */
export async function readClocks(session: RunSession): Promise<readonly NodeClock[]> {
  const { haNodes, deps, read } = session;
  if (!hasOwnClocks(session)) return [];
  const readings = await Promise.allSettled(
    haNodes.map((node) => read.observe(node, (transport) => readClock(transport, deps.clock))),
  );
  return readings.flatMap((reading) => {
    if (reading.status === 'fulfilled') return [reading.value];
    if (!isLabError(reading.reason)) throw reading.reason;
    return [];
  });
}

export function hasOwnClocks({ deps: { backend } }: RunSession): boolean {
  return backend.kernel?.includes('clock') ?? false;
}

/** The quickest of a few round trips: what the node said is taken for the middle of it. */
async function readClock(transport: Transport, clock: Clock): Promise<NodeClock> {
  let best: NodeClock | undefined;
  for (let trip = 0; trip < ROUND_TRIPS; trip += 1) {
    const askedMs = clock.monotonicMs();
    const { stdout } = await transport.exec(['date', '+%s.%N'], { timeoutMs: TIMEOUT_MS });
    const answeredMs = clock.monotonicMs();
    const wallMs = wallMsOf(clock) - (answeredMs - askedMs) / 2;
    const uncertainMs = (answeredMs - askedMs) / 2;
    const offsetMs = Number(stdout.trim()) * 1000 - wallMs;
    if (!Number.isFinite(offsetMs))
      throw new LabError('status-unreadable', `the clock of ${transport.node} said '${stdout.trim()}'`);
    if (best === undefined || uncertainMs < best.uncertainMs) best = { node: transport.node, offsetMs, uncertainMs };
  }
  if (best === undefined) throw new LabError('bug', 'no round trip was made');
  return best;
}

/** The run's own wall clock, in ms since 1970. */
export function wallMsOf(clock: Clock): number {
  return Date.parse(clock.now());
}

/** Before and after taken together: the middle of both, and unsure by how much they differ. */
export function combineClocks(before: readonly NodeClock[], after: readonly NodeClock[]): readonly NodeClock[] {
  return after.map((late) => {
    const early = before.find(({ node }) => node === late.node) ?? late;
    const driftMs = Math.abs(late.offsetMs - early.offsetMs);
    return {
      node: late.node,
      offsetMs: (late.offsetMs + early.offsetMs) / 2,
      uncertainMs: Math.max(late.uncertainMs, early.uncertainMs) + driftMs / 2,
    };
  });
}
