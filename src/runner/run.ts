import { isLabError } from '../model/errors.js';
import type { ScenarioResult, StepResult } from '../model/event.js';
import { faultText } from '../model/fault-nodes.js';
import { type RunOutcome, runOutcomeOf, scenarioResultOf } from '../model/run-outcome.js';
import type { Step } from '../model/scenario.js';
import type { JournalEntry } from '../ports/store.js';
import { healAll, healDepsOf } from './act.js';
import { executeStep, skipStep } from './execute-step.js';
import { createIsolation, type Isolation } from './isolation.js';
import type { PlanEntry } from './plan.js';
import { playScript } from './script-host.js';
import type { RunSession } from './session.js';

/**
 * Runs a plan call by call; a `Drive` makes the calls. Scenarios run one after another in the plan's order: for each,
 * `begin`, then `step` for every step or `script`, then `end`, even after a bug was thrown.
 */
export interface RunExecutor {
  begin(entry: PlanEntry): Promise<void>;
  /** After a step that did not pass, the rest of the scenario is skipped. Throws only for bugs in halab. */
  step(step: Step): Promise<StepResult>;
  /** Instead of `step` for every step of a scripted scenario: the script makes them. Throws only for bugs in halab. */
  script(): Promise<readonly StepResult[]>;
  /** Whether the lab can be brought back to where the scenario began. */
  mayRewind(): boolean;
  /** Undoes the faults, brings the lab back to where the scenario began, and forgets its steps; if it cannot, the rest is skipped. */
  rewind(): Promise<void>;
  /** Why the next step would be skipped, if it would. */
  stopped(): string | undefined;
  /** Undoes the faults that the scenario left active. */
  end(): Promise<ScenarioResult>;
  outcome(): RunOutcome;
}

interface Running {
  readonly entry: PlanEntry;
  readonly begunMs: number;
  readonly steps: StepResult[];
  /** Why none of its steps is run. */
  readonly skipped?: string;
  /** Why no further step is run. */
  stopped?: string;
  /** Why it is inconclusive, whatever the verdicts of its steps. */
  unknown?: string;
  bug?: string;
}

/** Makes the calls of an executor for a whole plan. Rejects with the first bug in halab, after the last scenario. */
export type Drive = (plan: readonly PlanEntry[], executor: RunExecutor) => Promise<RunOutcome>;

/** The plain loop. It goes on after a bug, so that every planned step still gets its event, as skipped. */
export const driveInOrder: Drive = async (plan, executor) => {
  const bugs: unknown[] = [];
  const attempt = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      bugs.push(error);
    }
  };
  for (const entry of plan) {
    const known = bugs.length;
    await attempt(executor.begin(entry));
    if (bugs.length > known) continue;
    if (entry.scenario.script !== undefined) await attempt(executor.script());
    else for (const step of entry.scenario.steps) await attempt(executor.step(step));
    await attempt(executor.end());
  }
  if (bugs.length > 0) throw bugs[0];
  return executor.outcome();
};

