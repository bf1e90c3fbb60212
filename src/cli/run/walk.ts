import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LabError, messageOf } from '../../model/errors.js';
import type { ShortenedJson, WalkJson } from '../../report/walk-lines.js';
import { systemClock } from '../../system/clock.js';
import { type Trouble, troubleOf } from '../../walk/shrink.js';
import { checkName, withLock } from '../lab-session.js';
import type { Settings } from '../settings.js';
import type { RunRequest } from './request.js';
import type { FinishedRun } from './run-once.js';
import { type RunAgain, shortenWalk } from './shorten-walk.js';
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
