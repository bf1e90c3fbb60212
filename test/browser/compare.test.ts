import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { pageProgram } from '../../src/cli/page-program.js';
import { renderComparePage } from '../../src/report/html.js';
import { foldRun } from '../../src/report/summary.js';
import type { Picture } from '../../src/web/picture.js';
import {
  cursorOf,
  expectedRows,
  graveViolations,
  launchChromium,
  openPage,
  rowsOf,
  storedPicture,
  tabToAxis,
} from '../support/report-page.js';
import { readStored, type StoredRunName, storedEvents } from '../support/stored-run.js';

const sideOf = (name: StoredRunName) => ({
  events: storedEvents(name),
  summary: foldRun(storedEvents(name)),
  read: (file: string) => readStored(name, file),
});
const beginOf = ({ steps }: Picture, wanted: (step: Picture['steps'][number]) => boolean) =>
  steps.find(wanted)?.fromMs ?? 0;

describe('the page that compares two runs in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;

  before(async () => {
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), 'halab-compare-'));
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function open(before: StoredRunName, after: StoredRunName, hash = '') {
    const file = join(folder, `${before}-${after}.html`);
    const sides = { before: sideOf(before), after: sideOf(after) };
    writeFileSync(file, renderComparePage({ ...sides, language: 'en', program: pageProgram('compare') }));
    return openPage(browser, pathToFileURL(file).href, { hash });
  }

  it('draws both on one axis from what was asked for, with their own numbers, without an error or a request, to everyone', async () => {
    const { page, faults } = await open('passed', 'failed');
    const rows = (['passed', 'failed'] as const).flatMap((name) => {
      const picture = storedPicture(name);
      const zeroMs = beginOf(picture, ({ asGiven }) => !asGiven);
      const side = name === 'passed' ? 'before' : 'after';
      return expectedRows(picture, zeroMs).map(([lane, ...times]) => [`${side}, ${lane}`, ...times]);
    });
    expect(await rowsOf(page)).to.deep.equal(rows);
    expect(await cursorOf(page)).to.equal(0);
    for (const text of ['passed', 'failed']) expect(await page.locator('.heads').innerText()).to.contain(text);
    expect(await graveViolations(page)).to.deep.equal([]);
    expect(faults).to.deep.equal([]);
    await page.close();
  });

  it('meets where a step of both had its outage, shows both labs there, and goes on by keys', async () => {
    const { page, faults } = await open('passed', 'passed');
    const picture = storedPicture('passed');
    const zeroMs = beginOf(picture, ({ step }) => step === 'cut');
    expect(await page.locator('select').inputValue()).to.equal('interface-down / cut');
    const fault = picture.marks.find(({ kind }) => kind === 'injected');
    await tabToAxis(page);
    for (
      let presses = 0;
      presses < 30 && (await cursorOf(page)) < Math.round((fault?.atMs ?? 0) - zeroMs);
      presses += 1
    )
      await page.keyboard.press('ArrowRight');
    expect(await cursorOf(page)).to.equal(Math.round((fault?.atMs ?? 0) - zeroMs));
    for (const moment of ['#moment-1', '#moment-2'])
      expect(await page.locator(moment).innerText()).to.contain('link-down');
    await page.locator('select').selectOption('run');
    expect(await rowsOf(page)).to.have.length(2 * expectedRows(picture).length);
    expect((await rowsOf(page))[0]).to.deep.equal(['before, steps', ...(expectedRows(picture)[0]?.slice(1) ?? [])]);
    expect(faults).to.deep.equal([]);
    await page.close();
  });

  it('has the outages of both to one scale', async () => {
    const { page } = await open('passed', 'fenced');
    const widths = await page.$$eval('.side .phase-detect', (parts) =>
      parts.map((part) => part.getBoundingClientRect().width),
    );
    // The steps of the second run come first.
    const lengths = (['fenced', 'passed'] as const).map((name) => {
      const { phases = [] } = foldRun(storedEvents(name)).longestOutage?.probe.breakdown ?? {};
      return phases.find(({ phase }) => phase === 'detect')?.durationMs ?? 0;
    });
    const ratioOf = ([one = 0, other = 1]: readonly number[]) => one / other;
    expect(widths).to.have.length(2);
    expect(ratioOf(widths)).to.be.closeTo(ratioOf(lengths), 0.05);
    await page.close();
  });
});
