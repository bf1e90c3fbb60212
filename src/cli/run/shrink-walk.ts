import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LabError, messageOf } from '../../model/errors.js';
import type { ShortenedJson, TryJson, WalkJson } from '../../report/walk-lines.js';
import { systemClock } from '../../system/clock.js';
import type { DrawnFault } from '../../walk/draw.js';
import { isAlike, prefixUntil, shrinking, type Trouble, troubleOf } from '../../walk/shrink.js';
import { checkName, withLock } from '../lab-session.js';
import type { Settings } from '../settings.js';
import type { RunRequest } from './request.js';
import type { FinishedRun } from './run-once.js';
import { planWalk, type Walk, type WalkPlan, walkCommand } from './walk-plan.js';

export const DEFAULT_SHORTENING_RUNS = 6;
/** No run to shorten a walk is begun after it. */
const SHORTENING_MS = 45 * 60_000;

export const WALK_FILE = 'walk.yaml';
const SHORTEST_FILE = 'shortest.yaml';

export function walkJsonOf({ seed, drawn, given }: Walk, folder: string, shortened?: ShortenedJson): WalkJson {
  return { seed, faults: drawn.length, given, file: join(folder, WALK_FILE), ...(shortened ? { shortened } : {}) };
}

/** Keeps the walk where it was asked for. Throws LabError `usage` where that cannot be written to. */
export function writeWalk({ cwd }: Settings, file: string, { text }: WalkPlan): string {
  const path = resolve(cwd, file);
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new LabError('usage', `cannot write the walk to ${path}: ${messageOf(error)}`, {
      hint: 'choose another place for --write',
      cause: error,
    });
  }
  return path;
}

/** Undefined where the walk itself did not fail, or nothing is to be run again. */
export async function shortenFailed(
  walk: Walk,
  { id, plan }: WalkPlan,
  failed: FinishedRun,
  again: { readonly request: RunRequest; readonly runs: number; runOnce(request: RunRequest): Promise<FinishedRun> },
): Promise<ShortenedJson | undefined> {
  const trouble = troubleIn(failed, id);
  if (trouble === undefined || again.runs === 0) return undefined;
  const steps = plan.find(({ scenario }) => scenario.id === id)?.scenario.steps ?? [];
  const { shortest, ...told } = await shortenWalk(
    { drawn: walk.drawn, steps: steps.map((step) => step.id) },
    trouble,
    { runs: again.runs, ms: SHORTENING_MS },
    {
      runAgain: (drawn) => runAgain(planWalk(walk, drawn), again.request, again.runOnce),
      nowMs: systemClock.monotonicMs,
      isInterrupted: () => again.request.signal.aborted,
    },
  );
  if (shortest === undefined) return told;
  const file = join(failed.folder, SHORTEST_FILE);
  writeFileSync(file, planWalk(walk, shortest).text);
  const faults = shortest.map(({ number }) => number);
  const isPrefix = faults.every((number, index) => number === index + 1);
  const command = isPrefix ? walkCommand(walk, faults.length) : `halab run ${file} --seed ${walk.seed} ${walk.where}`;
  return { ...told, shortest: { faults, file, command } };
}

function troubleIn({ summary }: FinishedRun, id: string): Trouble | undefined {
  const result = summary.scenarios.find(({ scenario }) => scenario === id);
  return result && troubleOf(result);
}

