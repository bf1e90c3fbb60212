// A night one lab after another and then side by side: `npm run bench:night [-- MATRIX]`.
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { minimist, $ as zx } from 'zx';
import { CLUSTER_COMMANDS } from '../src/cluster/create-cluster.js';
import { momentOf } from '../src/cluster/history.js';
import type { StampedEvent } from '../src/model/event.js';
import type { StampedNightEvent } from '../src/nightly/events.js';
import type { NightJson } from '../src/nightly/night-answer.js';

const $ = zx({ quiet: true, verbose: false, nothrow: true });
const TOP = resolve(import.meta.dirname, '..');
const PROGRAM = join(TOP, 'bin/halab.js');
/** Side by side, as a part of the time that one after another takes. */
const MOST = 0.6;
/** A fault, or a command that stops nodes, explains a lost token from a little before it until this long after it. */
const BEFORE_MS = 2_000;
const AFTER_MS = 30_000;

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

interface LostToken {
  readonly run: string;
  readonly node: string;
  readonly line: string;
  readonly isExplained: boolean;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const { _: files } = minimist(process.argv.slice(2));
const file = resolve(files[0] ?? join(TOP, 'nightly.yaml'));

await main();

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('npm run bench:night needs root: it boots labs');
  for (const image of ['debian-11', 'debian-12', 'debian-13']) await $`node ${PROGRAM} image build --image ${image}`;
  const folder = mkdtempSync(join(tmpdir(), 'halab-bench-night-'));
  console.log(`${file} on ${cpus().length} processors; the runs are in ${folder}`);
  const nights = [await night('one after another', folder, ['--labs', '1']), await night('side by side', folder, [])];
  const [alone, together] = nights.map(({ ms }) => ms);
  const ratio = (together ?? Number.NaN) / (alone ?? Number.NaN);
  console.log(`side by side takes ${ratio.toFixed(3)} times as long, at most ${MOST} times`);
  const isEveryCellFine = nights.every(({ json }) =>
    json.cells.every(({ state }) => state === 'passed' || state === 'skipped'),
  );
  const isEveryTokenExplained = nights.every(({ lost }) => lost.every(({ isExplained }) => isExplained));
  if (!(ratio <= MOST) || !isEveryCellFine || !isEveryTokenExplained) process.exitCode = 1;
}

async function night(title: string, folder: string, flags: readonly string[]): Promise<Night> {
  const reports = join(folder, title.replaceAll(' ', '-'));
  const watch = watchMachine();
  const fromMs = performance.now();
  const { stdout, stderr } = await $({
    env: { ...process.env, HALAB_REPORTS_DIR: reports },
  })`node ${PROGRAM} nightly run ${file} ${flags} --json`;
  const ms = performance.now() - fromMs;
  const most = watch.end();
  if (!stdout.startsWith('{')) throw new Error(`the night gave no answer: ${stderr}`);
  const json = JSON.parse(stdout) as NightJson;
  const seen = { title, ms, json, labs: mostLabs(json), ...most, lost: lostTokens(json) };
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
    if (state !== 'passed') console.log(`    ${id}: ${state} ${reason}`);
}

/** Looks every second at what proc_meminfo(5) and proc_loadavg(5) say. */
function watchMachine() {
  const beforeMiB = availableMiB();
  let leastMiB = beforeMiB;
  let load = 0;
  const timer = setInterval(() => {
    leastMiB = Math.min(leastMiB, availableMiB());
    load = Math.max(load, Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]));
  }, 1_000);
  return {
    end() {
      clearInterval(timer);
      return { memoryMiB: beforeMiB - leastMiB, load };
    },
  };
}

function availableMiB(): number {
  return Math.round(Number(/MemAvailable: +(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) / 1024);
}

function mostLabs({ nights }: NightJson): number {
  let [now, most] = [0, 0];
  for (const { kind } of nights.flatMap(({ folder }) => linesOf<StampedNightEvent>(join(folder, 'night.jsonl')))) {
    if (kind === 'attempt-started') now += 1;
    if (kind === 'attempt-ended') now -= 1;
    most = Math.max(most, now);
  }
  return most;
}

/** Every loss of the token that corosync logged on a node of any run. */
function lostTokens({ cells }: NightJson): readonly LostToken[] {
  const runs = new Set(cells.flatMap(({ attempts }) => attempts.flatMap(({ run }) => run ?? [])));
  return [...runs].flatMap((run) => {
    const events = linesOf<StampedEvent>(join(run, 'events.jsonl'));
    const year = events[0]?.at.slice(0, 4) ?? '';
    const nodes = folderNames(join(run, 'evidence')).filter((name) =>
      existsSync(join(run, 'evidence', name, 'corosync.log')),
    );
    const logged = (node: string, name: string) =>
      readFileSync(join(run, 'evidence', node, name), 'utf8')
        .split('\n')
        .flatMap((line) => momentOf(line, timeOf(line, year)) ?? []);
    const fenced = nodes
      .filter((node) => existsSync(join(run, 'evidence', node, 'pacemaker.log')))
      .flatMap((node) => logged(node, 'pacemaker.log'))
      .filter(({ kind }) => kind === 'fenced');
    const reasons = [...faultSpans(events), ...fenced.map(({ atMs }) => ({ fromMs: atMs - AFTER_MS, toMs: atMs }))];
    return nodes.flatMap((node) =>
      logged(node, 'corosync.log')
        .filter(({ kind }) => kind === 'token-lost')
        .map(({ atMs, line }) => ({ run, node, line, isExplained: reasons.some((span) => isIn(span, atMs)) })),
    );
  });
}

/** From the injection of each fault until it was undone, and each command that may start, stop or fence nodes. */
function faultSpans(events: readonly StampedEvent[]): readonly Span[] {
  const endMs = Date.parse(events.at(-1)?.at ?? '');
  return events.flatMap((event) => {
    const atMs = Date.parse(event.at);
    if (event.kind === 'command-finished' && CLUSTER_COMMANDS.mayChangeNodes(event.argv))
      return [{ fromMs: atMs - event.durationMs, toMs: atMs }];
    if (event.kind !== 'fault-injected') return [];
    const healed = events.find((each) => each.kind === 'fault-healed' && each.id === event.id);
    return [{ fromMs: atMs, toMs: healed === undefined ? endMs : Date.parse(healed.at) }];
  });
}

function isIn({ fromMs, toMs }: Span, atMs: number): boolean {
  return atMs >= fromMs - BEFORE_MS && atMs <= toMs + AFTER_MS;
}

/** Of a log line as corosync and pacemaker write it, in the nodes' time zone, which is UTC. */
function timeOf(line: string, year: string): number {
  const [, day, time] = /^(\w{3} +\d+) ([\d:.]+) /.exec(line) ?? [];
  return Date.parse(`${day} ${year} ${time} UTC`);
}

function folderNames(path: string): readonly string[] {
  return existsSync(path) ? readdirSync(path) : [];
}

function linesOf<T>(path: string): readonly T[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
