import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseDurationMs } from '../../../fields/time-expression.js';
import { LabError } from '../../../model/errors.js';
import { groupBy } from '../../../model/group-by.js';
import { EXIT, exitCodeOf } from '../../../model/verdict.js';
import type { Cell } from '../../../nightly/cell.js';
import type { NightEvent } from '../../../nightly/events.js';
import { type Job, notPassed } from '../../../nightly/jobs.js';
import { nightOverview } from '../../../nightly/overview.js';
import { planText, readPlan } from '../../../nightly/plan-lines.js';
import { foldNight } from '../../../nightly/state.js';
import { nightVerdict, summarize } from '../../../nightly/summary.js';
import type { PoolJob } from '../../../ports/pool.js';
import { createNightFolder, type NightFolder, nightFolders, openNightFolder } from '../../../store/night-folder.js';
import { systemClock } from '../../../system/clock.js';
import { keepPast } from '../../history/keep-run.js';
import { withInterrupt } from '../../interrupt.js';
import { labFromFlags, wantedInstance, withLock } from '../../lab-session.js';
import { limitMs } from '../../nightly/attempt.js';
import { type PlanFlags, wholePlan } from '../../nightly/matrix-plan.js';
import { needsOf, runNight } from '../../nightly/night.js';
import { nightPartIn } from '../../nightly/night-part.js';
import { createNightView } from '../../nightly/night-view.js';
import { labsOnPool, type PoolFlags, poolFor, requirePool } from '../../nightly/pools.js';
import { writeNight } from '../../nightly/write-night.js';
import { output, terminalPage } from '../../output.js';
import { requireMachine } from '../../preflight.js';
import type { Settings } from '../../settings.js';
import { backendOf } from '../../wire.js';

export interface NightlyRunFlags extends Omit<PlanFlags, 'shards'>, PoolFlags {
  readonly shard?: Shard;
  readonly budget?: Budget;
  readonly retries?: number;
  readonly onlyFailed?: boolean;
  readonly resume?: boolean;
}

/** The i-th of n parts of a plan. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export interface Budget {
  readonly text: string;
  readonly ms: number;
}

const RETRIES = 1;

/** A night on this machine, from its beginning or from where it was cut off. */
export async function runNightly(
  settings: Settings,
  file: string | undefined,
  flags: NightlyRunFlags,
  halab: string,
): Promise<number> {
  checkFlags(flags, file);
  const earlier = flags.resume ? unfinished(settings) : undefined;
  const folder = earlier ?? (await newNight(settings, file, flags, halab));
  const pool = foldNight(folder.log.read()).started?.poolFile;
  return withLock(settings, `night-${folder.id}`, 'nightly run', () =>
    runIn(settings, folder, { ...flags, ...(pool === undefined ? {} : { pool }) }, earlier !== undefined),
  );
}

function checkFlags({ resume, onlyFailed, shard }: NightlyRunFlags, file: string | undefined): void {
  if (onlyFailed && (file !== undefined || shard !== undefined))
    throw new LabError('usage', '--only-failed takes the plan of the last night', {
      hint: 'leave the file and --shard out',
    });
  if (resume && onlyFailed)
    throw new LabError('usage', '--resume goes on with a night, and --only-failed begins one', {
      hint: 'leave one of them out',
    });
}

/** The last night, if it did not end. */
function unfinished({ reportsDir }: Settings): NightFolder<NightEvent> | undefined {
  const [path] = nightFolders(reportsDir);
  if (path === undefined) return undefined;
  const night = openNightFolder<NightEvent>(path, systemClock);
  return foldNight(night.log.read()).ended === undefined ? night : undefined;
}

async function newNight(
  settings: Settings,
  file: string | undefined,
  flags: NightlyRunFlags,
  halab: string,
): Promise<NightFolder<NightEvent>> {
  const { shard } = flags;
  const earlier = flags.onlyFailed ? lastNight(settings) : undefined;
  const { pool } = flags;
  const labs = flags.labs ?? (pool && (await labsOnPool(settings, pool)));
  const plan =
    earlier ??
    (await wholePlan(settings, file, { ...flags, ...(labs && { labs }), ...(shard && { shards: shard.of }) }));
  if (pool !== undefined) await requirePool(settings, pool, plan.cells);
  else if (flags.program === undefined) await requireMachines(settings, plan.cells);
  const { reportsDir } = settings;
  const folder = createNightFolder<NightEvent>({ reportsDir, plan: planText(plan.cells) }, systemClock);
  folder.log.append({
    kind: 'night-started',
    night: folder.id,
    machine: hostname(),
    ...(pool === undefined ? { pool: 'local' } : { pool: 'slurm', poolFile: resolve(settings.cwd, pool) }),
    file: plan.file,
    halab,
    ...(shard === undefined ? {} : { shard }),
    ...(earlier === undefined ? {} : { only: earlier.only }),
  });
  return folder;
}

