import { LabError, messageOf } from '../../model/errors.js';
import type { RunEvent, StampedEvent } from '../../model/event.js';
import type { Reporter } from '../../ports/reporter.js';
import type { RunFolder, StoredRun } from '../../ports/store.js';
import { createMultiplexer, type Multiplexer } from '../../report/multiplexer.js';
import { createPlainReporter } from '../../report/plain.js';
import { createRunFolder, runIdOf } from '../../store/run-folder.js';
import { systemClock } from '../../system/clock.js';
import { output, wantsColor } from '../output.js';
import type { Settings } from '../settings.js';
import { type RunRequest, secretsOf } from './request.js';

/** Where one run writes its events: its folder, and the views on the terminal. */
export interface Log {
  readonly folder: RunFolder & StoredRun;
  readonly events: StampedEvent[];
  readonly views: Multiplexer;
  readonly emit: (event: RunEvent) => void;
  readonly redact: (text: string) => string;
}

/** Throws LabError `usage` or `disk-full` where it cannot be made; then nothing is left of it. */
export function makeRunFolder({ settings, subject }: RunRequest): RunFolder & StoredRun {
  return createRunFolder({ root: settings.reportsDir, id: runIdOf(systemClock.now(), subject), clock: systemClock });
}

export async function openLog(request: RunRequest, folder: RunFolder & StoredRun): Promise<Log> {
  const { settings, files = {}, createView } = request;
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  const events: StampedEvent[] = [];
  const views = createMultiplexer(
    createView ? [createView()] : await createViews(settings, process.env),
    noteReporterFailure,
  );
  const redact = createRedactor(secretsOf(request));
  const emit = (event: RunEvent) => {
    const stamped = folder.append(redactData(event, redact));
    events.push(stamped);
    views.on(stamped);
  };
  return { folder, events, views, emit, redact };
}

/** One stage of a run, with an event as it begins and as it ends. Throws what `work` throws. */
export async function stage(log: Log, name: string, title: string, work: () => Promise<unknown>): Promise<void> {
  const startedMs = systemClock.monotonicMs();
  log.emit({ kind: 'stage-started', stage: name, title });
  const problem = await attempt(work);
  const durationMs = systemClock.monotonicMs() - startedMs;
  const error = problem === undefined ? undefined : messageOf(problem);
  log.emit({ kind: 'stage-finished', stage: name, durationMs, error });
  if (problem !== undefined) throw problem;
}

/** Returns what `work` threw, or undefined. */
export async function attempt(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error ?? new LabError('bug', 'something was thrown that is nothing');
  }
}

const MASK = '••••••';

/** Masks secrets wherever they stand in a text. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length > 0);
  return (text) => known.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

/** The same for plain data, whole: keys, values, lists. */
export function redactData<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((each) => redactData(each, redact)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redactData(each, redact)])) as T;
}

/** Live with a terminal on stderr, plain lines without. listr2 is loaded only where it is shown. */
async function createViews(settings: Settings, env: NodeJS.ProcessEnv): Promise<readonly Reporter[]> {
  if (!isLive(env)) return [createPlainReporter((text) => void process.stderr.write(text), settings.language)];
  const { createLiveReporter } = await import('../../report/live.js');
  return [createLiveReporter({ stream: process.stderr, language: settings.language, color: wantsColor(env) })];
}

function isLive(env: NodeJS.ProcessEnv): boolean {
  return process.stderr.isTTY === true && !env.CI && env.TERM !== 'dumb';
}

function noteReporterFailure(failure: { readonly reporter: string; readonly message: string }): void {
  output.note(`warning: the ${failure.reporter} report failed: ${failure.message}`);
}
