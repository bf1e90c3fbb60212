import { isLabError, LabError, messageOf } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import { EXIT, exitCodeOf, worstVerdict } from '../../model/verdict.js';
import { renderClosing } from '../../report/closing.js';
import { renderOverview } from '../../report/overview.js';
import type { RunSummary } from '../../report/summary.js';
import { type RunJson, runJsonOf } from '../../report/summary-json.js';
import { shrunkLines, type WalkJson } from '../../report/walk-lines.js';
import { commonSetUps, type PlanEntry } from '../../runner/plan.js';
import type { Drive } from '../../runner/run.js';
import { loadInstance } from '../../store/instances.js';
import type { AnswerOf } from '../answers/index.js';
import { exitCodeOfError, oneOf, printError } from '../errors.js';
import { tellGithub } from '../github.js';
import { withInterrupt } from '../interrupt.js';
import { type LabFlags, withLocks } from '../lab-session.js';
import { output, stopwatch, terminalPage } from '../output.js';
import { warnOfHeavyPage } from '../page-program.js';
import { requireMachine } from '../preflight.js';
import { groupByLab, instanceFor } from '../run/lab-groups.js';
import { type Keep, needsLab, type RunRequest } from '../run/request.js';
import type { FinishedRun } from '../run/run-once.js';
import { DEFAULT_SHRINK_RUNS, shrinkFailedWalk, WALK_FILE, walkJsonOf, writeWalk } from '../run/shrink-walk.js';
import type { StepMode } from '../run/step-mode.js';
import {
  checkRandomFlags,
  createWalk,
  DEFAULT_GIVEN,
  planWalk,
  type RandomFlags,
  setUpsOf,
  type Walk,
  type WalkPlan,
  whereOf,
} from '../run/walk-plan.js';
import type { Settings } from '../settings.js';
import { type StackFlags, withPinned } from '../stack/pinned.js';
import { backendOf } from '../wire.js';

export interface RunFlags extends LabFlags, RandomFlags, StackFlags {
  readonly keep?: string;
  readonly repeat?: number;
  readonly seed?: number;
  readonly dryRun?: boolean;
  readonly reporter?: string;
  /** False with `--no-audits`. */
  readonly audits?: boolean;
  readonly step?: boolean;
  readonly reuse?: boolean;
}

const KEEPS: readonly Keep[] = ['never', 'on-failure', 'always'];

