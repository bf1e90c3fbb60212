import type { ProbeResult } from '../model/event.js';
import type { ProbeSpec } from '../model/scenario.js';
import type { RunningProbe } from '../ports/probe.js';
import { untilAborted } from './deadline.js';
import type { RunSession } from './session.js';

/** Starts the step's probe on its node; it has seen its first answer (or loss) when this resolves. */
export async function startProbe(
  spec: ProbeSpec,
  node: string,
  { deps, transport }: RunSession,
): Promise<RunningProbe> {
  const starting = transport(node).then((way) =>
    deps.probe.start({ id: spec.id, target: spec.target, everyMs: spec.everyMs }, way, deps.clock),
  );
  try {
    return await untilAborted(starting, deps.signal);
  } catch (error) {
    // An abort must not leave a probe behind that was about to start.
    starting.then(
      (probe) => probe.stop(),
      () => undefined,
    );
    throw error;
  }
}

/** On the run's clock: when the action ended, and when the step must. */
export interface StepTimes {
  readonly actedMs: number;
  readonly deadlineMs: number;
}

const LOOK_EVERY_MS = 50;
/** What an action does to the target shows within this; without it, a step with nothing else to wait for would see no outage. */
const SHOWS_WITHIN_MS = 500;

/** Waits until the target answers (again) or the deadline has come, then ends the probe. Its windows count from the run's beginning. */
export async function finishProbe(
  probe: RunningProbe,
  { actedMs, deadlineMs }: StepTimes,
  { deps }: RunSession,
): Promise<ProbeResult> {
  const { clock, signal } = deps;
  const mayEnd = () => answersNow(probe.snapshot()) && clock.monotonicMs() >= actedMs + SHOWS_WITHIN_MS;
  while (!mayEnd() && clock.monotonicMs() < deadlineMs) await clock.sleep(LOOK_EVERY_MS, signal);
  return sinceRunBegan(await probe.stop(), deps.folder.startedMs ?? 0);
}

export function isTimingAnOutage({ windows }: ProbeResult): boolean {
  return windows.some((window) => !window.ended);
}

function answersNow({ answered, windows }: ProbeResult): boolean {
  return answered > 0 && windows.every((window) => window.ended);
}

export function sinceRunBegan(result: ProbeResult, startedMs: number): ProbeResult {
  const windows = result.windows.map((window) => ({
    ...window,
    fromMs: window.fromMs - startedMs,
    toMs: window.toMs - startedMs,
  }));
  return { ...result, windows };
}