/** On a lab beside the first, which is left as it is kept; from nothing to nothing. */
async function runAgain(
  { id, plan, text }: WalkPlan,
  request: RunRequest,
  runOnce: (request: RunRequest) => Promise<FinishedRun>,
): Promise<RunAgain> {
  const { settings, backend } = request;
  const instance = { ...request.instance, name: againName(request.instance.name) };
  try {
    return await withLock(settings, instance.name, `run ${id} again`, async () => {
      await backend.down(instance.name);
      const finished = await runOnce({
        ...request,
        instance,
        plan,
        subject: `${id}-again`,
        keep: 'never',
        files: { [WALK_FILE]: text },
      });
      return againOf(finished, id);
    });
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

function againOf(finished: FinishedRun, id: string): RunAgain {
  const trouble = troubleIn(finished, id);
  const { verdict, reason } = finished.summary;
  if (trouble !== undefined) return { trouble, folder: finished.folder };
  if (verdict === 'passed') return { folder: finished.folder };
  return { problem: reason ?? verdict, folder: finished.folder };
}

/** Within the length of a name. */
function againName(name: string): string {
  return checkName(`${name.slice(0, 15)}-again`);
}

/** What running some faults of a walk again, on a fresh lab, came to. */
interface RunAgain {
  readonly trouble?: Trouble;
  /** Why it says nothing, e.g. that the lab did not come up. */
  readonly problem?: string;
  readonly folder?: string;
}

interface ShortenDeps {
  runAgain(drawn: readonly DrawnFault[]): Promise<RunAgain>;
  nowMs(): number;
  readonly isInterrupted: () => boolean;
}

export interface ShortenLimits {
  readonly runs: number;
  readonly ms: number;
}

/** Without its file and command, which are for whoever writes it. */
interface Shortened extends Omit<ShortenedJson, 'shortest'> {
  readonly shortest?: readonly DrawnFault[];
}

/** Runs the prefix that failed again, and ever fewer of its faults, until nothing can be left out or a limit is reached. */
export async function shortenWalk(
  walk: { readonly drawn: readonly DrawnFault[]; readonly steps: readonly string[] },
  trouble: Trouble,
  limits: ShortenLimits,
  deps: ShortenDeps,
): Promise<Shortened> {
  const begunMs = deps.nowMs();
  const prefix = prefixUntil(walk.drawn, walk.steps, trouble.step);
  const stopped = { step: trouble.step, what: trouble.reason ?? trouble.what, faults: prefix.length };
  const search = shrinking(prefix);
  const tries: TryJson[] = [];
  let shortest: readonly DrawnFault[] | undefined;
  for (let next = search.next(); !next.done; ) {
    const cutShort = whyStop(tries.length, deps.nowMs() - begunMs, limits, deps);
    if (cutShort !== undefined) return { stopped, tries, cutShort, ...(shortest ? { shortest } : {}) };
    const candidate = next.value;
    const tried = await tryAgain(candidate, trouble, deps);
    tries.push(tried);
    if (tried.outcome === 'alike') shortest = candidate;
    next = search.next(tried.outcome === 'alike');
  }
  return { stopped, tries, ...(shortest ? { shortest } : {}) };
}

async function tryAgain(drawn: readonly DrawnFault[], trouble: Trouble, deps: ShortenDeps): Promise<TryJson> {
  const begunMs = deps.nowMs();
  const again = await deps.runAgain(drawn);
  const seen = again.problem ?? again.trouble?.reason ?? again.trouble?.what;
  return {
    faults: drawn.map(({ number }) => number),
    outcome: outcomeOf(again, trouble),
    ...(seen === undefined ? {} : { seen }),
    durationMs: deps.nowMs() - begunMs,
    ...(again.folder === undefined ? {} : { folder: again.folder }),
  };
}

function outcomeOf({ trouble, problem }: RunAgain, first: Trouble): TryJson['outcome'] {
  if (isAlike(first, trouble)) return 'alike';
  if (trouble !== undefined) return 'otherwise';
  return problem === undefined ? 'passed' : 'inconclusive';
}

function whyStop(
  runs: number,
  ms: number,
  limits: ShortenLimits,
  { isInterrupted }: ShortenDeps,
): ShortenedJson['cutShort'] {
  if (isInterrupted()) return 'interrupted';
  if (runs >= limits.runs) return 'runs';
  return ms >= limits.ms ? 'time' : undefined;
}
