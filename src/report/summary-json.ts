import type { z } from 'zod';
import type { StepResult } from '../model/event.js';
import type { Frozen } from '../model/frozen.js';
import { isKnown } from '../model/outage.js';
import type { AuditTally } from './audits.js';
import { longestOutageOf } from './probe-text.js';
import type { runAnswer } from './run-answer.js';
import type { LongestOutage, RunSummary, ScenarioSummary } from './summary.js';

/** What `halab run --json` prints and summary.json holds; published as schemas/run.schema.json. Times in ms. */
export type RunJson = Frozen<z.output<typeof runAnswer>>;

export function runJsonOf(summary: RunSummary, folder: string): RunJson {
  const { run, verdict, reason, finished, durationMs, lab, instance, info, backend, image } = summary;
  const { longestOutage, audits, scenarios, stages, faults, slowness, warnings, restored } = summary;
  return {
    schema: 'halab.run/1',
    ...{ run, verdict, reason, finished, durationMs, lab, instance, backend, image },
    ...{ imageHash: info?.imageHash, stack: info?.stack, seed: info?.seed, folder },
    outage: longestOutage && outageJsonOf(longestOutage),
    audits: audits && auditsJsonOf(audits),
    scenarios: scenarios.map(scenarioJsonOf),
    ...{ stages, faults, slowness: slowness.length === 0 ? undefined : slowness, warnings, restored },
  };
}

function outageJsonOf({ scenario, step: { step }, probe, window }: LongestOutage): RunJson['outage'] {
  const { durationMs, ended } = window;
  return { scenario, step, probe: probe.probe, durationMs, ended, known: isKnown(window, probe.everyMs) };
}

function auditsJsonOf(tally: AuditTally): RunJson['audits'] {
  const { on, steps, notMade, outcomes, expectedNotFound, durationMs, settlingMs } = tally;
  return { on, steps, stepsWithout: notMade.steps, ...outcomes, expectedNotFound, durationMs, settlingMs };
}

type ScenarioJson = RunJson['scenarios'][number];

function scenarioJsonOf({ says: _, steps, ...scenario }: ScenarioSummary): ScenarioJson {
  return { ...scenario, steps: steps.map(stepJsonOf) };
}

/** The hint is for those who read a report, and the scenario is named above. */
function stepJsonOf(result: StepResult): ScenarioJson['steps'][number] {
  const { scenario: _, hint: _hint, constants, ...step } = result;
  return { ...step, outageMs: step.probes && outageMsOf(result), constants: constants && { ...constants } };
}

/** 0 where nothing was lost, undefined where the length is not known. */
export function outageMsOf(step: StepResult): number | undefined {
  const longest = longestOutageOf(step);
  if (longest === undefined) return 0;
  return isKnown(longest.window, longest.probe.everyMs) ? longest.window.durationMs : undefined;
}
