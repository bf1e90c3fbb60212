// How large the report of a long run is, and how soon its timeline answers a key beside that of the walk-through: `npm run bench:report`.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { pageProgram } from '../src/cli/page-program.js';
import type { StampedEvent } from '../src/model/event.js';
import { writeReports } from '../src/report/write-reports.js';
import { readStored, storedEvents, storedRun } from '../test/support/stored-run.js';

const EVENTS = 10_000;
const LOG_BYTES = 50 * 1024 * 1024;
const KEYS = 40;
const MOST = 3;
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

/** Members that hold a moment of the run's clock. */
const MOMENTS: ReadonlySet<string> = new Set(['ms', 'fromMs', 'toMs', 'atMs', 'beganMs']);

interface Measured {
  readonly bytes: number;
  readonly openMs: number;
  /** Medians: until the page has changed, and until that is on the screen. */
  readonly changedMs: number;
  readonly shownMs: number;
}

const folder = mkdtempSync(join(tmpdir(), 'halab-bench-report-'));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
try {
  const events = longRun();
  const small = await measured('passed', storedEvents('passed'), (file) => readStored('passed', file));
  const large = await measured('long', events, longLogs());
  print(`the walk-through, ${storedEvents('passed').length} events`, small);
  print(`${events.length} events and ${mib(LOG_BYTES)} of logs`, large);
  const ratio = large.shownMs / small.shownMs;
  console.log(`a key takes ${ratio.toFixed(2)} times as long to the screen, at most ${MOST} times`);
  if (!(ratio <= MOST)) process.exitCode = 1;
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The faults of a random walk again and again, one after the other in time. */
function longRun(): readonly StampedEvent[] {
  const all = storedEvents('walk');
  const begin = all.findIndex((event) => event.kind === 'scenario-started' && !event.asGiven);
  const end = all.findIndex((event, index) => index > begin && event.kind === 'scenario-finished');
  const [before, round, after] = [all.slice(0, begin), all.slice(begin, end + 1), all.slice(end + 1)];
  const [from, to] = [round.at(0)?.ms ?? 0, round.at(-1)?.ms ?? 0];
  const rounds = Math.ceil((EVENTS - before.length - after.length) / round.length);
  const repeated = Array.from({ length: rounds }, (_, index) =>
    laterBy(round, index * (to - from + 1_000), index),
  ).flat();
  return [...before, ...repeated, ...laterBy(after, rounds * (to - from + 1_000), 0)];
}

function laterBy(events: readonly StampedEvent[], byMs: number, round: number): readonly StampedEvent[] {
  const text = JSON.stringify(events, (key, value) => {
    if (MOMENTS.has(key) && typeof value === 'number') return value + byMs;
    if (key === 'scenario' && round > 0) return `${value}-${round}`;
    return key === 'id' && round > 0 ? `${value}-${round}` : value;
  });
  return JSON.parse(text) as readonly StampedEvent[];
}

/** The journals of the walk, each long enough for its share. */
function longLogs(): (file: string) => Buffer | undefined {
  const journals = storedEvents('walk')
    .flatMap((event) => (event.kind === 'evidence-fetched' ? event.files : []))
    .filter((file) => file.endsWith('/journal.log') && readStored('walk', file) !== undefined);
  return (file) => {
    const own = readStored('walk', file);
    if (own === undefined || !journals.includes(file)) return own;
    const times = Math.ceil(LOG_BYTES / journals.length / own.length);
    return Buffer.concat(Array.from({ length: times }, () => own));
  };
}

async function measured(
  name: string,
  events: readonly StampedEvent[],
  read: (file: string) => Buffer | undefined,
): Promise<Measured> {
  const path = join(folder, name);
  writeReports({ ...storedRun('walk', path), read }, events, 'en', pageProgram());
  const page = join(path, 'report.html');
  return { bytes: statSync(page).size, ...(await keysIn(browser, pathToFileURL(page).href)) };
}

async function keysIn(from: Browser, address: string): Promise<Omit<Measured, 'bytes'>> {
  const page = await from.newPage({ viewport: { width: 1280, height: 900 } });
  const begin = performance.now();
  await page.goto(address);
  await page.waitForSelector('.lanes');
  const openMs = performance.now() - begin;
  await page.waitForTimeout(2_000);
  const times = (await page.evaluate(`(async () => {
    const axis = document.querySelector('.axis');
    axis.focus();
    const times = [];
    for (let press = 0; press < ${KEYS}; press += 1) {
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const before = axis.getAttribute('aria-valuenow');
      const begin = performance.now();
      axis.dispatchEvent(new KeyboardEvent('keydown', { key: press % 8 === 7 ? 'PageDown' : 'ArrowRight', bubbles: true }));
      while (press % 8 !== 7 && axis.getAttribute('aria-valuenow') === before && performance.now() - begin < 1000) await 0;
      const changed = performance.now() - begin;
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      times.push([changed, performance.now() - begin]);
    }
    return times;
  })()`)) as readonly (readonly [number, number])[];
  await page.close();
  return {
    openMs,
    changedMs: medianOf(times.map(([changed]) => changed)),
    shownMs: medianOf(times.map(([, shown]) => shown)),
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(name: string, { bytes, openMs, changedMs, shownMs }: Measured): void {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(
    `${name}: ${mib(bytes)}, open after ${ms(openMs)}, a key changes it in ${ms(changedMs)}, on the screen after ${ms(shownMs)}`,
  );
}

function mib(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
