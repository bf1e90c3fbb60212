import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { createHalab, type Halab } from '../support/halab.js';
import { dateOfNight, writeMadeRun } from '../support/made-runs.js';
import { graveViolations, launchChromium, openPage } from '../support/report-page.js';

const NIGHTS = 16;
const CHANGED = 10;

describe('the site of the history in a browser', function () {
  this.timeout(90_000);
  let browser: Browser;
  let halab: Halab;

  before(async () => {
    halab = createHalab();
    for (let night = 0; night < NIGHTS; night += 1) {
      const at = (minute: number) => `${dateOfNight(night)}T02:${10 + minute}:00.000Z`;
      const pacemaker = night < CHANGED ? '2.1.5' : '2.1.6';
      for (const repeat of [0, 1, 2]) {
        const outageMs = (night < CHANGED ? 8_400 : 9_400) + 20 * repeat;
        const folder = writeMadeRun(join(halab.folder, 'reports'), { at: at(repeat), outageMs, pacemaker });
        if (night === NIGHTS - 1) writeFileSync(join(folder, 'report.html'), '<!doctype html>');
      }
      const outcome = night === NIGHTS - 1 ? 'failed' : 'passed';
      writeMadeRun(join(halab.folder, 'reports'), { scenario: 'standby', at: at(20), outcome, pacemaker });
    }
    const { exitCode, stderr } = await halab.run(['report', 'site', '--out', 'public']);
    expect(exitCode, stderr).to.equal(0);
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    halab.remove();
  });

  const open = (options: BrowserContextOptions = {}) =>
    openPage(browser, pathToFileURL(join(halab.folder, 'public', 'index.html')).href, options);

  it('shows scenarios by night, what changed and what differs, without an error or a request', async () => {
    const { page, faults } = await open();
    expect(await page.locator('h1').innerText()).to.equal('1 of 2 scenarios fails');
    expect(await page.locator('table.grid tbody td.night-passed').count()).to.equal(2 * NIGHTS - 1);
    expect(await page.locator('table.grid tbody td.night-failed').count()).to.equal(1);
    const whole = await page.locator('main').innerText();
    expect(whole).to.contain(`outage of cut changed on ${dateOfNight(CHANGED)}: 8.42s → 9.42s (+12 %)`);
    expect(whole).to.contain('that night: pacemaker 2.1.5 → 2.1.6');
    expect(whole).to.contain(`failed since ${dateOfNight(NIGHTS - 1)}; last green ${dateOfNight(NIGHTS - 2)}`);
    const links = page.locator('table.grid td a');
    expect(await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')))).to.deep.equal([
      `../reports/${dateOfNight(NIGHTS - 1).replaceAll('-', '')}-021200-interface-down/report.html`,
    ]);
    expect(await graveViolations(page)).to.deep.equal([]);
    expect(faults).to.deep.equal([]);
    await page.close();
  });

  it('speaks Chinese, fits a telephone and is readable in the dark', async () => {
    const { page, faults } = await open({ viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.locator('h1').innerText()).to.equal('2 个场景中 1 个失败');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    const cells = page.locator('table.grid tbody tr').first().locator('td');
    const edges = await cells.evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().right));
    expect(edges.filter((right) => right <= 390)).to.have.length.at.least(7);
    expect(await graveViolations(page)).to.deep.equal([]);
    expect(faults).to.deep.equal([]);
    await page.close();
  });
});
