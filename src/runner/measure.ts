import type { ProbeResult } from '../model/event.js';
import { shiftedBy } from '../model/outage.js';
import type { ProbeSpec } from '../model/scenario.js';
import type { RunningProbe } from '../ports/probe.js';
import { untilAborted } from './deadline.js';
import type { RunSession } from './session.js';

/** A probe of the step at work. */
export interface Probing {
  readonly spec: ProbeSpec;
  readonly running: RunningProbe;
}

/** Starts the step's probes on their nodes; each has seen its first answer (or loss) when this resolves. */
export async function startProbes(
  specs: readonly ProbeSpec[],
  nodes: readonly string[],
  session: RunSession,
): Promise<readonly Probing[]> {
  const { signal } = session.deps;
  const starting = specs.map((spec, index) => startProbe(spec, nodes[index] ?? '', session));
  try {
    return await untilAborted(Promise.all(starting), signal);
  } catch (error) {
    // Neither an abort nor another's failure may leave a probe behind that was about to start.
    for (const each of starting)
      each.then(
        ({ running }) => running.stop(),
        () => undefined,
      );
    throw error;
  }
}

async function startProbe(spec: ProbeSpec, node: string, { deps, transport }: RunSession): Promise<Probing> {
  return { spec, running: await deps.probe.start(spec, await transport(node), deps.clock) };
}

/** On the run's clock: when the action began and ended, and when the step must. */
export interface StepTimes {
  readonly actingMs: number;
  readonly actedMs: number;
  readonly deadlineMs: number;
}

const LOOK_EVERY_MS = 50;
/** What an action does to the target shows within this; without it, a step with nothing else to wait for would see no outage. */
const SHOWS_WITHIN_MS = 500;

/**
 * Waits until every target answers (again) or the deadline has come, then ends the probes and reads back what they wrote.
 * Times in the results are as the clock has them.
 */
export async function finishProbes(
  probing: readonly Probing[],
  { actedMs, deadlineMs }: StepTimes,
  { deps }: RunSession,
): Promise<readonly ProbeResult[]> {
  const { clock, signal } = deps;
  const showsMs = actedMs + Math.max(SHOWS_WITHIN_MS, ...probing.map(({ spec }) => 5 * spec.everyMs));
  const mayEnd = () => !isTimingAnOutage(probing) && clock.monotonicMs() >= showsMs;
  while (!mayEnd() && clock.monotonicMs() < deadlineMs) await clock.sleep(LOOK_EVERY_MS, signal);
  return Promise.all(
    probing.map(async ({ running }) => {
      const result = await running.stop();
      return running.account === undefined ? result : { ...result, writes: await running.account(signal) };
    }),
  );
}

export function isTimingAnOutage(probing: readonly Probing[]): boolean {
  return probing.some(({ running }) => !running.answersNow());
}

/** The same with its times counted from the run's beginning. */
export function sinceRunBegan(result: ProbeResult, startedMs: number): ProbeResult {
  const shifted = shiftedBy(-startedMs);
  return {
    ...result,
    windows: result.windows.map(shifted),
    ...(result.answeredBy === undefined ? {} : { answeredBy: result.answeredBy.map(shifted) }),
    ...(result.breakdown === undefined
      ? {}
      : {
          breakdown: {
            ...result.breakdown,
            beganMs: result.breakdown.beganMs - startedMs,
            phases: result.breakdown.phases.map((phase) => ({ ...phase, atMs: phase.atMs - startedMs })),
          },
        }),
  };
}
