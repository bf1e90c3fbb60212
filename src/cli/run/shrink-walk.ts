import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LabError, messageOf } from '../../model/errors.js';
import type { ShrunkJson, TryJson, WalkJson } from '../../report/walk-lines.js';
import { systemClock } from '../../system/clock.js';
import type { DrawnFault } from '../../walk/draw.js';
import { isAlike, prefixUntil, shrinking, type Trouble, troubleOf } from '../../walk/shrink.js';
import { checkName, withLock } from '../lab-session.js';
import type { Settings } from '../settings.js';
import type { RunRequest } from './request.js';
import type { FinishedRun } from './run-once.js';
import { planWalk, type Walk, type WalkPlan, walkCommand } from './walk-plan.js';

export const DEFAULT_SHRINK_RUNS = 6;
/** After this, no further run is started to shrink a walk. */
const SHRINK_MS = 45 * 60_000;

export const WALK_FILE = 'walk.yaml';
const SHORTEST_FILE = 'shortest.yaml';

export function walkJsonOf({ seed, drawn, given }: Walk, folder: string, shrunk?: ShrunkJson): WalkJson {
  return { seed, faults: drawn.length, given, file: join(folder, WALK_FILE), shrunk };
}

/** Writes the walk to the file that --write names. Throws LabError `usage` where that cannot be written to. */
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
export async function shrinkFailedWalk(
  walk: Walk,
  { id, plan }: WalkPlan,
  failed: FinishedRun,
  again: { readonly request: RunRequest; readonly runs: number; runOnce(request: RunRequest): Promise<FinishedRun> },
): Promise<ShrunkJson | undefined> {
  const trouble = troubleIn(failed, id);
  if (trouble === undefined || again.runs === 0) return undefined;
  const steps = plan.find(({ scenario }) => scenario.id === id)?.scenario.steps ?? [];
  const { shortest, ...shrunk } = await shrinkWalk(
    { drawn: walk.drawn, steps: steps.map((step) => step.id) },
    trouble,
    { runs: again.runs, ms: SHRINK_MS },
    {
      runAgain: (drawn) => runAgain(planWalk(walk, drawn), again.request, again.runOnce),
      nowMs: systemClock.monotonicMs,
      isInterrupted: () => again.request.signal.aborted,
    },
  );
  if (shortest === undefined) return shrunk;
  const file = join(failed.folder, SHORTEST_FILE);
  writeFileSync(file, planWalk(walk, shortest).text);
  const faults = shortest.map(({ number }) => number);
  const isPrefix = faults.every((number, index) => number === index + 1);
  const command = isPrefix ? walkCommand(walk, faults.length) : `halab run ${file} --seed ${walk.seed} ${walk.where}`;
  return { ...shrunk, shortest: { faults, file, command } };
}

function troubleIn({ summary }: FinishedRun, id: string): Trouble | undefined {
  const result = summary.scenarios.find(({ scenario }) => scenario === id);
  return result && troubleOf(result);
}

/** Runs the faults on a new lab beside the first, and removes that lab again. */
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

/** The result of running some faults of a walk again, on a new lab. */
interface RunAgain {
  readonly trouble?: Trouble;
  /** Why it is inconclusive, for example that the lab did not start. */
  readonly problem?: string;
  readonly folder?: string;
}

interface ShrinkDeps {
  runAgain(drawn: readonly DrawnFault[]): Promise<RunAgain>;
  nowMs(): number;
  readonly isInterrupted: () => boolean;
}

export interface ShrinkLimits {
  readonly runs: number;
  readonly ms: number;
}

/** Without the file and the command, which `shrinkFailedWalk` adds. */
interface Shrunk extends Omit<ShrunkJson, 'shortest'> {
  readonly shortest?: readonly DrawnFault[];
}

/** Runs the prefix that failed again, and ever fewer of its faults, until nothing can be left out or a limit is reached. */
export async function shrinkWalk(
  walk: { readonly drawn: readonly DrawnFault[]; readonly steps: readonly string[] },
  trouble: Trouble,
  limits: ShrinkLimits,
  deps: ShrinkDeps,
): Promise<Shrunk> {
  const begunMs = deps.nowMs();
  const prefix = prefixUntil(walk.drawn, walk.steps, trouble.step);
  const stopped = { step: trouble.step, what: trouble.reason ?? trouble.what, faults: prefix.length };
  const search = shrinking(prefix);
  const tries: TryJson[] = [];
  let shortest: readonly DrawnFault[] | undefined;
  for (let next = search.next(); !next.done; ) {
    const cutShort = whyStop(tries.length, deps.nowMs() - begunMs, limits, deps);
    if (cutShort !== undefined) return { stopped, tries, cutShort, shortest };
    const candidate = next.value;
    const tried = await tryAgain(candidate, trouble, deps);
    tries.push(tried);
    if (tried.outcome === 'alike') shortest = candidate;
    next = search.next(tried.outcome === 'alike');
  }
  return { stopped, tries, shortest };
}

async function tryAgain(drawn: readonly DrawnFault[], trouble: Trouble, deps: ShrinkDeps): Promise<TryJson> {
  const begunMs = deps.nowMs();
  const again = await deps.runAgain(drawn);
  const seen = again.problem ?? again.trouble?.reason ?? again.trouble?.what;
  return {
    faults: drawn.map(({ number }) => number),
    outcome: outcomeOf(again, trouble),
    seen,
    durationMs: deps.nowMs() - begunMs,
    folder: again.folder,
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
  limits: ShrinkLimits,
  { isInterrupted }: ShrinkDeps,
): ShrunkJson['cutShort'] {
  if (isInterrupted()) return 'interrupted';
  if (runs >= limits.runs) return 'runs';
  return ms >= limits.ms ? 'time' : undefined;
}
