import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { HistoryJson } from '../../src/history/answer.js';
import { type Halab, jsonOf, TOP } from './halab.js';
import { dateOfNight, writeMadeRun } from './made-runs.js';

const WRITERS = 8;
/** From 50 on, a writer says that it reads. */
const RUNS = 60;

/**
 * Eight processes add their runs to one history at once, of which the last two have the same, and one is killed in the middle. Then the
 * index is whole, and when the killed one comes again it has every run once.
 */
export async function writeWithEight(halab: Halab, history: string): Promise<void> {
  const reports = (writer: number) => join(halab.folder, `reports-${writer}`);
  const envOf = (writer: number) => ({ HALAB_REPORTS_DIR: reports(writer), HALAB_HISTORY: history });
  for (let writer = 0; writer < WRITERS; writer += 1)
    for (let run = 0; run < RUNS; run += 1) {
      const at = `${dateOfNight(run)}T02:00:00.000Z`;
      writeMadeRun(reports(writer), { at, machine: `lab-${Math.min(writer, WRITERS - 2)}` });
    }
  const children = Array.from({ length: WRITERS }, (_, writer) => start(halab, envOf(writer)));
  const ends = children.map(async (child) => (await once(child, 'close')) as [number | null]);
  await killInTheMiddle(children[0]);
  const codes = (await Promise.all(ends)).map(([code]) => code);
  expect(codes).to.deep.equal([null, ...Array.from({ length: WRITERS - 1 }, () => 0)]);
  const { stdout, stderr } = await halab.run(['history', '--json'], { env: envOf(0) });
  expect(stderr).to.not.contain('warning');
  const { runs, series } = jsonOf({ exitCode: 0, stdout, stderr }) as unknown as HistoryJson;
  expect(runs).to.equal((WRITERS - 1) * RUNS);
  const nights = series[0]?.nights ?? [];
  expect(nights.map((night) => night.runs.length)).to.deep.equal(Array.from({ length: RUNS }, () => WRITERS - 1));
  expect(new Set(nights.flatMap((night) => night.runs.map(({ machine }) => machine))).size).to.equal(WRITERS - 1);
}

function start(halab: Halab, env: Readonly<Record<string, string>>): ChildProcess {
  const own = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', HALAB_STATE_DIR: halab.stateDir, ...env };
  const argv = [join(TOP, 'bin/halab.js'), 'history', '--json'];
  return spawn(process.execPath, argv, { cwd: halab.folder, env: own, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A little after it has begun to read, while the others write. */
async function killInTheMiddle(child: ChildProcess | undefined): Promise<void> {
  if (child?.stderr == null) expect.fail('no writer');
  let said = '';
  for await (const chunk of child.stderr) {
    said += String(chunk);
    if (said.includes('the history reads')) break;
  }
  await delay(100);
  child.kill('SIGKILL');
}
