import type { z } from 'zod';
import type { StepResult } from '../model/event.js';
import type { Frozen } from '../model/frozen.js';
import { isKnown } from '../model/outage.js';
import type { AuditTally } from './audits.js';
import { longestOutageOf } from './probe-text.js';
import type { runAnswer } from './run-answer.js';
import type { RunSummary } from './summary.js';

/** What `halab run --json` prints and summary.json holds; published as schemas/run.schema.json. Times in ms. */
export type RunJson = Frozen<z.output<typeof runAnswer>>;

export function runJsonOf(summary: RunSummary, folder: string): RunJson {
  const { info, longestOutage, audits } = summary;
  return {
    schema: 'halab.run/1',
    run: summary.run,
    verdict: summary.verdict,
    ...(summary.reason === undefined ? {} : { reason: summary.reason }),
    finished: summary.finished,
    durationMs: summary.durationMs,
    lab: summary.lab,
    ...(info ? { instance: info.instance } : {}),
    backend: summary.backend,
    image: summary.image,
    ...(info?.imageHash === undefined ? {} : { imageHash: info.imageHash }),
    ...(info ? { seed: info.seed } : {}),
    folder,
    ...(longestOutage
      ? {
          outage: {
            scenario: longestOutage.scenario,
            step: longestOutage.step.step,
            probe: longestOutage.probe.probe,
            durationMs: longestOutage.window.durationMs,
            ended: longestOutage.window.ended,
            known: isKnown(longestOutage.window, longestOutage.probe.everyMs),
          },
        }
      : {}),
    ...(audits ? { audits: auditsJsonOf(audits) } : {}),
    scenarios: summary.scenarios.map(scenarioJsonOf),
    stages: summary.stages,
    faults: summary.faults,
    warnings: summary.warnings,
    restored: summary.restored,
  };
}

function auditsJsonOf({
  on,
  steps,
  notMade,
  outcomes,
  expectedNotFound,
  durationMs,
  settlingMs,
}: AuditTally): RunJson['audits'] {
  return { on, steps, stepsWithout: notMade.steps, ...outcomes, expectedNotFound, durationMs, settlingMs };
}

function scenarioJsonOf({
  scenario,
  title,
  asGiven,
  verdict,
  reason,
  durationMs,
  steps,
}: RunSummary['scenarios'][number]): RunJson['scenarios'][number] {
  return {
    scenario,
    title,
    asGiven,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    durationMs,
    steps: steps.map(stepJsonOf),
  };
}

function stepJsonOf(
  result: RunSummary['scenarios'][number]['steps'][number],
): RunJson['scenarios'][number]['steps'][number] {
  const { step, title, verdict, reason, durationMs, checks, targets, probes, audits, constants } = result;
  return {
    step,
    title,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    durationMs,
    checks,
    targets,
    ...(probes ? { probes, ...outageMsOf(result) } : {}),
    ...(audits ? { audits } : {}),
    ...(constants ? { constants: { ...constants } } : {}),
  };
}

function outageMsOf(step: StepResult): { readonly outageMs?: number } {
  const longest = longestOutageOf(step);
  if (longest === undefined) return { outageMs: 0 };
  return isKnown(longest.window, longest.probe.everyMs) ? { outageMs: longest.window.durationMs } : {};
}
