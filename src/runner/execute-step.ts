import type { NodeClock } from '../model/breakdown.js';
import { isLabError } from '../model/errors.js';
import type { CheckResult, ProbeResult, StepResult } from '../model/event.js';
import type { Expectation } from '../model/expectation.js';
import type { Scenario, Step } from '../model/scenario.js';
import { stretched } from '../model/slowness.js';
import { type CheckTable, withImplied } from '../ports/check.js';
import { untilAborted } from '../ports/clock.js';
import { type Acted, act, NOTHING, type StepScope } from './act.js';
import { auditStep, beginObservation, observeBeforeRun } from './audit-step.js';
import {
  explainOutages,
  finishProbes,
  isTimingAnOutage,
  type Probing,
  readClocks,
  type StepTimes,
  sinceRunBegan,
  startProbes,
} from './measure.js';
import { cheapFirst, isOfCommand, isOfProbe, judgeInOrder, poll } from './poll.js';
import { createRound, judgeOnce } from './round.js';
import type { RunSession } from './session.js';
import { checkResultsOf, createProgressReporter, type Progress, stepResultOf } from './step-report.js';
import { resolveStepTargets } from './targets.js';

/**
 * Runs one step: targets, guard, probes, the moment to act, action, expectations, outages, audits. A failed expectation makes the step
 * `failed`, a LabError `unknown`, an abort `unknown` as 'interrupted'; only bugs in halab are thrown.
 */
