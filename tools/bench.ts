// The walk-through by halab and by a bare shell script, in turn, in one run: `npm run bench [-- --rounds 5 --bare SCRIPT]`.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chalk, minimist, $ as zx } from 'zx';
import { locateImage } from '../src/backends/embedded/image-store.js';
import { ID_BASE } from '../src/backends/embedded/names.js';
import type { StampedEvent } from '../src/model/event.js';

const $ = zx({ quiet: true, verbose: false });
const TOP = resolve(import.meta.dirname, '..');
const STAGES = ['boot', 'auth+setup', 'start-to-3-online', 'vip', 'failover'] as const;
type Stage = (typeof STAGES)[number];
const COLUMNS = [...STAGES, 'total'] as const;
/** In ms. `total`: from nothing to the address answering (halab) or being Started (bare) elsewhere. */
type Times = Readonly<Record<Stage | 'total', number>>;

const options = minimist(process.argv.slice(2), { string: ['bare', 'rounds'], default: { rounds: '5' } });
const rounds = Number(options.rounds);
const bareScript = resolve(options.bare ?? join(TOP, 'tools/bare-walkthrough.sh'));
const cache = process.env.HALAB_CACHE_DIR ?? '/var/cache/halab';

await main();

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('npm run bench needs root: it boots labs');
  const tree = await plainTree();
  const halab: Times[] = [];
  const bare: Times[] = [];
  process.stdout.write(`debian-12, ${rounds} rounds in turn, opponent ${bareScript}\n\n`);
  row('ms', ...COLUMNS.map((stage) => (stage === 'start-to-3-online' ? 'start' : stage)));
  for (let round = 1; round <= rounds; round += 1) {
    bare.push(printed(`round ${round}, bare`, await runBare(tree)));
    halab.push(printed(`round ${round}, halab`, await runHalab()));
  }
  printTable(bare, halab);
}

/** The image as root's own files, which is what a container without a user namespace needs; kept beside the image. */
async function plainTree(): Promise<string> {
  if (!locateImage(cache, 'debian-12').built) {
    await $`node ${join(TOP, 'bin/halab.js')} up --name bench`;
    await $`node ${join(TOP, 'bin/halab.js')} down --name bench`;
  }
  const image = locateImage(cache, 'debian-12');
  const tree = join(cache, 'bench', `${image.id}-${image.hash}`);
  if (existsSync(join(tree, 'usr'))) return tree;
  const partial = `${tree}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const ids = [...Array(1_200).keys(), 65_534].map((id) => `+${ID_BASE + id} id${id}:${id}`).join('\n');
  await $({ input: ids })`cat > ${partial}.ids`;
  await $`tar -C ${image.root} --numeric-owner --owner-map=${partial}.ids --group-map=${partial}.ids -c . | tar -C ${partial} --numeric-owner -x -p`;
  rmSync(`${partial}.ids`);
  await $`mv ${partial} ${tree}`;
  return tree;
}

async function runBare(tree: string): Promise<Times> {
  const { stdout } = await $`timeout 300 bash ${bareScript} ${tree}`;
  const said = new Map(stdout.split('\n').map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
  const times = Object.fromEntries(STAGES.map((stage) => [stage, said.get(stage) ?? Number.NaN])) as Record<
    Stage,
    number
  >;
  return { ...times, total: STAGES.reduce((sum, stage) => sum + times[stage], 0) };
}

/** From before the program starts, as one would type it. */
async function runHalab(): Promise<Times> {
  const reports = mkdtempSync(join(tmpdir(), 'halab-bench-'));
  try {
    const startedAt = Date.now();
    await $({
      env: { ...process.env, HALAB_REPORTS_DIR: reports },
    })`timeout 300 node ${join(TOP, 'bin/halab.js')} run ${join(TOP, 'scenarios/walkthrough')} --name bench --json`;
    return timesFrom(readEvents(join(reports, 'latest', 'events.jsonl')), startedAt);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

function readEvents(file: string): readonly StampedEvent[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as StampedEvent);
}

function timesFrom(events: readonly StampedEvent[], startedAt: number): Times {
  const at = (is: (event: StampedEvent) => boolean): number => {
    const event = events.find(is);
    if (!event) throw new Error('the run has no such event; did it pass?');
    return Date.parse(event.at) - startedAt;
  };
  const ends = (step: string) => (event: StampedEvent) => event.kind === 'step-finished' && event.result.step === step;
  const begins = (step: string) => (event: StampedEvent) => event.kind === 'step-started' && event.step === step;
  const cut = events.find(ends('cut'));
  const window = cut?.kind === 'step-finished' ? cut.result.probes?.[0]?.windows.at(-1) : undefined;
  const first = events[0];
  if (!window?.ended || !first) throw new Error('the run measured no outage');
  const answers = Date.parse(first.at) - first.ms + window.toMs - startedAt;
  const boot = at(begins('password'));
  const setup = at(ends('setup'));
  const online = at(ends('online'));
  const broken = at((event) => event.kind === 'fault-journalled');
  return {
    boot: Math.round(boot),
    'auth+setup': Math.round(setup - boot),
    'start-to-3-online': Math.round(online - setup),
    vip: Math.round(broken - online),
    failover: Math.round(answers - broken),
    total: Math.round(answers),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function row(name: string, ...cells: readonly string[]): void {
  process.stdout.write(`${name.padEnd(20)}${cells.map((cell) => ` ${cell.padStart(10)}`).join('')}\n`);
}

/** One run's times, in the order of COLUMNS. */
function printed(name: string, times: Times): Times {
  row(name, ...COLUMNS.map((stage) => String(times[stage])));
  return times;
}

function printTable(bare: readonly Times[], halab: readonly Times[]): void {
  process.stdout.write(`\nmedians of ${bare.length}, ms\n`);
  row('stage', 'bare', 'halab', 'ratio');
  for (const stage of COLUMNS) {
    const [ours, theirs] = [median(halab.map((times) => times[stage])), median(bare.map((times) => times[stage]))];
    const ratio = (ours / theirs).toFixed(3);
    row(stage, String(theirs), String(ours), stage === 'total' || stage === 'failover' ? chalk.bold(ratio) : ratio);
  }
  process.stdout.write(
    '\nhalab boots until pcsd answers on every node; its vip stage also reads the status and logs in through the address.\n',
  );
}
