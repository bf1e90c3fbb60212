import { isLabError } from '../model/errors.js';
import type { ProbeResult } from '../model/event.js';
import type { Step } from '../model/scenario.js';
import type { JournalEntry } from '../ports/store.js';
import { healDepsOf, injectFaults } from './act.js';
import { explainOutages, finishProbes, type Probing, readClocks, sinceRunBegan, startProbes } from './measure.js';
import type { RunSession } from './session.js';

/** A fault on each of the nodes that its roles meant, and what a client is to ask meanwhile. */
interface Wanted {
  readonly entries: readonly JournalEntry[];
  /** Its probes; its action is the fault. */
  readonly step: Step;
  readonly probeNodes: readonly string[];
  /** By when an outage must be over. */
  readonly withinMs: number;
  readonly onInjected: () => void;
}

interface MeasuredFault {
  readonly probes: readonly ProbeResult[];
  /** Probes whose target did not answer even before the fault; they measure nothing. */
  readonly unanswered: readonly string[];
}

/** A client's view of a fault that needs a moment to take effect. */
const SHOWS_WITHIN_MS = 2_000;

/**
 * Injects faults while clients ask their addresses, and measures until each answers again or the deadline has passed. An
 * abort ends the measurement; what is injected stays. Throws LabError as `injectFaults` and `startProbes` do.
 */
export async function injectMeasured(session: RunSession, wanted: Wanted): Promise<MeasuredFault> {
  const { entries, step, probeNodes, withinMs, onInjected } = wanted;
  const { clock, folder } = session.deps;
  const started = await startProbes(step.probes, probeNodes, session);
  let probing: readonly Probing[] = [];
  try {
    probing = started.filter(({ running }) => running.answersNow());
    const faults = entries.map(({ fault }) => fault);
    const clocks = probing.length > 0 ? await readClocks(session) : [];
    const actingMs = clock.monotonicMs();
    await injectFaults(entries, healDepsOf(session));
    onInjected();
    const actedMs = clock.monotonicMs();
    const results = await untilAnswered(session, probing, { actingMs, actedMs, deadlineMs: actedMs + withinMs });
    const explained = session.deps.signal.aborted
      ? results
      : await explainOutages(results, { scope: { session, step, faults }, times: { actedMs }, clocks });
    return {
      probes: explained.map((result) => sinceRunBegan(result, folder.startedMs ?? 0)),
      unanswered: started.filter((each) => !probing.includes(each)).map(({ spec }) => spec.id),
    };
  } finally {
    await Promise.all(started.map(({ running }) => running.stop()));
  }
}

async function untilAnswered(
  session: RunSession,
  probing: readonly Probing[],
  times: Parameters<typeof finishProbes>[1],
): Promise<readonly ProbeResult[]> {
  const { clock, signal } = session.deps;
  try {
    if (probing.length > 0) await clock.sleep(SHOWS_WITHIN_MS, signal);
    return await finishProbes(probing, times, session);
  } catch (error) {
    if (!signal.aborted || (!isLabError(error) && error !== signal.reason)) throw error;
    return Promise.all(probing.map(({ running }) => running.stop()));
  }
}
