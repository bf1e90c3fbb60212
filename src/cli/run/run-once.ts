import { CHECKS } from '../../checks/index.js';
import { createCluster } from '../../cluster/create-cluster.js';
import { FAULTS } from '../../faults/index.js';
import { isLabError, LabError, messageOf } from '../../model/errors.js';
import type { RunEvent, StampedEvent } from '../../model/event.js';
import type { LabInstance } from '../../model/lab.js';
import { FULL_PACE, type Pace, paceOf } from '../../model/pace.js';
import type { Verdict } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import type { RunFolder } from '../../ports/store.js';
import { INSTALLERS } from '../../probes/installers.js';
import { probeDriver } from '../../probes/probe.js';
import type { RunSummary } from '../../report/fold.js';
import { createMultiplexer, type Multiplexer } from '../../report/multiplexer.js';
import { writeReports } from '../../report/write-reports.js';
import { healAll } from '../../runner/heal.js';
import { runWithMocha } from '../../runner/mocha-adapter.js';
import { outlineOf, type PlanEntry } from '../../runner/plan.js';
import { createExecutor } from '../../runner/run.js';
import { createRunSession, type RunSession } from '../../runner/session.js';
import { fetchEvidence, NODE_DEADLINE_MS } from '../../store/evidence.js';
import { haclusterPassword, journalFile, loadInstance } from '../../store/instances.js';
import { createFaultJournal } from '../../store/journal.js';
import { createRunFolder, runIdOf } from '../../store/run-folder.js';
import { systemClock } from '../../system/clock.js';
import { auditor } from '../auditor.js';
import { remember } from '../lab-session.js';
import type { Settings } from '../settings.js';
import { isolatingFor } from './isolating.js';
import { createRandom } from './random.js';
import { createRedactor, redactData } from './redact.js';
import { createViews, noteReporterFailure } from './reporters.js';
import { kernelOf, paceText, readPackages } from './run-info.js';

export type Keep = 'never' | 'on-failure' | 'always';

export interface RunRequest {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly plan: readonly PlanEntry[];
  readonly subject: string;
  readonly keep: Keep;
  readonly seed: number;
  readonly halab: string;
  readonly audits: boolean;
  /** Name to text of what is kept in the run's folder from the start. */
  readonly files?: Readonly<Record<string, string>>;
  /** A reporter of mocha's own, beside ours. */
  readonly mochaReporter?: string;
  readonly signal: AbortSignal;
}

export interface FinishedRun {
  readonly summary: RunSummary;
  readonly folder: string;
  /** Why the environment did not let it be told, if so. */
  readonly error?: unknown;
}

/** What one run writes to: its folder and whoever watches. */
interface Log {
  readonly folder: RunFolder;
  readonly events: StampedEvent[];
  readonly views: Multiplexer;
  readonly emit: (event: RunEvent) => void;
  readonly redact: (text: string) => string;
}

/** From nothing to a lab, through the plan, to a run folder and a clean machine. Rejects only for our own bugs. */
export async function runOnce(request: RunRequest): Promise<FinishedRun> {
  const { settings, instance, plan, seed } = request;
  const isNeeded = needsLab(plan);
  const stoodBefore = loadInstance(settings.stateDir, instance.name) !== undefined;
  if (isNeeded) remember(settings, instance);
  const log = await openLog(request);
  const startedMs = systemClock.monotonicMs();
  log.emit({
    kind: 'run-started',
    run: log.folder.id,
    lab: instance.lab.name,
    backend: request.backend.name,
    plan: outlineOf(plan),
  });
  let pace = FULL_PACE;
  const session = openSession(request, log, createRandom(seed), () => pace, stoodBefore);
  let outcome: { verdict: Verdict; reason?: string } = { verdict: 'unknown', reason: 'the run was cut off' };
  let problem: unknown;
  try {
    if (isNeeded) {
      await bringUp(request, log);
      await healEarlier(session, log);
      pace = await measurePace(request, log);
    }
    outcome = await runPlan(request, session, log);
  } catch (error) {
    problem = error;
    outcome = { verdict: 'unknown', reason: messageOf(error) };
  }
  const teardown = await attempt(() => tearDown(request, session, log, outcome.verdict));
  problem ??= teardown;
  if (teardown && outcome.verdict === 'passed') outcome = { verdict: 'unknown', reason: messageOf(teardown) };
  log.emit({ kind: 'run-finished', durationMs: systemClock.monotonicMs() - startedMs, ...outcome });
  await log.views.close();
  const { summary } = writeReports(log.folder, log.events, settings.language);
  log.folder.close();
  if (problem !== undefined && !isLabError(problem)) throw problem;
  const failed = log.views.failures()[0];
  const error =
    problem ?? (failed && new LabError('process-failed', `the ${failed.reporter} report failed: ${failed.message}`));
  return { summary, folder: log.folder.path, ...(error === undefined ? {} : { error }) };
}

