// What the audits add to the walk-through: `npm run bench:audits [-- --rounds 3]`. Each round runs it with audits and without, in turn.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { minimist, $ as zx } from 'zx';
import type { StampedEvent } from '../src/model/event.js';

const $ = zx({ quiet: true, verbose: false });
const TOP = resolve(import.meta.dirname, '..');
const options = minimist(process.argv.slice(2), { string: ['rounds'], default: { rounds: '3' } });
const rounds = Number(options.rounds);

interface Times {
  /** From the first scenario's start to the last one's end, in ms. */
  readonly scenariosMs: number;
  readonly auditsMs: number;
  /** Of it, waiting until the cluster was idle. */
  readonly settlingMs: number;
  readonly audited: number;
}

const shares: number[] = [];
const ratios: number[] = [];
process.stdout.write(`the walk-through on debian-12, ${rounds} rounds, with audits and without in turn\n`);
for (let round = 1; round <= rounds; round += 1) {
  const without = await timed('--no-audits');
  const withAudits = await timed();
  const rest = withAudits.scenariosMs - withAudits.auditsMs;
  const share = withAudits.auditsMs / rest;
  shares.push(share);
  ratios.push(withAudits.scenariosMs / without.scenariosMs - 1);
  process.stdout.write(
    `round ${round}: without audits ${seconds(without.scenariosMs)}; with ${seconds(withAudits.scenariosMs)}, of which ` +
      `audits after ${withAudits.audited} steps ${seconds(withAudits.auditsMs)} (${seconds(withAudits.settlingMs)} until idle): ` +
      `${percent(share)} of the rest\n`,
  );
}
process.stdout.write(`audits take, median of ${rounds}: ${percent(median(shares))} of the rest of their run\n`);
process.stdout.write(
  `a run with audits is longer than the one without by, median of ${rounds}: ${percent(median(ratios))}\n`,
);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function timed(...flags: readonly string[]): Promise<Times> {
  const reports = mkdtempSync(join(tmpdir(), 'halab-bench-'));
  try {
    const env = { ...process.env, HALAB_REPORTS_DIR: reports };
    await $({
      env,
    })`timeout 300 node ${join(TOP, 'bin/halab.js')} run ${join(TOP, 'scenarios/walkthrough')} --name bench ${flags} --json`;
    const lines = readFileSync(join(reports, 'latest', 'events.jsonl'), 'utf8')
      .trim()
      .split('\n');
    return timesFrom(lines.map((line) => JSON.parse(line) as StampedEvent));
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

function timesFrom(events: readonly StampedEvent[]): Times {
  const began = events.find(({ kind }) => kind === 'scenario-started')?.ms ?? Number.NaN;
  const ended = events.findLast(({ kind }) => kind === 'scenario-finished')?.ms ?? Number.NaN;
  const audits = events.flatMap((event) => (event.kind === 'step-finished' ? (event.result.audits ?? []) : []));
  const sum = (of: (each: (typeof audits)[number]) => number): number =>
    audits.reduce((total, each) => total + of(each), 0);
  return {
    scenariosMs: ended - began,
    auditsMs: sum(({ durationMs }) => durationMs),
    settlingMs: sum(({ settledAfterMs }) => settledAfterMs),
    audited: audits.filter(({ skipped }) => skipped === undefined).length,
  };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
