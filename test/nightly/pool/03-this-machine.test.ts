import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { NightEvent, StampedNightEvent } from '../../../src/nightly/events.js';
import type { NightJson } from '../../../src/nightly/night-answer.js';
import { nightFolders, openNightFolder } from '../../../src/store/night-folder.js';
import { systemClock } from '../../../src/system/clock.js';
import { type Answer, halab, startHalab } from '../../support/real-lab/halab.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { until } from '../../support/real-lab/until.js';
import { TWELVE_CELLS } from '../support/pool/twelve-cells.js';

const MINUTE = 60_000;
const NIGHT_MS = 20 * MINUTE;

describe('a night of twelve cells on this machine', function () {
  this.timeout(4 * NIGHT_MS);
  const folder = temporaryFolder();
  const reports = (name: string) => ({ HALAB_REPORTS_DIR: join(folder, name) });
  let plan = '';
  let whole: NightJson;

  before(async function () {
    needsMachine(this);
    const built = await halab(['image', 'build', 'two-node'], { timeoutMs: 10 * MINUTE });
    expect(built.exitCode, built.stderr).to.equal(0);
    const matrix = join(folder, 'nightly.yaml');
    writeFileSync(matrix, TWELVE_CELLS);
    plan = join(folder, 'plan.jsonl');
    const planned = await halab(['nightly', 'plan', matrix, '--shards', '3', '--out', plan], { env: reports('plan') });
    expect(planned.exitCode, planned.stderr).to.equal(0);
    whole = nightOf(await night('whole'));
  });

  const night = (name: string, ...flags: readonly string[]) =>
    halab(['nightly', 'run', plan, '--json', ...flags], { env: reports(name), timeoutMs: NIGHT_MS });

  it('passes', () => {
    expect(whole.counts).to.include({ passed: 12, flaky: 0, failed: 0, unknown: 0, lost: 0, missing: 0 });
  });

  it('comes to the same when the runner is killed, and then one of its runs', async () => {
    const log = () => linesIn(join(folder, 'disturbed'));
    const first = startHalab(['nightly', 'run', plan, '--json'], { env: reports('disturbed'), timeoutMs: NIGHT_MS });
    await until('a run', () => log().some(({ kind }) => kind === 'attempt-running'), { withinMs: MINUTE });
    first.kill('SIGKILL');
    await first.ended;
    const second = startHalab(['nightly', 'run', '--resume', '--json'], {
      env: reports('disturbed'),
      timeoutMs: NIGHT_MS,
    });
    const ofSecond = () => log().slice(log().findIndex(({ kind }) => kind === 'night-resumed'));
    const begun = () => ofSecond().findLast((event) => event.kind === 'attempt-running');
    await until('a run that the second runner began', () => begun() !== undefined, { withinMs: NIGHT_MS });
    const killed = begun();
    process.kill(Number(killed?.handle.split(':')[0]), 'SIGKILL');
    const json = nightOf(await second.ended);
    expect(json.counts).to.deep.equal(whole.counts);
    expect(json.nights).to.have.length(1);
    const attempts = json.cells.flatMap((cell) => cell.attempts);
    const lost = attempts.filter(({ outcome }) => outcome === 'lost');
    expect(new Set(lost.map(({ attempt }) => attempt))).to.deep.equal(new Set([killed?.attempt]));
    expect(attempts.filter(({ outcome }) => outcome === 'passed')).to.have.length(12);
  });

  it('comes to the same in three parts that are merged', async () => {
    for (const part of [1, 2, 3]) nightOf(await night(`part-${part}`, '--shard', `${part}/3`));
    const parts = [1, 2, 3].map((part) => join(folder, `part-${part}`));
    const merged = nightOf(await halab(['merge', ...parts, '--json']));
    expect(merged.counts).to.deep.equal(whole.counts);
    const outcomes = ({ cells }: NightJson) => cells.map(({ id, state, verdict }) => `${id} ${state} ${verdict}`);
    expect(outcomes(merged)).to.have.members(outcomes(whole));
  });

  it('leaves nothing on the machine', () => {
    const labs = readdirSync(folder)
      .flatMap((name) => linesIn(join(folder, name)))
      .flatMap((event) => (event.kind === 'attempt-started' ? [event.lab] : []));
    expect(new Set(labs).size).to.be.at.least(6);
    for (const lab of new Set(labs)) expectNothingLeft(lab);
  });
});

function nightOf({ exitCode, stdout, stderr }: Answer): NightJson {
  expect(exitCode, stderr).to.equal(0);
  return JSON.parse(stdout) as NightJson;
}

/** The log of the nights in a folder of reports. */
function linesIn(reports: string): readonly StampedNightEvent[] {
  return nightFolders(reports).flatMap((path) => openNightFolder<NightEvent>(path, systemClock).log.read());
}
