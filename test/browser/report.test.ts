import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { pageProgram } from '../../src/cli/page-program.js';
import type { LastNights } from '../../src/model/night-state.js';
import type { StoredRun } from '../../src/ports/store.js';
import { formatDuration } from '../../src/report/format.js';
import { HISTORY_FILE } from '../../src/report/page-data.js';
import { foldRun } from '../../src/report/summary.js';
import { writeReports } from '../../src/report/write-reports.js';
import { changesOf } from '../../src/web/moment.js';
import { decisionsIn } from '../../src/web/scheduler.js';
import { runClockOf } from '../../src/web/stored-logs.js';
import {
  clockOf,
  cursorOf,
  expectedRows,
  filesOf,
  graveViolations,
  launchChromium,
  openPage,
  rowsOf,
  storedPicture,
  tabToAxis,
} from '../support/report-page.js';
import { STORED_RUNS, type StoredRunName, storedEvents, storedRun } from '../support/stored-run.js';

describe('report.html in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;

  before(async () => {
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), 'halab-report-'));
    for (const name of STORED_RUNS)
      writeReports(withNights(storedRun(name, join(folder, name))), storedEvents(name), 'en', pageProgram());
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (name: StoredRunName, hash = '', options: BrowserContextOptions = {}) =>
    openPage(browser, pathToFileURL(join(folder, name, 'report.html')).href, { hash, ...options });

  for (const name of STORED_RUNS)
    it(`shows the run "${name}" with its own numbers, without an error or a request, to everyone`, async () => {
      const { page, faults } = await open(name);
      const { verdict, longestOutage } = foldRun(storedEvents(name));
      const heading = await page.locator('h1').innerText();
      expect(heading).to.contain(
        { passed: 'passed', failed: 'failed', unknown: 'inconclusive', skipped: 'skipped' }[verdict],
      );
      if (longestOutage) expect(heading).to.contain(formatDuration(longestOutage.window.durationMs));
      expect(await rowsOf(page)).to.deep.equal(expectedRows(storedPicture(name)));
      expect(await graveViolations(page)).to.deep.equal([]);
      expect(faults).to.deep.equal([]);
      await page.close();
    });

  it('shows the last nights of the scenario, as bars and as a table', async () => {
    const { page } = await open('fenced');
    expect(await page.locator('#nights rect').count()).to.equal(LAST_NIGHTS.length);
    expect(await page.locator('#nights rect.night-failed').count()).to.equal(1);
    await page.locator('#nights summary').click();
    expect(await page.locator('#nights tbody tr').first().innerText()).to.match(/2026-11-03\s+✖ failed\s+9\.00s/);
    expect(await page.locator('#nights ul').first().innerText())
      .to.contain('failed since 2026-11-03; last green 2026-11-01')
      .and.contain('since then: pacemaker 2.1.5 → 2.1.6');
    await page.close();
  });

  it('is gone through by keys alone: change by change, zoom, logs at the moment', async () => {
    const { page } = await open('passed');
    const scheduler = decisionsIn(filesOf('passed'), runClockOf(storedEvents('passed')));
    const changes = changesOf(
      storedPicture('passed'),
      scheduler.map(({ atMs }) => atMs),
    );
    await tabToAxis(page);
    const before = await cursorOf(page);
    await page.keyboard.press('ArrowRight');
    const next = changes.find((each) => each > before + 1);
    expect(await cursorOf(page)).to.equal(Math.round(next ?? 0));
    expect(page.url()).to.match(new RegExp(`#t=${Math.round(next ?? 0)}$`));
    await page.keyboard.press('0');
    await page.keyboard.press('Home');
    expect(await cursorOf(page)).to.equal(0);
    await page.keyboard.press('End');
    expect(await cursorOf(page)).to.equal(Math.round(storedPicture('passed').toMs));
    await page.keyboard.press('Enter');
    await page.waitForSelector('#logs .log:focus');
    expect(await page.locator('#logs tbody tr').count()).to.be.above(10);
    await page.close();
  });

  it('opens at a moment or a step that its address names', async () => {
    const [fault] = storedPicture('passed').faults;
    const at = Math.round((fault?.fromMs ?? 0) + 9_000);
    const { page } = await open('passed', `#t=${at}`);
    expect(await cursorOf(page)).to.equal(at);
    const axis = await page.locator('.axis').boundingBox();
    expect(axis?.y).to.be.within(0, 500);
    const row = page.locator('#moment tbody tr', { has: page.getByRole('rowheader', { name: fault?.nodes[0] }) });
    expect(await row.innerText()).to.contain('OFFLINE');
    const drawn = await page.locator('.machine-name').allTextContents();
    expect(drawn.join(', ')).to.contain('ha-host3').and.contain('iscsi-disks');
    await page.close();
    const step = await open('failed', '#step=form-cluster%2Fsetup');
    expect(await step.page.locator('details[id="step=form-cluster%2Fsetup"]').getAttribute('open')).to.not.equal(null);
    await step.page.close();
  });

  it('shows beside a failure the scores that kept the resource away, and the ban', async () => {
    const { page } = await open('failed');
    const failure = await page.locator('#failed').innerText();
    expect(failure).to.match(/may not run on (ha-host\d) \(−INFINITY: constraint cli-ban-vip-on-\1\)/);
    expect(failure).to.match(/in [\w-]+ \/ [\w-]+, seen at 0:\d\d\.\d{3}\s+\+ constraint cli-ban-vip-on-/);
    await page.waitForSelector('#failed .log tbody tr');
    await page.close();
  });

  it('says on its first screen which operation failed, where, how often and why, and lists each with its times', async () => {
    const { page } = await open('monitor');
    const told = page.locator('header', {
      hasText: 'monitor of web: error (1), “GET http://localhost/health answered 503',
    });
    expect(await told.innerText()).to.match(/503 Service Unavailable” \(6 times, on ha-host1, ha-host2, ha-host3\)/);
    const rows = page.locator('#failed .failures tbody tr');
    const box = await rows.last().boundingBox();
    expect((box?.y ?? 900) + (box?.height ?? 0)).to.be.below(900);
    const [first] = storedPicture('monitor').failures;
    expect(first).to.include({ resource: 'web', operation: 'monitor', intervalMs: 5_000, count: 2 });
    expect(await rows.count()).to.equal(3);
    const button = rows.first().getByRole('button').first();
    expect(await button.innerText()).to.equal(clockOf(first?.times[0] ?? 0));
    await button.click();
    expect(await cursorOf(page)).to.equal(Math.round(first?.times[0] ?? 0));
    expect(await page.locator('#moment').innerText()).to.contain('failed until then: monitor of web');
    expect(await page.locator('#logs select').first().inputValue()).to.equal(first?.node);
    expect(await page.locator('#logs .here').innerText()).to.contain(clockOf(first?.times[0] ?? 0));
    await page.close();
  });

  it('speaks Chinese when asked to, and fits a telephone', async () => {
    const { page, faults } = await open('failed', '', { viewport: { width: 390, height: 800 } });
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.locator('h1').innerText())
      .to.contain('失败')
      .and.contain('中断');
    expect(await page.locator('html').getAttribute('lang')).to.equal('zh');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    const hidden = `[...document.querySelectorAll('#failed .checks, .lab > .scroll')].map((box) => box.scrollWidth - box.clientWidth)`;
    expect(await page.evaluate(hidden)).to.deep.equal([0, 0]);
    expect(await graveViolations(page)).to.deep.equal([]);
    expect(faults).to.deep.equal([]);
    await page.close();
  });

  it('is readable in the dark, and printed on white all the same', async () => {
    const { page } = await open('failed', '', { colorScheme: 'dark' });
    expect(await graveViolations(page)).to.deep.equal([]);
    const ground = 'getComputedStyle(document.body).backgroundColor';
    expect(await page.evaluate(ground)).to.not.equal('rgb(255, 255, 255)');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(ground)).to.equal('rgb(255, 255, 255)');
    expect(await page.locator('.axis').isVisible()).to.equal(true);
    expect(await page.locator('.tools').first().isVisible()).to.equal(false);
    await page.close();
  });
});

const LAST_GREEN: LastNights['lastGreen'] = {
  ...{ night: '2026-11-01', run: '20261101-020000-a-scenario', folder: 'a', failedSince: '2026-11-03' },
  differences: [{ what: 'pacemaker', before: '2.1.5', after: '2.1.6' }],
};
const LAST_NIGHTS: LastNights['nights'] = [
  { night: '2026-11-01', state: 'passed', outageMs: 8_400 },
  { night: '2026-11-02', state: 'lost' },
  { night: '2026-11-03', state: 'failed', outageMs: 9_000 },
];

/** The run knew of these nights when it ended. */
function withNights(run: StoredRun): StoredRun {
  const known = JSON.stringify([{ scenario: 'a-scenario', nights: LAST_NIGHTS, lastGreen: LAST_GREEN }]);
  return { ...run, read: (file) => (file === HISTORY_FILE ? Buffer.from(known) : run.read(file)) };
}
