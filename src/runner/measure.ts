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

const LOOK_EVERY_MS = 50;

/** Waits until the target answers (again) or the deadline has come, then ends the probe. Its windows count from the run's beginning. */
export async function finishProbe(probe: RunningProbe, deadlineMs: number, { deps }: RunSession): Promise<ProbeResult> {
  const { clock, signal } = deps;
  while (!answersNow(probe.snapshot()) && clock.monotonicMs() < deadlineMs) await clock.sleep(LOOK_EVERY_MS, signal);
  return sinceRunBegan(await probe.stop(), deps.folder.startedMs ?? 0);
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
