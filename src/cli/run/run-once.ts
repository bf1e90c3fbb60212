import { createCibSnapshots } from '../../cluster/cib/snapshots.js';
import { isLabError, LabError, messageOf } from '../../model/errors.js';
import { FULL_SPEED } from '../../model/slowness.js';
import type { Verdict } from '../../model/verdict.js';
import type { Isolating } from '../../ports/isolation.js';
import type { RunSummary } from '../../report/summary.js';
import { writeReports } from '../../report/write-reports.js';
import { createRunSession } from '../../runner/create-session.js';
import { createPace, type Pace } from '../../runner/pace.js';
import { createExecutor, driveInOrder } from '../../runner/run.js';
import type { RunSession } from '../../runner/session.js';
import { haclusterPassword, keepHaclusterPassword, loadInstance } from '../../store/instances.js';
import { systemClock } from '../../system/clock.js';
import { auditor } from '../auditor.js';
import { keepRun } from '../history/keep-run.js';
import { remember } from '../lab-session.js';
import { pageProgram } from '../page-program.js';
import { sessionParts } from '../session-parts.js';
import { attempt, type Log, makeRunFolder, openLog, stage } from './log.js';
import { labDigestOf, markedOutline, thisMachine } from './marks.js';
import { createRandom, needsLab, passwordOf, type RunRequest } from './request.js';
import { emitRunInfo } from './run-info.js';
import { healEarlier, keepEvidence, tearDown } from './tear-down.js';

export interface FinishedRun {
  readonly summary: RunSummary;
  readonly folder: string;
  /** Why the run is inconclusive, if its environment failed. */
  readonly error?: unknown;
}

/** From nothing to a lab, through the plan, to a run folder and a clean machine. Rejects only for our own bugs. */
export async function runOnce(request: RunRequest): Promise<FinishedRun> {
  const { settings, instance, plan, seed } = request;
  const isNeeded = needsLab(plan);
  const stoodBefore = loadInstance(settings.stateDir, instance.name) !== undefined;
  // First, because a run that cannot be written down does not begin, and leaves no lab behind.
  const folder = makeRunFolder(request);
  if (isNeeded) remember(settings, instance);
  const log = await openLog(request, folder);
  const startedMs = systemClock.monotonicMs();
  log.emit({
    kind: 'run-started',
    run: log.folder.id,
    lab: instance.lab.name,
    labDigest: labDigestOf(instance.lab),
    instance: instance.name,
    backend: request.backend.name,
    machine: thisMachine(),
    plan: markedOutline(plan, settings.cwd),
  });
  const pace = paceOf(request, log);
  const session = openSession(request, log, createRandom(seed), pace, stoodBefore);
  let outcome: { verdict: Verdict; reason?: string } = { verdict: 'unknown', reason: 'the run was cut off' };
  let problem: unknown;
  try {
    if (isNeeded) {
      await bringUp(request, log);
      await healEarlier(session, log);
      await pace.measure();
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
  await keepRun(settings, log.folder, log.events);
  const { summary } = writeReports(log.folder, log.events, settings.language, pageProgram());
  log.folder.close();
  if (problem !== undefined && !isLabError(problem)) throw problem;
  const failed = log.views.failures()[0];
  const error =
    problem ?? (failed && new LabError('process-failed', `the ${failed.reporter} report failed: ${failed.message}`));
  return { summary, folder: log.folder.path, error };
}

function openSession(
  request: RunRequest,
  log: Log,
  random: () => number,
  pace: Pace,
  stoodBefore: boolean,
): RunSession {
  const { settings, instance, backend, audits, signal } = request;
  return createRunSession({
    ...sessionParts(settings, instance),
    instance,
    backend,
    auditor: audits ? auditor : undefined,
    isolating: isolatingFor(request, log, pace),
    isNewLab: !stoodBefore || request.begun !== undefined,
    folder: log.folder,
    haclusterPassword: passwordOf(request),
    slowness: pace.slowness,
    remeasure: pace.measure,
    random,
    emit: log.emit,
    signal,
  });
}

async function bringUp({ backend, instance, begun = [], signal }: RunRequest, log: Log): Promise<void> {
  const report = (text: string) => log.emit({ kind: 'stage-progress', stage: 'up', text });
  await stage(log, 'up', `bring the lab ${instance.name} up`, async () => {
    await backend.up(instance, { signal, onProgress: ({ text }) => report(text) });
    if (begun.length > 0)
      report(
        `before this run, the lab was brought to the state after ${begun.map(({ scenario }) => scenario.id).join(', ')}`,
      );
  });
}

/** Slow nodes get longer waits and timings. Nodes that run on the machine's own processors are not measured. */
function paceOf({ backend, instance, signal }: RunRequest, { emit }: Log): Pace {
  const sample = backend.measureSlowness?.bind(backend);
  if (sample === undefined) return { slowness: () => FULL_SPEED, measure: async () => undefined };
  return createPace({ sample: () => sample(instance), clock: systemClock, emit, signal });
}

async function runPlan(request: RunRequest, session: RunSession, log: Log) {
  // Its failure is kept until the scenarios are over: a rejection that nobody awaits yet would end the process.
  const info = attempt(() => emitRunInfo(request, session, log));
  const { plan, drive = driveInOrder } = request;
  const { verdict, reason } = await drive(plan, createExecutor(session, request.begun));
  const problem = await info;
  if (problem !== undefined) throw problem;
  return { verdict, reason };
}

/** How scenarios are isolated. */
function isolatingFor(request: RunRequest, log: Log, pace: Pace): Isolating {
  return {
    snapshots: createCibSnapshots(),
    auditor,
    keepEvidence: (place, transport) => keepEvidence(request, log, pace.slowness(), transport, place),
    async remake(onProgress) {
      await remake(request, onProgress);
      await pace.measure();
    },
  };
}

/** The password stays the same, because this run masks it in everything that it writes. */
async function remake(
  { settings, instance, backend, signal }: RunRequest,
  onProgress: (text: string) => void,
): Promise<void> {
  const password = haclusterPassword(settings.stateDir, instance);
  await backend.down(instance.name);
  remember(settings, instance);
  keepHaclusterPassword(settings.stateDir, instance, password);
  await backend.up(instance, { signal, onProgress: ({ text }) => onProgress(text) });
}
