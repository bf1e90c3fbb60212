import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { pageFilesOf } from '../../src/report/page-files.js';
import { apply, INITIAL } from '../../src/report/state.js';
import { foldRun } from '../../src/report/summary.js';
import { clusterLogOf } from '../../src/web/cluster-log.js';
import { type Picture, pictureOf } from '../../src/web/picture.js';
import { runClockOf, storedLogsIn } from '../../src/web/stored-logs.js';
import { readStored, type StoredRunName, storedEvents } from './stored-run.js';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Debian's own Chromium. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: [...FLAGS, ...QUIET] });
}

interface Opened {
  readonly page: Page;
  /** What the page did that it must not do: errors, and requests for anything but its own file. */
  readonly faults: string[];
}

/** `address`: that of a file. */
export async function openPage(
  browser: Browser,
  address: string,
  { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<Opened> {
  const page = await browser.newPage(options);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => request.url().split('#')[0] === address || faults.push(request.url()));
  await page.goto(address + hash);
  await page.waitForSelector('main');
  return { page, faults };
}

/** Rules that matter to a reader who cannot read on because of them. */
export async function graveViolations(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`);
  const found = await page.evaluate(`${axe.source}; axe.run({ resultTypes: ['violations'] })`);
  const { violations } = found as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes[0]?.html]);
}

/** Presses Tab until the time axis has the focus. */
export async function tabToAxis(page: Page): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.locator('.axis:focus').count()) return;
  }
  throw new Error('no number of tabs leads to the time axis');
}

export async function cursorOf(page: Page): Promise<number> {
  return Number(await page.locator('.axis').getAttribute('aria-valuenow'));
}

export function filesOf(name: StoredRunName) {
  return pageFilesOf(foldRun(storedEvents(name)), (file) => readStored(name, file));
}

/** The picture of a stored run, from its events and journals. */
export function storedPicture(name: StoredRunName): Picture {
  const events = storedEvents(name);
  return pictureOf(events.reduce(apply, INITIAL), clusterLogOf(storedLogsIn(filesOf(name)), runClockOf(events)));
}

/** Lane, from, to of every row of the timeline's table. */
export function rowsOf(page: Page): Promise<readonly (readonly string[])[]> {
  return page.$$eval('#timeline .table tbody tr', (rows) =>
    rows.map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent ?? '')),
  );
}

/** The same from the picture: on an axis whose 0 is that moment of the run. */
export function expectedRows(picture: Picture, zeroMs = 0): readonly (readonly string[])[] {
  const { steps, faults, probes, resources, nodes, marks, fencing, transitions, operations, failures } = picture;
  const moment = (lane: string, atMs: number) => row(lane, { fromMs: atMs, toMs: atMs });
  const row = (lane: string, { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) => [
    lane,
    clockOf(fromMs - zeroMs),
    clockOf(toMs - zeroMs),
  ];
  return [
    ...steps.map((each) => row('steps', each)),
    ...faults.map((each) => row('faults', each)),
    ...probes.flatMap(({ probe, spans }) => spans.map((each) => row(`probe ${probe}`, each))),
    ...fencing.map(({ fromMs, toMs = fromMs }) => row('fencing', { fromMs, toMs })),
    ...transitions.map((each) => row('scheduler', each)),
    ...resources.flatMap(({ resource, spans }) => spans.map((each) => row(resource, each))),
    ...operations.map(({ resource, atMs }) => moment(`${resource}, operations`, atMs)),
    ...failures.flatMap(({ times }) => times.map((atMs) => moment('Failed operations', atMs))),
    ...nodes.flatMap(({ node, membership, quorum, dc, power }) => [
      ...membership.map((each) => row(`${node}, membership`, each)),
      ...quorum.map((each) => row(`${node}, quorum`, each)),
      ...dc.map((each) => row(`${node}, DC`, each)),
      ...power.map((each) => row(`${node}, power`, each)),
    ]),
    ...marks.map(({ kind, atMs }) => moment(kind, atMs)),
  ];
}

export function clockOf(ms: number): string {
  if (ms < 0) return `−${clockOf(-ms)}`;
  const seconds = (Math.floor(ms) / 1000) % 60;
  return `${Math.floor(ms / 60_000)}:${seconds.toFixed(3).padStart(6, '0')}`;
}
