import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { NightJson } from '../../src/nightly/night-answer.js';
import { createHalab, type Halab, jsonOf, TOP } from '../support/halab.js';
import { graveViolations, launchChromium, openPage } from '../support/report-page.js';

const CELL = join(TOP, 'test/fixtures/nightly/cell.mjs');
const MATRIX = `scenarios: [standby, group, clone, failcount]
images: [debian-12, debian-13]
skip:
  - { scenario: clone, because: it is known to hang }
  - { scenario: group, image: debian-13, because: one image is enough }
  - { scenario: failcount, image: debian-13, because: one image is enough }
`;
const OUTCOMES = {
  ...{ standby: ['passed 8420'], group: ['failed', 'passed'], failcount: ['failed'] },
  'standby debian-13': ['die'],
};

describe('the page of a night in a browser', function () {
  this.timeout(90_000);
  let browser: Browser;
  let halab: Halab;
  let address: string;
  let night: NightJson;

  before(async () => {
    halab = createHalab();
    const at = (name: string) => join(halab.folder, name);
    writeFileSync(at('nightly.yaml'), MATRIX);
    writeFileSync(at('play.json'), JSON.stringify(OUTCOMES));
    const env = { PLAY_FILE: at('play.json'), CALLS: at('calls'), GO: at('go') };
    const finished = await halab.run(['nightly', 'run', '--labs', '1', '--program', CELL, '--json'], { env });
    expect(finished.exitCode, finished.stderr).to.equal(1);
    night = jsonOf(finished) as unknown as NightJson;
    address = pathToFileURL(join(night.nights[0]?.folder ?? '', 'overview.html')).href;
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    halab.remove();
  });

  const open = (options: BrowserContextOptions = {}) => openPage(browser, address, options);

  it('has a cell for each scenario on each image, and what did not pass before them, without an error or a request', async () => {
    const { page, faults } = await open();
    expect(await page.locator('h1').innerText()).to.equal(
      '✖ failed · 1 passed · 1 flaky · 1 failed · 1 lost · 4 skipped',
    );
    const rows = await page.locator('table.cells tr').allInnerTexts();
    expect(rows.map((row) => row.replaceAll(/\s+/g, ' '))).to.deep.equal([
      'scenario debian-12 debian-13',
      'clone linuxha – skipped – skipped',
      'failcount linuxha ✖ failed 1.00s · 2 attempts – skipped',
      'group linuxha ~ flaky 1.00s · 2 attempts – skipped',
      'standby linuxha ✔ passed outage 8.42s · 1.00s ! lost 2 attempts',
    ]);
    const told = page.getByRole('region', { name: 'What to look at' });
    const headings = await told.getByRole('heading', { level: 3 }).allInnerTexts();
    expect(headings).to.deep.equal(['1 failed', '1 lost', '1 flaky', '4 skipped']);
    const words = await told.innerText();
    const { lastSign } = night.cells.find(({ state }) => state === 'lost') ?? {};
    for (const text of ['failcount is failed', `last seen: ${lastSign}`, 'group is failed', 'it is known to hang'])
      expect(words).to.include(text);
    expect(await graveViolations(page)).to.deep.equal([]);
    expect(faults).to.deep.equal([]);
    await page.close();
  });

  it('leads by keyboard from a cell to its report, and from one without to what is said of it', async () => {
    const { page } = await open();
    const focused = () => page.evaluate(`document.activeElement.closest('.cells') && document.activeElement.href`);
    const seen: unknown[] = [];
    for (let presses = 0; presses < 40 && seen.length < 4; presses += 1) {
      await page.keyboard.press('Tab');
      const href = await focused();
      if (href) seen.push(href);
    }
    const runOf = (scenario: string) =>
      night.cells.find((cell) => cell.scenario === scenario && cell.state !== 'skipped')?.attempts.at(-1)?.run ?? '';
    expect(seen).to.deep.equal([
      pathToFileURL(join(runOf('failcount'), 'report.html')).href,
      pathToFileURL(join(runOf('group'), 'report.html')).href,
      pathToFileURL(join(runOf('standby'), 'report.html')).href,
      `${address}#standby.linuxha.debian-13.1`,
    ]);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(`document.querySelector(':target').id`)).to.equal('standby.linuxha.debian-13.1');
    await page.locator('table.cells a').first().click();
    await page.waitForURL(/report\.html$/);
    expect(await page.title()).to.equal('a run');
    await page.close();
  });

  it('speaks Chinese, fits a telephone and is readable in the dark', async () => {
    const { page, faults } = await open({ viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.locator('h1').innerText()).to.equal(
      '✖ 失败 · 1 个通过 · 1 个偶发失败 · 1 个失败 · 1 个丢失 · 4 个已跳过',
    );
    expect(await page.locator('main').innerText())
      .to.include('没有结果就结束了')
      .and.to.include('最后出现：');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    expect(await graveViolations(page)).to.deep.equal([]);
    expect(faults).to.deep.equal([]);
    await page.close();
  });
});
