import type { ActiveFault } from '../model/fault-effect.js';
import type { LabObservation } from '../model/observation.js';
import { untilAborted } from './deadline.js';
import { type LookRequest, type LookSession, lookAtLab } from './look.js';

export interface Settled {
  readonly now: LabObservation;
  /** Why the cluster did not become idle before the deadline. */
  readonly unsettled?: string;
  /** What was not idle in that look, be it something that may stay. */
  readonly unrest?: string;
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
  const { clock, signal, pace } = session.deps;
  const begunMs = clock.monotonicMs();
  let { begun } = request;
  let pauseMs = FIRST_PAUSE_MS;
  let staying: { readonly seen: string; readonly sinceMs: number } | undefined;
  for (;;) {
    const lookedMs = clock.monotonicMs();
    const now = await untilAborted(begun ?? lookAtLab(session, request), signal);
    begun = undefined;
    const unrest = request.auditor.unrestIn(now, { faults: request.faults });
    const afterMs = lookedMs - begunMs;
    if (unrest === undefined) return { now, afterMs };
    if (staying?.seen !== unrest.seen) staying = { seen: unrest.seen, sinceMs: lookedMs };
    const patienceMs = (unrest.patienceMs ?? PATIENCE_MS) * pace().factor;
    if (unrest.mayStay && lookedMs - staying.sinceMs >= patienceMs) return { now, afterMs, unrest: unrest.seen };
    if (clock.monotonicMs() >= begunMs + request.withinMs)
      return { now, afterMs, unrest: unrest.seen, ...(unrest.mayStay ? {} : { unsettled: unrest.seen }) };
    request.onWaiting(`until the cluster is idle: ${unrest.seen}`);
    await clock.sleep(pauseMs * pace().factor, signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}
