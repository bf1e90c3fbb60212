import type { StepResult } from '../model/event.js';
import type { RunSummary, ScenarioSummary } from './summary.js';

/** What reports for programs count as suites: the scenarios, and the run itself where it went wrong by itself. */
export function scenariosWithRun(summary: RunSummary): readonly ScenarioSummary[] {
  return [...summary.scenarios, ...runItself(summary)];
}

/** A run that went wrong without a step to blame (the lab did not come up, a fault was not undone) still shows as one case. */
function runItself(summary: RunSummary): readonly ScenarioSummary[] {
  const { verdict, durationMs } = summary;
  const blamed = summary.scenarios.flatMap(casesOf).some((step) => step.verdict === verdict);
  if (verdict === 'passed' || verdict === 'skipped' || blamed) return [];
  const broken = summary.stages
    .filter((stage) => stage.error !== undefined)
    .map((stage) => `${stage.title}: ${stage.error}`);
  const reason = summary.reason ?? broken.join('; ');
  const title = { en: 'the run itself' };
  return [{ scenario: 'run', title, verdict, reason, durationMs, steps: [], asGiven: false, says: {} }];
}

/** A scenario without steps (skipped as a whole) is one case, so that it is seen. */
export function casesOf(scenario: ScenarioSummary): readonly StepResult[] {
  if (scenario.steps.length > 0) return scenario.steps;
  return [{ ...scenario, step: scenario.scenario, checks: [], targets: {} }];
}
