import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from './test-counts.js';
import { countsOfCommand, countsOfMocha, NO_COUNTS, sum, verdictOf } from './test-counts.js';

interface Tier {
  readonly name: string;
  /** Each command is one test where it is no mocha run. */
  readonly commands: readonly (readonly string[])[];
  readonly mocha: boolean;
  /** Past this the tier is ended and counts as crashed. */
  readonly limitMs: number;
}

const MINUTE = 60_000;
const TIERS: readonly Tier[] = [
  {
    name: 'check',
    mocha: false,
    limitMs: 4 * MINUTE,
    commands: [
      ['biome', 'ci', '.'],
      ['tsc', '--noEmit', '-p', 'tsconfig.test.json'],
    ],
  },
  mochaTier('unit', 5 * MINUTE),
  mochaTier('contract', 10 * MINUTE),
  mochaTier('cli', 10 * MINUTE),
  mochaTier('e2e', 45 * MINUTE),
  mochaTier('vagrant', 75 * MINUTE),
  mochaTier('nightly', 240 * MINUTE),
];
const DEFAULT = ['check', 'unit', 'contract', 'cli', 'e2e'];

function mochaTier(name: string, limitMs: number): Tier {
  const command = ['mocha', '--reporter', './tools/counting-reporter.ts', `test/${name}/**/*.test.ts`];
  return { name, commands: [command], mocha: true, limitMs };
}

/** Runs the tiers that argv names (all of `npm test` if none), one after another; the exit code is 0 only if all is well. */
async function main(argv: readonly string[]): Promise<number> {
  const unknown = argv.filter((name) => !TIERS.some((tier) => tier.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `unknown tier ${unknown.join(', ')}; there are ${TIERS.map((tier) => tier.name).join(', ')}\n`,
    );
    return 2;
  }
  const names = argv.length > 0 ? argv : DEFAULT;
  const results = new Map<string, Counts>();
  for (const tier of TIERS.filter(({ name }) => names.includes(name))) {
    process.stdout.write(`\n== ${tier.name}\n`);
    results.set(tier.name, await runTier(tier));
  }
  const verdict = verdictOf(results, argv.length === 0);
  process.stdout.write(`\n${verdict.lines.join('\n')}\n`);
  return verdict.exitCode;
}

async function runTier(tier: Tier): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'halab-test-'));
  const file = join(folder, 'counts.json');
  let counts = NO_COUNTS;
  for (const command of tier.commands) {
    const exitCode = await run(command, file, tier.limitMs);
    if (exitCode === undefined) process.stdout.write(`${tier.name}: ended after ${tier.limitMs / MINUTE} minutes\n`);
    counts = sum(counts, tier.mocha ? countsOfMocha(readCounts(file), exitCode) : countsOfCommand(exitCode));
  }
  rmSync(folder, { recursive: true });
  return counts;
}

/** The exit code, or nothing where the command had to be ended. */
function run([program = '', ...args]: readonly string[], file: string, limitMs: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(join('node_modules', '.bin', program), args, {
      stdio: 'inherit',
      timeout: limitMs,
      env: { ...process.env, HALAB_TEST_COUNTS: file },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? undefined));
  });
}

function readCounts(file: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch (error) {
    process.stdout.write(`no counts: ${error instanceof Error ? error.message : error}\n`);
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2));
