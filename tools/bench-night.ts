// A night one lab after another and then side by side: `npm run bench:night [-- MATRIX]`.
import { mkdtempSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { minimist, type ProcessPromise, $ as zx } from 'zx';
import type { NightEvent } from '../src/nightly/events.js';
import type { NightJson } from '../src/nightly/night-answer.js';
import { openNightFolder } from '../src/store/night-folder.js';
import { systemClock } from '../src/system/clock.js';
import { type LostToken, lostTokensOf } from './lost-tokens.js';
import { watchMachine } from './watch-machine.js';

const $ = zx({ quiet: true, verbose: false, nothrow: true });
const TOP = resolve(import.meta.dirname, '..');
const PROGRAM = join(TOP, 'bin/halab.js');
/** Side by side, as a part of the time that one after another takes. */
const AIM = 0.6;

interface Night {
  readonly title: string;
  readonly ms: number;
  readonly json: NightJson;
  readonly labs: number;
  /** Taken from what was available before the night. */
  readonly memoryMiB: number;
  readonly load: number;
  readonly lost: readonly LostToken[];
}

const { _: files } = minimist(process.argv.slice(2));
const file = resolve(files[0] ?? join(TOP, 'nightly.yaml'));

await main();

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('npm run bench:night needs root: it boots labs');
  const folder = mkdtempSync(join(tmpdir(), 'halab-bench-night-'));
  await buildImages(folder);
  console.log(`${file} on ${cpus().length} processors; the runs are in ${folder}`);
  const nights = [await night('one after another', folder, ['--labs', '1']), await night('side by side', folder, [])];
  const [alone, together] = nights.map(({ ms }) => ms);
  const ratio = (together ?? Number.NaN) / (alone ?? Number.NaN);
  console.log(`\nside by side against one after another: ${ratio.toFixed(3)} (aim: at most ${AIM})`);
  const isEveryCellFine = nights.every(({ json }) =>
    json.cells.every(({ state }) => state === 'passed' || state === 'skipped'),
  );
  const isEveryTokenExplained = nights.every(({ lost }) => lost.every(({ isExplained }) => isExplained));
  if (!(ratio <= AIM) || !isEveryCellFine || !isEveryTokenExplained) process.exitCode = 1;
}

/** So that no night builds them. */
async function buildImages(folder: string): Promise<void> {
  const plan = await must($`node ${PROGRAM} nightly plan ${file} --out ${join(folder, 'plan.jsonl')} --json`);
  const { cells } = JSON.parse(plan) as { cells: readonly { lab: string; image: string }[] };
  const images = new Map(cells.map(({ lab, image }) => [`${lab} ${image}`, [lab, '--image', image]]));
  for (const argv of images.values()) await must($`node ${PROGRAM} image build ${argv}`);
}

async function must(running: ProcessPromise): Promise<string> {
  const { exitCode, stdout, stderr } = await running;
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

async function night(title: string, folder: string, flags: readonly string[]): Promise<Night> {
  const reports = join(folder, title.replaceAll(' ', '-'));
  const watch = watchMachine();
  const fromMs = performance.now();
  // Its progress goes to the terminal.
  const { stdout } = await $({
    env: { ...process.env, HALAB_REPORTS_DIR: reports },
    stdio: ['ignore', 'pipe', 'inherit'],
  })`node ${PROGRAM} nightly run ${file} ${flags} --json`;
  const ms = performance.now() - fromMs;
  const most = watch.end();
  if (!stdout.startsWith('{')) throw new Error('the night gave no answer');
  const json = JSON.parse(stdout) as NightJson;
  const seen = { title, ms, json, labs: mostLabs(json), ...most, lost: tokensLostIn(json) };
  print(seen);
  return seen;
}

function print({ title, ms, json, labs, memoryMiB, load, lost }: Night): void {
  const counts = Object.entries(json.counts).flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : []));
  const unexplained = lost.filter(({ isExplained }) => !isExplained);
  console.log(`\n${title}: ${(ms / 60_000).toFixed(1)} min, ${counts.join(', ')}`);
  console.log(`  at most ${labs} labs, ${memoryMiB} MiB of memory, load ${load.toFixed(1)}`);
  console.log(`  tokens lost: ${lost.length}, not explained by a fault: ${unexplained.length}`);
  for (const { run, node, line } of unexplained) console.log(`    ${run} ${node}: ${line}`);
  for (const { id, state, reason = '' } of json.cells)
    if (state !== 'passed') console.log(`    ${id}: ${state} ${reason.split('\n', 1)[0]}`);
}

function mostLabs({ nights }: NightJson): number {
  let [now, most] = [0, 0];
  for (const { kind } of nights.flatMap(({ folder }) => openNightFolder<NightEvent>(folder, systemClock).log.read())) {
    if (kind === 'attempt-started') now += 1;
    if (kind === 'attempt-ended') now -= 1;
    most = Math.max(most, now);
  }
  return most;
}

function tokensLostIn({ cells }: NightJson): readonly LostToken[] {
  const runs = new Set(cells.flatMap(({ attempts }) => attempts.flatMap(({ run }) => run ?? [])));
  return [...runs].flatMap(lostTokensOf);
}
