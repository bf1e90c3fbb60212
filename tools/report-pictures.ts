import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { site } from '../src/cli/commands/site.js';
import { keepPast, keepRun } from '../src/cli/history/keep-run.js';
import { pageProgram } from '../src/cli/page-program.js';
import { readSettings } from '../src/cli/settings.js';
import type { Language } from '../src/model/text.js';
import { renderComparePage } from '../src/report/html.js';
import { foldRun } from '../src/report/summary.js';
import { writeReports } from '../src/report/write-reports.js';
import { openStoredRun } from '../src/store/stored-run.js';
import { writeMadeNights } from '../test/support/made-nights.js';
import { readStored, type StoredRunName, storedEvents, storedRun } from '../test/support/stored-run.js';

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

interface Shot {
  readonly name: string;
  /** Writes the page and returns its path. */
  readonly page: (folder: string) => string | Promise<string>;
  /** What is in the picture, from the first of these elements to the last. */
  readonly parts: readonly string[];
  readonly hash?: string;
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly before?: (page: Page) => Promise<unknown>;
}

const SHOTS: readonly Shot[] = [
  { name: 'report-timeline', page: reportOf('passed'), parts: ['header', '#timeline', '#moment'], hash: '#t=48400' },
  { name: 'report-outage', page: reportOf('fenced'), parts: ['#outage'] },
  { name: 'report-failed', page: reportOf('failed'), parts: ['header', '#failed'] },
  {
    name: 'report-logs',
    page: reportOf('failed'),
    parts: ['#logs'],
    before: (page) => page.waitForSelector('#logs tbody tr'),
  },
  { name: 'report-compared', page: comparedOf('passed', 'failed'), parts: ['.align', '#timeline'] },
  { name: 'report-dark', page: reportOf('walk', 'zh'), parts: ['#timeline'], scheme: 'dark' },
  { name: 'history-site', page: siteOfMade, parts: ['header', 'section'] },
  { name: 'history-change', page: siteOfMade, parts: ['[id^="interface-down"]'] },
  { name: 'history-telephone', page: siteOfMade, parts: ['header', 'section'], width: 390, scheme: 'dark' },
  { name: 'history-in-report', page: lastReportOfMade, parts: ['#nights'] },
];

/** `npm run pictures`: the pictures of docs/reports.md and docs/history.md, of the stored runs and made nights that the tests have too. */
async function main(): Promise<void> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  const folder = mkdtempSync(join(tmpdir(), 'halab-pictures-'));
  try {
    for (const shot of SHOTS) {
      const { name, page: write, parts, hash = '', width = 1000, scheme = 'light', before } = shot;
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
      await page.goto(pathToFileURL(await write(folder)).href + hash);
      await page.waitForSelector('main');
      await before?.(page);
      const boxes = await Promise.all(parts.map((part) => page.locator(part).first().boundingBox()));
      const top = Math.min(...boxes.map((box) => box?.y ?? 0));
      const bottom = Math.max(...boxes.map((box) => (box?.y ?? 0) + (box?.height ?? 0)));
      const scrolled = Number(await page.evaluate('scrollY'));
      const clip = { x: 0, y: Math.max(0, top + scrolled - 10), width, height: Math.min(bottom - top + 20, 1500) };
      await page.screenshot({ path: join(IMAGES, `${name}.png`), clip, fullPage: true });
      await page.close();
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function reportOf(run: StoredRunName, language: Language = 'en') {
  return (folder: string) => {
    const path = join(folder, `${run}-${language}`);
    writeReports(storedRun(run, path), storedEvents(run), language, pageProgram());
    return join(path, 'report.html');
  };
}

function comparedOf(before: StoredRunName, after: StoredRunName) {
  return (folder: string) => {
    const page = join(folder, `${before}-${after}.html`);
    const sides = { before: sideOf(before), after: sideOf(after) };
    writeFileSync(page, renderComparePage({ ...sides, language: 'en', program: pageProgram('compare') }));
    return page;
  };
}

function sideOf(run: StoredRunName) {
  const events = storedEvents(run);
  return { events, summary: foldRun(events), read: (file: string) => readStored(run, file) };
}

/** Writes the made nights, or writes them again. */
function madeNights(folder: string) {
  const reports = join(folder, 'reports');
  const settings = readSettings({ lang: 'en' }, { HALAB_STATE_DIR: folder, HALAB_REPORTS_DIR: reports }, folder);
  return { settings, runs: writeMadeNights(reports) };
}

async function siteOfMade(folder: string): Promise<string> {
  const { settings } = madeNights(folder);
  await site(settings, { out: join(folder, 'site') });
  return join(folder, 'site', 'index.html');
}

/** The report of the newest run, which failed. */
async function lastReportOfMade(folder: string): Promise<string> {
  const { settings, runs } = madeNights(folder);
  const path = runs.at(-1) ?? '';
  await keepPast(settings);
  const run = openStoredRun(settings.reportsDir, path, folder);
  await keepRun(settings, run, run.events);
  writeReports(run, run.events, 'en', pageProgram());
  return join(path, 'report.html');
}

await main();