/** Where everything is skipped there is no need for a lab. */
function needsLab(plan: readonly PlanEntry[]): boolean {
  return plan.some(({ skipped }) => skipped === undefined);
}

function passwordOf({ settings, instance, plan }: RunRequest): string {
  return needsLab(plan) ? haclusterPassword(settings.stateDir, instance) : '';
}

async function openLog(request: RunRequest): Promise<Log> {
  const { settings, subject, files = {} } = request;
  const folder = createRunFolder({
    root: settings.reportsDir,
    id: runIdOf(systemClock.now(), subject),
    clock: systemClock,
  });
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  const events: StampedEvent[] = [];
  const views = createMultiplexer(await createViews(settings, process.env), noteReporterFailure);
  const redact = createRedactor([passwordOf(request), ...fencingSecrets(request)]);
  const emit = (event: RunEvent) => {
    const stamped = folder.append(redactData(event, redact));
    events.push(stamped);
    views.on(stamped);
  };
  return { folder, events, views, emit, redact };
}

function fencingSecrets({ backend: { fencing }, instance, plan }: RunRequest): readonly string[] {
  if (!needsLab(plan) || fencing === undefined || fencing.whyNot(instance) !== undefined) return [];
  return [...new Set(fencing.devices(instance).flatMap(({ secrets }) => Object.values(secrets)))];
}

function openSession(
  request: RunRequest,
  log: Log,
  random: () => number,
  pace: () => Pace,
  stoodBefore: boolean,
): RunSession {
  const { settings, instance, backend, audits, signal } = request;
  return createRunSession({
    instance,
    backend,
    cluster: createCluster({ clock: systemClock }),
    checks: CHECKS,
    faults: FAULTS,
    ...(audits ? { auditor } : {}),
    isolating: isolatingFor(request, stoodBefore),
    probe: probeDriver,
    install: (what, transport) => INSTALLERS[what](transport),
    journal: createFaultJournal(journalFile(settings.stateDir, instance.name), systemClock),
    folder: log.folder,
    clock: systemClock,
    haclusterPassword: passwordOf(request),
    pace,
    random,
    emit: log.emit,
    signal,
  });
}

async function bringUp({ backend, instance, signal }: RunRequest, log: Log): Promise<void> {
  await stage(log, 'up', `bring the lab ${instance.name} up`, () =>
    backend.up(instance, { signal, onProgress: ({ text }) => log.emit({ kind: 'stage-progress', stage: 'up', text }) }),
  );
}

/** Slow nodes get longer waits and calmer timings; both are told, and written into run.json. */
async function measurePace({ backend, instance }: RunRequest, log: Log): Promise<Pace> {
  if (backend.measureSlowness === undefined) return FULL_PACE;
  const pace = paceOf(await backend.measureSlowness(instance));
  if (pace.factor > 1) log.emit({ kind: 'warning', text: `the nodes are slow: ${paceText(pace)}` });
  return pace;
}

async function runPlan(request: RunRequest, session: RunSession, log: Log) {
  // Its failure is kept until the scenarios are over: a rejection that nobody awaits yet would end the process.
  const info = attempt(() => tellInfo(request, session, log));
  const executor = createExecutor(session);
  const { verdict, reason } = await runWithMocha(request.plan, executor, {
    language: request.settings.language,
    ...(request.mochaReporter ? { reporter: request.mochaReporter } : {}),
  });
  const problem = await info;
  if (problem !== undefined) throw problem;
  return { verdict, ...(reason === undefined ? {} : { reason }) };
}