/** Everything is read and checked before anything is touched; then, of each lab: up, plan, evidence, tear-down, reports. */
export async function run(
  settings: Settings,
  selectors: readonly string[],
  asked: RunFlags,
  halab: string,
): Promise<number> {
  checkRandomFlags(selectors, asked);
  const flags = await withPinned(settings, asked);
  const keep = flags.keep === undefined ? undefined : oneOf('value of --keep', flags.keep, KEEPS);
  const seed = flags.seed ?? Math.floor(Math.random() * 2 ** 31);
  const walk = flags.random === undefined ? undefined : await walkOf(settings, flags, flags.random, seed);
  const groups = walk ? [walk] : await groupByLab(settings, selectors, flags);
  if (walk && flags.write !== undefined) output.note(`the walk is in ${writeWalk(settings, flags.write, walk)}`);
  if (flags.dryRun) {
    const { plansJson, printPlans } = await import('../run/dry-run.js');
    if (settings.json) output.json(plansJson(groups, walk && { seed, faults: walk.drawn.length, given: walk.given }));
    else printPlans(groups, settings.language);
    return EXIT.passed;
  }
  if (flags.step) await requireStepMode(flags);
  if (settings.json && flags.reporter) {
    throw new LabError('usage', '--json and --reporter both want stdout', {
      hint: 'leave one of them out; junit.xml is in every run folder',
    });
  }
  for (const { backend, instance, plan } of groups)
    if (groups.length === 1 || needsLab(plan)) await requireMachine(backend, instance);
  // Loaded only when there is something to run, so that an error in a file is reported without delay.
  const { runOnce } = await import('../run/run-once.js');
  const drive = flags.reporter ? await mochaDrive(flags.reporter, settings) : undefined;
  const requests = groups.map(({ instance, backend, plan }) => ({
    settings,
    instance,
    backend,
    plan,
    subject: subjectOf(plan, instance),
    keep: keep ?? (loadInstance(settings.stateDir, instance.name) ? 'always' : 'never'),
    seed,
    halab,
    audits: flags.audits !== false,
    files: walk && { [WALK_FILE]: walk.text },
    drive,
  }));
  const names = groups.map(({ instance }) => instance.name);
  return withInterrupt((signal, press) =>
    withLocks(settings, names, `run ${askedOf(selectors, flags)}`, async () => {
      const runs: ReportedRun[] = [];
      const mode = flags.step ? await stepMode(settings, signal, press) : undefined;
      try {
        for (let turn = 0; turn < (flags.repeat ?? 1); turn += 1) {
          for (const request of requests) {
            if (signal.aborted) break;
            const begun = flags.reuse ? await fromSavedState({ ...request, signal }) : { ...request, signal };
            runs.push(await runAndReport({ ...begun, ...mode?.partsFor(begun) }, runOnce, walk, flags));
          }
        }
      } finally {
        mode?.close();
      }
      if (settings.json)
        output.json(runsJson(runs.map(({ summary, folder, walk }) => ({ ...runJsonOf(summary, folder), walk }))));
      else printOverview(runs, settings);
      return exitCodeOfRuns(runs, signal);
    }),
  );
}

/** Has a new lab begin in the state after the set-ups that all scenarios share. What cannot be done so, the run does itself. */
async function fromSavedState(request: RunRequest): Promise<RunRequest> {
  const { settings, instance, backend, plan, signal } = request;
  const begun = commonSetUps(plan);
  const isThere = loadInstance(settings.stateDir, instance.name) !== undefined;
  if (backend.baselines === undefined || begun.length === 0 || isThere) return request;
  const elapsed = stopwatch();
  const { setUpLab } = await import('../set-up-session.js');
  try {
    const setUps = begun.map(({ scenario }) => scenario);
    await setUpLab({ settings, instance, backend, signal }, setUps, (text) => output.note(`[${elapsed()}] ${text}`));
    return { ...request, begun, plan: plan.filter((entry) => !begun.includes(entry)) };
  } catch (error) {
    if (!isLabError(error) || error.code === 'bug') throw error;
    await backend.down(instance.name);
    if (!signal.aborted) output.note(`the set-ups are played in the run itself: ${error.message}`);
    return request;
  }
}

/** Throws LabError `usage` where a run cannot be shown step by step. */
async function requireStepMode({ reporter }: RunFlags): Promise<void> {
  if (reporter !== undefined)
    throw new LabError('usage', '--step and --reporter both lead through the run', { hint: 'leave one of them out' });
  const { requireTerminal } = await import('../run/step-mode.js');
  requireTerminal();
}

async function stepMode(settings: Settings, signal: AbortSignal, press: () => void): Promise<StepMode> {
  const { createStepMode } = await import('../run/step-mode.js');
  return createStepMode(settings, signal, press);
}

/** What was asked for, for those who wait for the lab. */
function askedOf(selectors: readonly string[], { random, set }: RunFlags): string {
  const of = set === undefined ? [] : [`--set ${set}`];
  return random === undefined ? [...selectors, ...of].join(' ') : `--random ${random}`;
}

/** Only a run that names one of mocha's reporters loads mocha. */
async function mochaDrive(reporter: string, { language }: Settings): Promise<Drive> {
  const { driveWithMocha } = await import('../../runner/mocha-adapter.js');
  return driveWithMocha({ reporter, language });
}

