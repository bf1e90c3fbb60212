import { defined } from './defined.js';
import type { ScenarioResult, StepResult } from './event.js';
import type { Scenario } from './scenario.js';
import { type Verdict, worstVerdict } from './verdict.js';

export interface RunOutcome {
  readonly verdict: Verdict;
  /** If the run did not pass: the scenario and the reason. */
  readonly reason?: string;
  readonly scenarios: readonly ScenarioResult[];
}

/** Facts about a scenario apart from its steps. */
interface ScenarioOutcome {
  readonly durationMs: number;
  /** Why it was not run. */
  readonly skipped?: string;
  /** Why it is unknown regardless of its steps, e.g. a fault that could not be undone. */
  readonly unknown?: string;
}

/** A scenario's result, from those of its steps. */
export function scenarioResultOf(
  scenario: Pick<Scenario, 'id' | 'title'>,
  steps: readonly StepResult[],
  outcome: ScenarioOutcome,
): ScenarioResult {
  const bad = steps.find(({ verdict }) => verdict === 'failed') ?? steps.find(({ verdict }) => verdict === 'unknown');
  const left = steps.find(({ verdict }) => verdict === 'skipped');
  const verdicts = steps.map(({ verdict }) => verdict);
  if (outcome.unknown !== undefined || left !== undefined) verdicts.push('unknown');
  const reason =
    outcome.skipped ??
    ([bad && `${bad.step}: ${bad.reason ?? bad.verdict}`, outcome.unknown].filter(Boolean).join('; ') || left?.reason);
  return {
    scenario: scenario.id,
    title: scenario.title,
    verdict: outcome.skipped !== undefined ? 'skipped' : verdicts.length === 0 ? 'passed' : worstVerdict(verdicts),
    ...defined({ reason }),
    durationMs: outcome.durationMs,
    steps,
  };
}

/** The worst of the scenarios; a run that was interrupted is at least `unknown`. */
export function runOutcomeOf(scenarios: readonly ScenarioResult[], interrupted: boolean): RunOutcome {
  const verdicts = scenarios.map((result) => result.verdict);
  const verdict = worstVerdict(interrupted ? [...verdicts, 'unknown'] : verdicts);
  const worst = verdict === 'passed' ? undefined : scenarios.find((result) => result.verdict === verdict);
  const reason = worst
    ? `${worst.scenario}: ${worst.reason ?? worst.verdict}`
    : interrupted
      ? 'interrupted'
      : undefined;
  return { verdict, scenarios, ...defined({ reason }) };
}
