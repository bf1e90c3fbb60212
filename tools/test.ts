import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurns } from '../src/model/in-turns.js';
import { createBlocks } from './blocks.js';
import type { Counts } from './test-counts.js';
import { countsOfCommand, countsOfMocha, NO_COUNTS, sum, verdictOf } from './test-counts.js';
import {
  budgetOf,
  type Job,
  seconds,
  stagesOf,
  type Tier,
  type Timing,
  tiersFor,
  timesOf,
  WHOLE,
} from './test-plan.js';

const PROGRESS_MS = process.stdout.isTTY ? 5_000 : 60_000;

/** Runs the tiers that argv names (those of `npm test` if none); the exit code is 0 only if all is well. */
async function main(argv: readonly string[]): Promise<number> {
  const tiers = tiersFor({ e2e: lanesIn('test/e2e'), nightly: lanesIn('test/nightly') });
  const unknown = argv.filter((name) => !tiers.some((tier) => tier.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`unknown tier ${unknown.join(', ')}; there are ${tiers.map(({ name }) => name).join(', ')}\n`);
    return 2;
  }
  const stages = stagesOf(tiers, argv.length > 0 ? argv : WHOLE);
  const results = new Map<string, Counts>();
  const timings: Timing[] = [];
  for (const stage of stages) {
    await Promise.all(
      stage.map(async (tier) => {
        const begun = performance.now();
        results.set(tier.name, await runTier(tier));
        timings.push({ name: tier.name, tookMs: performance.now() - begun, budgetMs: tier.budgetMs });
      }),
    );
  }
  const times = timesOf([...timings, { name: 'all', tookMs: performance.now(), budgetMs: budgetOf(stages) }]);
  const { lines, exitCode } = verdictOf(results, {
    whole: argv.length === 0,
    overBudget: times.isOver && process.env.HALAB_TEST_BUDGET === 'strict',
  });
  process.stdout.write(`\n${[...times.lines, '', ...lines].join('\n')}\n`);
  return exitCode;
}

/** The folders that hold tests, first the one with the most files: no long lane is left for the end, when others have run. */
function lanesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      name,
      files: readdirSync(join(folder, name)).filter((file) => file.endsWith('.test.ts')).length,
    }))
    .filter(({ files }) => files > 0)
    .sort((one, other) => other.files - one.files)
    .map(({ name }) => name);
}

/** As many jobs at once as there are processors: more labs only take the processors from each other, and from the tests. */
async function runTier(tier: Tier): Promise<Counts> {
  const counts = await inTurns(tier.jobs, (job) => runJob(job, tier.limitMs), availableParallelism());
  return counts.reduce(sum, NO_COUNTS);
}

async function runJob(job: Job, limitMs: number): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'halab-test-'));
  const file = join(folder, 'counts.json');
  const exitCode = await run(job, file, limitMs);
  if (exitCode === undefined) print(job, `ended: it was not done after ${seconds(limitMs)}`);
  const counts = job.mocha
    ? countsOfMocha(job.name, readCounts(job, file), exitCode)
    : countsOfCommand(job.name, exitCode);
  rmSync(folder, { recursive: true });
  return counts;
}

/** The exit code, or nothing where the command had to be ended. */
function run(job: Job, file: string, limitMs: number): Promise<number | undefined> {
  const [program = '', ...args] = job.command;
  const colour = job.mocha && process.stdout.isTTY ? ['--color'] : [];
  return new Promise((resolve, reject) => {
    const child = spawn(join('node_modules', '.bin', program), [...args, ...colour], {
      stdio: ['inherit', 'pipe', 'pipe'],
      timeout: limitMs,
      env: { ...process.env, HALAB_TEST_COUNTS: file },
    });
    const blocks = createBlocks((text) => print(job, text));
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', blocks.add);
    running.add(job.name);
    child.once('error', reject);
    child.once('close', (code) => {
      blocks.end();
      running.delete(job.name);
      resolve(code ?? undefined);
    });
  });
}

const running = new Set<string>();

function print({ name }: Job, text: string): void {
  process.stdout.write(`\n== ${name}, ${elapsed()}\n${text.replace(/^\n+/, '').trimEnd()}\n`);
}

function elapsed(): string {
  return `after ${seconds(performance.now())}`;
}

function readCounts(job: Job, file: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch (error) {
    print(job, `no counts: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

const progress = setInterval(() => process.stdout.write(`   ${elapsed()}: ${[...running].join(', ')}\n`), PROGRESS_MS);
process.exitCode = await main(process.argv.slice(2));
clearInterval(progress);