/** `begun`: set-ups in whose state the lab begins; the plan does not have them. */
export function createExecutor(session: RunSession, begun: readonly PlanEntry[] = []): RunExecutor {
  const { clock, emit, remeasure, signal } = session.deps;
  const results = new Map<string, ScenarioResult>();
  let running: Running | undefined;
  const { isolating } = session.deps;
  const isolation = isolating && createIsolation(session, isolating);
  let brokenBy: string | undefined;
  let isBegun = begun.length === 0;

  function current(): Running {
    if (running === undefined) throw new Error('no scenario has begun');
    return running;
  }

  return {
    async begin(entry) {
      if (!isBegun && !signal.aborted) {
        isBegun = true;
        await isolation?.begin(begun);
      }
      const skipped = signal.aborted ? 'interrupted' : (entry.skipped ?? brokenBy ?? reasonOfSetUps(entry, results));
      const unfit = skipped === undefined ? await reasonOfIsolation(entry, isolation, signal) : undefined;
      if (skipped === undefined && unfit === undefined) await remeasure?.(entry.scenario.id);
      session.beginScenario();
      const { id, title } = entry.scenario;
      emit({ kind: 'scenario-started', scenario: id, title, asGiven: entry.asGiven });
      running = {
        entry,
        begunMs: clock.monotonicMs(),
        steps: [],
        ...(skipped === undefined ? {} : { skipped, stopped: skipped }),
        ...(unfit === undefined ? {} : { stopped: unfit, unknown: unfit }),
      };
    },
    async step(step) {
      const scenario = current();
      const result = await stepOf(session, scenario, step);
      scenario.steps.push(result);
      return result;
    },
    async script() {
      const scenario = current();
      const { script, steps } = scenario.entry.scenario;
      const done = () => new Set(scenario.steps.map((result) => result.step));
      if (scenario.stopped === undefined && script !== undefined)
        await playScript(session, scenario.entry.scenario.id, script, (step) => this.step(step));
      // What it would have made in any case is reported as left out, as the rest of any scenario is.
      if (scenario.stopped !== undefined)
        for (const step of steps.slice(0, script?.certain)) if (!done().has(step.id)) await this.step(step);
      return scenario.steps;
    },
    mayRewind: () => isolation?.knows(current().entry) === true,
    async rewind() {
      const scenario = current();
      const { entry, steps } = scenario;
      emit({ kind: 'scenario-rewound', scenario: entry.scenario.id });
      const unfit = (await healLeftovers(session)) ?? (await reasonOfIsolation(entry, isolation, signal));
      session.beginScenario();
      steps.length = 0;
      scenario.stopped = unfit;
      scenario.unknown = unfit;
    },
    stopped: () => (signal.aborted ? 'interrupted' : current().stopped),
    async end() {
      const { entry, begunMs, steps, skipped, unknown: unfit, bug } = current();
      const notHealed = await healLeftovers(session);
      const broken = notHealed && `${entry.scenario.id} left the lab broken: ${notHealed}`;
      if (isolation === undefined) brokenBy ??= broken;
      else if (broken !== undefined) isolation.spoil(broken);
      const unknown = bug ?? unfit ?? notHealed;
      brokenBy ??= bug;
      const result = scenarioResultOf(entry.scenario, steps, {
        durationMs: clock.monotonicMs() - begunMs,
        ...(skipped === undefined ? {} : { skipped }),
        ...(unknown === undefined ? {} : { unknown }),
      });
      results.set(entry.scenario.id, result);
      running = undefined;
      emit({ kind: 'scenario-finished', result });
      if (skipped === undefined && unfit === undefined) await isolation?.after(entry, result.verdict === 'passed');
      return result;
    },
    outcome: () => runOutcomeOf([...results.values()], signal.aborted),
  };
}

async function stepOf(session: RunSession, running: Running, step: Step): Promise<StepResult> {
  const { scenario } = running.entry;
  if (session.deps.signal.aborted) running.stopped ??= 'interrupted';
  if (running.stopped !== undefined) return skipStep(session, scenario, step, running.stopped);
  try {
    const result = await executeStep(session, scenario, step);
    if (result.verdict !== 'passed')
      running.stopped =
        result.reason === 'interrupted' ? 'interrupted' : `after step ${step.id}, which is ${result.verdict}`;
    return result;
  } catch (error) {
    running.bug = `halab itself failed in step ${step.id}`;
    running.stopped = running.bug;
    throw error;
  }
}

/** Why the lab could not be brought to the state that the scenario requires. */
async function reasonOfIsolation(
  entry: PlanEntry,
  isolation: Isolation | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return await isolation?.before(entry);
  } catch (error) {
    if (signal.aborted && (isLabError(error) || error === signal.reason)) return 'interrupted';
    throw error;
  }
}

function reasonOfSetUps(entry: PlanEntry, results: ReadonlyMap<string, ScenarioResult>): string | undefined {
  const bad = entry.requires
    .map((id) => results.get(id))
    .find((result) => result !== undefined && result.verdict !== 'passed');
  return bad && `requires ${bad.scenario}, which is ${bad.verdict}${bad.reason === undefined ? '' : `: ${bad.reason}`}`;
}

/** Why faults of this run are still active, if any are. */
async function healLeftovers(session: RunSession): Promise<string | undefined> {
  const run = session.deps.folder.id;
  const isOurs = (entry: JournalEntry) => entry.run === run;
  try {
    if (session.deps.journal.pending().some(isOurs)) session.observed.outdate();
    const { failed } = await healAll(healDepsOf(session), isOurs);
    return failed.length === 0
      ? undefined
      : `not undone: ${failed.map(({ entry }) => faultText(entry.fault)).join(', ')}`;
  } catch (error) {
    if (!isLabError(error)) throw error;
    return error.message;
  }
}