/** What a killed run left broken must not be this run's starting point. */
async function healEarlier(session: RunSession, log: Log): Promise<void> {
  if (session.deps.journal.pending().length === 0) return;
  await stage(log, 'heal', 'undo what an earlier run left broken', () => healEverything(session, log));
}

async function tellInfo(
  { instance, backend, seed, settings, plan, halab, audits }: RunRequest,
  session: RunSession,
  log: Log,
): Promise<void> {
  const startedAt = log.events[0]?.at ?? systemClock.now();
  const [{ imageHash }, packages] = await Promise.all([
    backend.status(instance),
    needsLab(plan) ? readPackages(instance, (node) => session.transport(node)) : {},
  ]);
  log.emit({
    kind: 'run-info',
    info: {
      run: log.folder.id,
      halab,
      startedAt,
      lab: instance.lab.name,
      instance: instance.name,
      backend: backend.name,
      ...(instance.provider === undefined ? {} : { provider: instance.provider }),
      image: instance.lab.image,
      ...(imageHash === undefined ? {} : { imageHash }),
      kernel: kernelOf(),
      ...(session.deps.pace() === FULL_PACE ? {} : { pace: session.deps.pace() }),
      seed,
      audits,
      language: settings.language,
      packages,
      scenarios: plan.map(({ scenario }) => scenario.id),
    },
  });
}

/** Evidence first, then whatever is still broken, then the lab itself if it is not to be kept. */
async function tearDown(request: RunRequest, session: RunSession, log: Log, verdict: Verdict): Promise<void> {
  const { backend, instance } = request;
  if (!needsLab(request.plan)) return session.close();
  const problems: unknown[] = [];
  const step = async (name: string, title: string, work: () => Promise<unknown>) => {
    const problem = await attempt(() => stage(log, name, title, work));
    if (problem !== undefined) problems.push(problem);
  };
  await step('evidence', 'fetch the evidence', async () => {
    keepOrders(request, log);
    await fetchEvidence({
      nodes: instance.lab.nodes,
      transport: (node) => session.transport(node),
      folder: log.folder,
      redact: log.redact,
      emit: log.emit,
      clock: systemClock,
      nodeDeadlineMs: NODE_DEADLINE_MS * session.deps.pace().factor,
    });
  });
  if (session.deps.journal.pending().length > 0)
    await step('heal', 'undo every fault', () => healEverything(session, log));
  await session.close();
  const keeps = request.keep === 'always' || (request.keep === 'on-failure' && verdict !== 'passed');
  if (!keeps) await step('down', `take the lab ${instance.name} down`, () => backend.down(instance.name));
  if (problems.length > 0) throw problems[0];
}

/** When power was really switched during the run, by the machine's own clock. */
function keepOrders({ backend, instance }: RunRequest, { folder, events }: Log): void {
  const since = Date.parse(events[0]?.at ?? '');
  const orders = (backend.fencing?.orders?.(instance) ?? []).filter(({ at }) => Date.parse(at) >= since);
  const lines = orders.map(({ at, text }) => `${at} ${text}\n`);
  if (lines.length > 0) folder.write('evidence/power-controllers.log', lines.join(''));
}

async function healEverything(session: RunSession, log: Log): Promise<void> {
  const { journal, clock } = session.deps;
  const { failed } = await healAll({ journal, faults: FAULTS, context: session.faultContext, clock, emit: log.emit });
  if (failed[0]) throw failed[0].error;
}

async function stage(log: Log, name: string, title: string, work: () => Promise<unknown>): Promise<void> {
  const startedMs = systemClock.monotonicMs();
  log.emit({ kind: 'stage-started', stage: name, title });
  const problem = await attempt(work);
  const durationMs = systemClock.monotonicMs() - startedMs;
  log.emit({
    kind: 'stage-finished',
    stage: name,
    durationMs,
    ...(problem === undefined ? {} : { error: messageOf(problem) }),
  });
  if (problem !== undefined) throw problem;
}

/** What was thrown, if anything was. */
async function attempt(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error ?? new LabError('bug', 'something was thrown that is nothing');
  }
}