/** A finished run, and the walk that it was. */
interface ReportedRun extends FinishedRun {
  readonly walk?: WalkJson;
}

/** It shrinks a walk that fails. */
async function runAndReport(
  request: RunRequest,
  runOnce: (request: RunRequest) => Promise<FinishedRun>,
  walk: (Walk & WalkPlan) | undefined,
  flags: RunFlags,
): Promise<ReportedRun> {
  const { settings } = request;
  const finished = await runOnce(request);
  if (!settings.json)
    output.line(renderClosing(finished.summary, { ...terminalPage(settings.language), folder: finished.folder }));
  warnOfHeavyPage(finished.folder);
  tellGithub(finished.summary, settings.language, process.env);
  if (finished.error !== undefined) printProblem(finished.error, finished.summary, settings);
  if (walk === undefined) return finished;
  // The runs that shrink a walk are no show.
  const unseen = flags.step ? { ...request, drive: undefined, createView: undefined } : request;
  const again = { request: unseen, runs: flags.shrink ?? DEFAULT_SHRINK_RUNS, runOnce };
  const shrunk = await shrinkFailedWalk(walk, walk, finished, again);
  if (shrunk && !settings.json) for (const line of shrunkLines(shrunk, settings.language)) output.line(line);
  return { ...finished, walk: walkJsonOf(walk, finished.folder, shrunk) };
}

/** What the closing text says of a stage that failed is not said again: what is left is what to do. */
function printProblem(error: unknown, { stages }: RunSummary, settings: Settings): void {
  const isTold = !settings.json && !settings.debug && stages.some((stage) => stage.error === messageOf(error));
  if (isTold && isLabError(error) && error.code !== 'bug') {
    if (error.hint) output.note(`  → ${error.hint}`);
  } else printError(error, { ...settings, json: false });
}

async function walkOf(settings: Settings, flags: RunFlags, count: number, seed: number): Promise<Walk & WalkPlan> {
  const instance = instanceFor(settings, flags);
  const backend = await backendOf(instance, settings);
  const given = setUpsOf(flags.given ?? DEFAULT_GIVEN);
  const walk = createWalk({ settings, instance, backend, seed, count, given, where: whereOf(flags, instance) });
  return { ...walk, ...planWalk(walk) };
}

/** Names the run folder: the one scenario asked for, or how many, and the lab where it has a name of its own. */
export function subjectOf(plan: readonly PlanEntry[], { name, lab }: Pick<LabInstance, 'name' | 'lab'>): string {
  const asked = plan.filter(({ asGiven }) => !asGiven).map(({ scenario }) => scenario.id);
  const what = asked.length === 1 ? (asked[0] ?? 'run') : `${asked[0]}-and-${asked.length - 1}-more`;
  return name === lab.name ? what : `${what}-on-${name}`;
}

/** Several scenarios: the outcome of each in one line. */
function printOverview(runs: readonly FinishedRun[], { language }: Settings): void {
  const summaries = runs.map(({ summary }) => summary);
  const text = renderOverview(summaries, terminalPage(language));
  if (text !== '') output.line(text);
}

/** One run as it is; several, or none at all, as a list. */
export function runsJson(runs: readonly RunJson[]) {
  const [only, ...others] = runs;
  return only && others.length === 0 ? only : ({ schema: 'halab.runs/1', runs } satisfies AnswerOf<'runs'>);
}

/** If nothing was run, the exit code must not be that of a pass. */
function exitCodeOfRuns(runs: readonly FinishedRun[], signal: AbortSignal): number {
  if (signal.aborted) return EXIT.interrupted;
  const verdict = worstVerdict(runs.map(({ summary }) => summary.verdict));
  if (verdict === 'failed') return EXIT.failed;
  const error = runs.find((each) => each.error !== undefined)?.error;
  if (error !== undefined) return exitCodeOfError(error);
  return verdict === 'skipped' ? EXIT.unknown : exitCodeOf(verdict);
}