export async function executeStep(
  session: RunSession,
  scenario: Pick<Scenario, 'id'>,
  step: Step,
): Promise<StepResult> {
  const { clock, emit } = session.deps;
  const begunMs = clock.monotonicMs();
  session.times.beginStep(step.id);
  const deadlineMs = session.time.knownMs(step.within);
  emit({
    kind: 'step-started',
    scenario: scenario.id,
    step: step.id,
    title: step.title,
    ...(step.say ? { say: step.say } : {}),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  const progress: Progress = { targets: {}, checks: [], probes: [] };
  const place = { session, scenario: scenario.id, step };
  let observedInMs = 0;
  let problem = await problemOf(session, async () => {
    observedInMs = await observeBeforeRun(session);
    await runStep(session, scenario.id, step, progress);
  });
  const durationMs = clock.monotonicMs() - begunMs;
  const { verdict } = stepResultOf(place, progress, durationMs, problem);
  if (problem !== 'interrupted')
    problem =
      (await problemOf(session, async () => {
        const audits = await auditStep(place, progress, verdict === 'passed');
        if (audits !== undefined) progress.audits = { ...audits, durationMs: audits.durationMs + observedInMs };
      })) ?? problem;
  const result = stepResultOf(place, progress, durationMs, problem);
  emit({ kind: 'step-finished', result });
  return result;
}

/** Reports a step that is not run, with its reason. */
export function skipStep({ deps }: RunSession, scenario: Pick<Scenario, 'id'>, step: Step, reason: string): StepResult {
  const result: StepResult = {
    scenario: scenario.id,
    step: step.id,
    title: step.title,
    verdict: 'skipped',
    durationMs: 0,
    reason,
    checks: [],
    targets: {},
  };
  deps.emit({ kind: 'step-finished', result });
  return result;
}

/** Why the step is inconclusive, if it is. */
async function problemOf({ deps }: RunSession, work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const isEndOfWait =
      error === deps.signal.reason || isLabError(error) || (error instanceof Error && error.name === 'AbortError');
    if (deps.signal.aborted && isEndOfWait) return 'interrupted';
    if (!isLabError(error)) throw error;
    return error.hint === undefined ? error.message : `${error.message}\n→ ${error.hint}`;
  }
}

async function runStep(session: RunSession, scenario: string, step: Step, progress: Progress): Promise<void> {
  const targets = await resolveStepTargets(session, scenario, step);
  progress.targets = targets.named;
  const { nodes, argv, typed, faults } = targets;
  const scope: StepScope = { session, scenario, step, nodes, argv, typed, faults };
  const isDone = await alreadyHolds(scope);
  const probing = await startProbes(step.probes, targets.probeNodes, session);
  try {
    const withinMs = await deadlineBeforehand(scope);
    const clocks = probing.length > 0 && !isDone ? await readClocks(session) : [];
    const moment = isDone ? [] : await awaitMoment(scope);
    progress.checks = moment;
    if (moment.some(({ verdict }) => verdict !== 'passed')) return;
    const actingMs = session.deps.clock.monotonicMs();
    if (!isDone && step.action.kind !== 'none') session.observed.outdate();
    const done = isDone ? NOTHING : await act(scope);
    const acted: Acted = { ...done, checks: [...moment, ...done.checks] };
    progress.checks = acted.checks;
    const actedMs = session.deps.clock.monotonicMs();
    const isLost = acted.checks.some(({ verdict }) => verdict !== 'passed');
    const deadlineMs = isLost ? actedMs : actedMs + (withinMs ?? (await deadlineAfterwards(scope)));
    await expectAndMeasure({ scope, acted, probing, times: { actingMs, actedMs, deadlineMs }, clocks }, progress);
  } finally {
    if (progress.probes.length === 0)
      keepProbes(session, progress, await Promise.all(probing.map(({ running }) => running.stop())));
  }
}

/** A step after its action. */
interface Underway {
  readonly scope: StepScope;
  readonly acted: Acted;
  readonly probing: readonly Probing[];
  readonly times: StepTimes;
  /** As read before the action. */
  readonly clocks: readonly NodeClock[];
}

/** Judges everything but the outages, then ends the probes, and explains and judges their outages. */
async function expectAndMeasure(underway: Underway, progress: Progress): Promise<void> {
  const { scope, acted, probing, times } = underway;
  const { session, step } = scope;
  const { checks } = session.deps;
  const expectations = expectationsOf(checks, step, acted);
  const report = createProgressReporter(scope);
  const request = {
    deadlineMs: times.deadlineMs,
    onWaiting: (seen: string) => {
      // An observation counts only with the round in which it began.
      progress.begunObservation = undefined;
      report(seen);
    },
    commands: acted.commands,
  };
  const judged = await poll(session, {
    ...request,
    expectations: expectations.filter((each) => !isOfProbe(checks, each)),
    ...(probing.length > 0
      ? { isMeasuring: () => isTimingAnOutage(probing) }
      : { onPassing: () => beginObservation(scope, progress) }),
  });
  progress.checks = [...acted.checks, ...checkResultsOf(scope, expectations, judged)];
  if (probing.length > 0) {
    const measured = await finishProbes(probing, times, session);
    keepProbes(session, progress, await explainOutages(measured, underway));
  }
  const ofProbe = expectations.filter((each) => isOfProbe(checks, each));
  if (ofProbe.length === 0) return;
  const measured = await poll(session, {
    ...request,
    expectations: ofProbe,
    deadlineMs: session.deps.clock.monotonicMs(),
  });
  progress.checks = [...acted.checks, ...checkResultsOf(scope, expectations, [...judged, ...measured])];
}

/** A command without an expectation of its own must at least succeed; nothing is expected of a command that was not run. */
function expectationsOf(checks: CheckTable, step: Step, acted: Acted): readonly Expectation[] {
  if (acted.commands.length === 0) return step.expect.filter((each) => !isOfCommand(checks, each));
  return withImplied(checks, step.expect);
}

function keepProbes(session: RunSession, progress: Progress, measured: readonly ProbeResult[]): void {
  progress.probes = measured.map((result) => sinceRunBegan(result, session.deps.folder.startedMs ?? 0));
  for (const result of progress.probes) session.probes.set(result.probe, result);
}

const UNLESS_WITHIN_MS = 10_000;
const UNLESS_EVERY_MS = 250;

/**
 * Whether the action is not needed because its goal already holds. What cannot be judged, because a node did not answer in time,
 * is judged again for some seconds: done twice, most actions fail. Then it does not hold.
 */
async function alreadyHolds(scope: StepScope): Promise<boolean> {
  const { session, step } = scope;
  if (step.unless.length === 0) return false;
  const { checks, clock, signal, slowness } = session.deps;
  const report = createProgressReporter(scope);
  const deadline = clock.monotonicMs() + stretched(UNLESS_WITHIN_MS, slowness());
  for (;;) {
    const round = createRound(session);
    const judged = await untilAborted(Promise.all(step.unless.map((each) => judgeOnce(checks, each, round))), signal);
    const open = judged.find(({ verdict }) => verdict !== 'passed');
    if (open === undefined) {
      report(`nothing to do: ${judged.map(({ seen }) => seen).join('; ')}`);
      return true;
    }
    const isKnown = judged.some(({ verdict }) => verdict === 'failed');
    if (isKnown || clock.monotonicMs() >= deadline) return false;
    report(beforeAction(open.seen));
    await clock.sleep(UNLESS_EVERY_MS, signal);
  }
}

const CONSTANTS_WITHIN_MS = 30_000;

/** Reads the constants before the action breaks the cluster; undefined where the cluster does not run yet. */
async function deadlineBeforehand({ session, step }: StepScope): Promise<number | undefined> {
  // A formation stage may change the constants.
  if (step.action.kind === 'form') return undefined;
  try {
    // Reports explain an outage by the constants, so a step with probes reads them even if no deadline names them.
    if (step.probes.length > 0) await untilAborted(session.time.read(), session.deps.signal);
    return await untilAborted(session.time.ms(step.within), session.deps.signal);
  } catch (error) {
    if (session.deps.signal.aborted || !isLabError(error)) throw error;
    return session.time.knownMs(step.within);
  }
}

/** Retries, because a cluster that has just been started may not answer yet. */
async function deadlineAfterwards({ session, step }: StepScope): Promise<number> {
  const { clock, signal, slowness } = session.deps;
  const deadline = clock.monotonicMs() + stretched(CONSTANTS_WITHIN_MS, slowness());
  for (;;) {
    try {
      return await untilAborted(session.time.ms(step.within), signal);
    } catch (error) {
      if (signal.aborted || !isLabError(error) || clock.monotonicMs() >= deadline) throw error;
      await clock.sleep(250, signal);
    }
  }
}

/** What is looked for may last for less than a second; a round takes crm_mon on every node some 50 ms. */
const LOOK_FOR_MOMENT_EVERY_MS = 50;

/**
 * Waits until all that the step's action waits for holds at one look, by crm_mon alone: the text of `pcs status` would be printed
 * when the moment is over. Returns what was seen of each; if it did not come in time, what was seen last, not all of it passed. Empty
 * for a step that waits for nothing. Throws LabError `status-unreadable` where its deadline needs time constants and nobody knows them.
 */
async function awaitMoment(scope: StepScope): Promise<readonly CheckResult[]> {
  const { session, step } = scope;
  if (step.moment === undefined) return [];
  const { when, within } = step.moment;
  const { checks, clock, signal, slowness } = session.deps;
  const deadlineMs = clock.monotonicMs() + (await untilAborted(session.time.ms(within), signal));
  const report = createProgressReporter(scope);
  const ordered = cheapFirst(checks, when);
  for (;;) {
    const lookedMs = clock.monotonicMs();
    const round = createRound(session);
    const { pending } = await untilAborted(judgeInOrder(session, ordered, round), signal);
    const isLast = lookedMs >= deadlineMs;
    if (pending === undefined || isLast) {
      const judgements = await untilAborted(Promise.all(when.map((each) => judgeOnce(checks, each, round))), signal);
      const { resolved } = round;
      const judged = when.flatMap((expectation, index) => {
        const judgement = judgements[index];
        return judgement === undefined ? [] : { expectation, judgement, texts: [], resolved };
      });
      return checkResultsOf(scope, when, judged).map((each) => ({ ...each, expected: beforeAction(each.expected) }));
    }
    report(beforeAction(pending.judgement.seen));
    const pauseMs = lookedMs + stretched(LOOK_FOR_MOMENT_EVERY_MS, slowness()) - clock.monotonicMs();
    await clock.sleep(Math.max(0, Math.min(pauseMs, deadlineMs - clock.monotonicMs())), signal);
  }
}

function beforeAction(what: string): string {
  return `before the action: ${what}`;
}
