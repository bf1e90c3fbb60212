// How many labs can fail over at the same moment: `npm run bench:failovers [-- --labs 1,2,3,4,6]`.
import { mkdtempSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { minimist, $ as zx } from 'zx';
import type { RunJson } from '../src/report/summary-json.js';
import { lostTokensOf } from './lost-tokens.js';
import { watchMachine } from './watch-machine.js';

const $ = zx({ quiet: true, verbose: false, nothrow: true });
const PROGRAM = resolve(import.meta.dirname, '../bin/halab.js');
const SCENARIO = 'interface-down';
const SET_UP = 'virtual-ip';
const ROUNDS = 2;

const options = minimist(process.argv.slice(2), { string: ['labs'], default: { labs: '1,2,3,4,6' } });
const counts = String(options.labs).split(',').map(Number);

await main();

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('npm run bench:failovers needs root: it boots labs');
  const folder = mkdtempSync(join(tmpdir(), 'halab-bench-failovers-'));
  const names = Array.from({ length: Math.max(...counts) }, (_, index) => `failover${index + 1}`);
  try {
    for (const name of names) await mustRun(folder, ['up', '--name', name, '--set-up', SET_UP]);
    console.log(`${SCENARIO} on ${cpus().length} processors, ${ROUNDS} rounds each; the runs are in ${folder}`);
    row('labs', 'passed', 'outage (median, most)', 'probe gap', 'tokens lost', 'unexplained', 'load');
    for (const count of counts) await failOver(folder, names.slice(0, count));
  } finally {
    for (const name of names) await $`node ${PROGRAM} down --name ${name}`;
  }
}

/** All of these labs at once, twice. */
async function failOver(folder: string, names: readonly string[]): Promise<void> {
  const watch = watchMachine();
  const runs: RunJson[] = [];
  for (let round = 1; round <= ROUNDS; round += 1)
    runs.push(...(await Promise.all(names.map((name) => run(folder, name)))));
  const { load } = watch.end();
  const probes = runs.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ steps }) => steps.flatMap((step) => step.probes ?? [])),
  );
  const outages = probes
    .flatMap(({ windows }) => windows.map(({ durationMs }) => durationMs))
    .toSorted((a, b) => a - b);
  const tokens = runs.flatMap((each) => lostTokensOf(each.folder));
  row(
    names.length,
    `${runs.filter(({ verdict }) => verdict === 'passed').length} of ${runs.length}`,
    `${ms(outages[Math.floor(outages.length / 2)])}, ${ms(outages.at(-1))}`,
    ms(
      probes
        .map(({ largestGapMs }) => largestGapMs)
        .toSorted((a, b) => a - b)
        .at(-1),
    ),
    tokens.length,
    tokens.filter(({ isExplained }) => !isExplained).length,
    load.toFixed(1),
  );
  for (const { run: of, reason } of runs.filter(({ verdict }) => verdict !== 'passed'))
    console.log(`  ${of}: ${reason}`);
}

async function run(folder: string, name: string): Promise<RunJson> {
  const argv = ['run', SCENARIO, '--name', name, '--keep', 'always', '--json'];
  const { stdout, stderr } = await halab(folder, argv);
  if (!stdout.startsWith('{')) throw new Error(`the run on ${name} gave no answer: ${stderr}`);
  return JSON.parse(stdout) as RunJson;
}

async function mustRun(folder: string, argv: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await halab(folder, argv);
  if (exitCode !== 0) throw new Error(`halab ${argv.join(' ')}: ${stderr}`);
}

function halab(folder: string, argv: readonly string[]) {
  return $({ env: { ...process.env, HALAB_REPORTS_DIR: folder } })`timeout 600 node ${PROGRAM} ${argv}`;
}

function row(...cells: readonly unknown[]): void {
  console.log(cells.map((cell, index) => String(cell).padStart([5, 9, 22, 10, 12, 12, 6][index] ?? 10)).join(' '));
}

function ms(value: number | undefined): string {
  return value === undefined ? '-' : `${Math.round(value)} ms`;
}