/** Before anything begins: otherwise every cell would fail for the same reason. */
async function requireMachines(settings: Settings, cells: readonly Cell[]): Promise<void> {
  const runnable = cells.filter(({ skipped }) => skipped === undefined);
  for (const [, [{ lab, labFile = lab, image, backend }]] of groupBy(runnable, (cell) => cell.backend)) {
    const flags = { lab: labFile, image, backend };
    const instance = wantedInstance(settings, flags, labFromFlags(settings, flags));
    await requireMachine(await backendOf(instance, settings), instance);
  }
}

/** Its plan, and the cells that have not passed. Throws LabError `usage` where all have. */
function lastNight({ reportsDir }: Settings) {
  const [path] = nightFolders(reportsDir);
  if (path === undefined)
    throw new LabError('usage', `there is no night in ${reportsDir}`, { hint: 'halab nightly run begins one' });
  const { cells, state } = nightPartIn(path);
  const only = notPassed(cells, state);
  if (only.length > 0) return { cells, file: path, only };
  throw new LabError('usage', `every cell of ${basename(path)} has passed`, {
    hint: 'halab nightly run begins another night',
  });
}

async function runIn(
  settings: Settings,
  folder: NightFolder<NightEvent>,
  flags: NightlyRunFlags,
  isResumed: boolean,
): Promise<number> {
  const cells = readPlan(join(folder.path, 'plan.jsonl'), folder.plan);
  if (isResumed) folder.log.append({ kind: 'night-resumed', machine: hostname() });
  const pool = await poolFor(settings, flags);
  output.note(`${isResumed ? 'the night goes on' : 'the night begins'}: ${folder.path}`);
  const state = await withInterrupt(async (signal) => {
    const view = createNightView(settings, folder, cells);
    try {
      return await runNight({
        folder,
        cells,
        pool,
        clock: systemClock,
        retries: flags.retries ?? RETRIES,
        untilMs: flags.budget && systemClock.monotonicMs() + flags.budget.ms,
        budget: flags.budget?.text,
        signal,
        jobFor,
        ...view,
      });
    } finally {
      view.close();
    }
  });
  const summary = summarize([{ folder: folder.path, cells, state }], 'own');
  writeNight(folder, summary, settings.language);
  await keepPast(settings);
  output.note(`the reports are in ${folder.path}; overview.html is for people`);
  if (settings.json) output.json(summary);
  else output.line(nightOverview(summary, terminalPage(settings.language)));
  if (state.ended === undefined) {
    output.note('halab nightly run --resume goes on with this night');
    return EXIT.interrupted;
  }
  return exitCodeOf(nightVerdict(summary));
}

/** `halab run` for the cells of a job, in a lab and a folder of its own. */
function jobFor({ cells, measures, ms }: Job, lab: string, folder: string): PoolJob {
  const [{ lab: name, labFile = name, image, backend, stack = [], stackOnly = [] }] = cells;
  const asked = cells.map(({ scenario, file }) => file ?? scenario);
  const flags = { lab: labFile, image, backend, keep: 'never' };
  const words = [
    ...Object.entries(flags),
    ...stack.map((source) => ['stack', source] as const),
    ...stackOnly.map((each) => ['stack-only', each] as const),
  ].flatMap(([flag, value]) => [`--${flag}`, value]);
  return {
    lab,
    folder,
    argv: ['run', ...asked, ...words],
    // The settings of the one who runs the night are not those of its cells.
    env: { HALAB_JSON: '', CI: 'true' },
    ...needsOf(cells, measures),
    cores: Math.max(...cells.map(({ needs }) => needs.cores)),
    limitMs: limitMs(ms),
  };
}

/** `2/5`. Throws LabError `usage`. */
export function parseShard(text: string): Shard {
  const [, index = 0, of = 0] = /^(\d{1,3})\/(\d{1,3})$/.exec(text)?.map(Number) ?? [];
  if (index >= 1 && index <= of) return { index, of };
  throw new LabError('usage', `${JSON.stringify(text)} is no part of a plan`, { hint: 'write it as 2/5' });
}

/** `6h`, `90min`. Throws LabError `usage`. */
export function parseBudget(text: string): Budget {
  const hours = /^(\d+(?:\.\d+)?)h$/.exec(text)?.[1];
  const ms = hours === undefined ? parseDurationMs(text) : Number(hours) * 3_600_000;
  if (ms !== undefined && ms > 0) return { text, ms };
  throw new LabError('usage', `${JSON.stringify(text)} is no budget of time`, { hint: 'write it as 6h or 90min' });
}
