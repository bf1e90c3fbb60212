import type { ScenarioResult, StepResult } from '../model/event.js';
import type { Scenario } from '../model/scenario.js';
import { type Verdict, worstVerdict } from '../model/verdict.js';

export interface RunOutcome {
  readonly verdict: Verdict;
  /** Of a run that is not passed: the scenario and why. */
  readonly reason?: string;
  readonly scenarios: readonly ScenarioResult[];
}

/** What becomes of a scenario beside its steps. */
export interface ScenarioFate {
  readonly durationMs: number;
  /** Why none of it was run. */
  readonly skipped?: string;
  /** Why it is unknown whatever its steps say, e.g. a fault that could not be undone. */
  readonly unknown?: string;
}

export function foldScenario(
  scenario: Pick<Scenario, 'id' | 'title'>,
  steps: readonly StepResult[],
  fate: ScenarioFate,
): ScenarioResult {
  const bad = steps.find(({ verdict }) => verdict === 'failed') ?? steps.find(({ verdict }) => verdict === 'unknown');
  const left = steps.find(({ verdict }) => verdict === 'skipped');
  const verdicts = [
    ...steps.map(({ verdict }) => verdict),
    ...(fate.unknown === undefined && left === undefined ? [] : (['unknown'] as const)),
  ];
  const reason =
    fate.skipped ??
    ([bad && `${bad.step}: ${bad.reason ?? bad.verdict}`, fate.unknown].filter(Boolean).join('; ') || left?.reason);
  return {
    scenario: scenario.id,
    title: scenario.title,
    verdict: fate.skipped !== undefined ? 'skipped' : verdicts.length === 0 ? 'passed' : worstVerdict(verdicts),
    ...(reason === undefined ? {} : { reason }),
    durationMs: fate.durationMs,
    steps,
  };
}

/** The worst of the scenarios; a run that was interrupted is at least `unknown`. */
export function foldRun(scenarios: readonly ScenarioResult[], interrupted: boolean): RunOutcome {
  const verdict = worstVerdict([
    ...scenarios.map((result) => result.verdict),
    ...(interrupted ? (['unknown'] as const) : []),
  ]);
  const worst = verdict === 'passed' ? undefined : scenarios.find((result) => result.verdict === verdict);
  const reason = worst
    ? `${worst.scenario}: ${worst.reason ?? worst.verdict}`
    : interrupted
      ? 'interrupted'
      : undefined;
  return { verdict, scenarios, ...(reason === undefined ? {} : { reason }) };
}
