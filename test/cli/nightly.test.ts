import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import type { HistoryJson } from '../../src/history/answer.js';
import type { Cell } from '../../src/nightly/cell.js';
import type { NightJson } from '../../src/nightly/night-answer.js';
import type { NightPageData } from '../../src/nightly/page-data.js';
import { createHalabInProcess, type Halab, jsonOf, TOP } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';
import { problemsOfJunit } from '../support/junit-schema.js';
import { needProgram } from '../support/programs.js';

const CELL = join(TOP, 'test/fixtures/nightly/cell.mjs');
const MATRIX = `scenarios: [standby, group, clone, failcount]
images: [debian-12]
skip:
  - { scenario: clone, because: it is known to hang }
`;

const EIGHT = [
  'clone',
  'daemons-respawned',
  'failcount',
  'group',
  'maintenance-mode',
  'interface-down',
  'standby',
  'stickiness',
];
const REPORTS = ['junit.xml', 'overview.html', 'overview.txt', 'summary.json'];

describe('a night', function () {
  this.timeout(90_000);
  let halab: Halab;
  let env: Record<string, string>;
  const at = (name: string) => join(halab.folder, name);

  beforeEach(() => {
    halab = createHalabInProcess();
    env = { PLAY_FILE: at('play.json'), CALLS: at('calls'), GO: at('go') };
    writeFileSync(at('nightly.yaml'), MATRIX);
    play({});
  });
  afterEach(() => halab.remove());

  const play = (outcomes: Readonly<Record<string, readonly string[]>>) =>
    writeFileSync(at('play.json'), JSON.stringify(outcomes));
  const night = (...argv: readonly string[]) => halab.run(['nightly', 'run', ...argv, '--program', CELL], { env });
  const answer = (finished: Awaited<ReturnType<typeof night>>): NightJson => {
    const json = jsonOf(finished) as unknown as NightJson;
    expect(problemsBy('night', json)).to.deep.equal([]);
    return json;
  };
  const told = ({ cells }: NightJson) =>
    Object.fromEntries(cells.map(({ scenario, state, attempts }) => [scenario, `${state} ${attempts.length}`]));
  const calls = () =>
    readFileSync(at('calls'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { scenarios: string[]; lab: string; image: string });
  const nights = () =>
    readdirSync(at('reports/nights'))
      .toSorted()
      .map((name) => at(`reports/nights/${name}`));

  it('is planned, run and reported: passed, flaky, failed, lost and skipped cells', async function () {
    needProgram(this, 'xmllint');
    const elsewhere = ['group', 'failcount'].map(
      (scenario) => `  - { scenario: ${scenario}, image: debian-13, because: one image is enough }\n`,
    );
    writeFileSync(at('nightly.yaml'), MATRIX.replace('[debian-12]', '[debian-12, debian-13]') + elsewhere.join(''));
    play({
      ...{ standby: ['passed 8420'], group: ['failed', 'passed'], failcount: ['failed', 'unknown'] },
      'standby debian-13': ['die'],
    });
    // Failed outranks unknown.
    const finished = await night('--json', '--labs', '1');
    expect(finished.exitCode, finished.stderr).to.equal(1);
    expect(finished.stderr).to.include('3 of 4 done · 1 failed · 1 flaky · 1 lost');
    const json = answer(finished);
    const states = json.cells.map(({ scenario, image, state, verdict, attempts }) =>
      [scenario, image, state, verdict, attempts.length].join(' '),
    );
    expect(states.toSorted()).to.deep.equal([
      'clone debian-12 skipped skipped 0',
      'clone debian-13 skipped skipped 0',
      'failcount debian-12 failed failed 2',
      'failcount debian-13 skipped skipped 0',
      'group debian-12 flaky passed 2',
      'group debian-13 skipped skipped 0',
      'standby debian-12 passed passed 1',
      'standby debian-13 lost unknown 2',
    ]);
    const cellOf = (scenario: string, image = 'debian-12') =>
      json.cells.find((cell) => cell.scenario === scenario && cell.image === image);
    expect(cellOf('standby')?.outageMs).to.equal(8420);
    expect(cellOf('group')?.reason).to.equal('group is failed');
    expect(cellOf('clone')?.reason).to.equal('it is known to hang');
    expect(cellOf('standby', 'debian-13')?.lastSign).to.match(/^\S+: 20\S+ standby$/);
    const [folder = ''] = nights();
    expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))).to.deep.equal(json);

    const junit = readFileSync(join(folder, 'junit.xml'), 'utf8');
    expect(problemsOfJunit(junit)).to.equal('');
    expect(casesIn(junit)).to.deep.equal([
      'linuxha.debian-12 clone skipped it is known to hang',
      'linuxha.debian-12 failcount failure failcount is failed',
      'linuxha.debian-12 group passed',
      'linuxha.debian-12 standby passed',
      'linuxha.debian-13 clone skipped it is known to hang',
      'linuxha.debian-13 failcount skipped one image is enough',
      'linuxha.debian-13 group skipped one image is enough',
      `linuxha.debian-13 standby error ${cellOf('standby', 'debian-13')?.reason}; last seen: ${cellOf('standby', 'debian-13')?.lastSign}`,
    ]);
    expect(junit).to.include('<testsuites name=').and.to.include('tests="8" failures="1" errors="1"');
    expect(junit).to.include('<property name="group.state" value="flaky"/>');

    // Flaky is no failure, and a lost run says nothing of the cluster; what was skipped has no run.
    const history = jsonOf(await halab.run(['history', '--json'], { env })) as unknown as HistoryJson;
    expect(history.series.map(({ scenario, image, state, words }) => [scenario, image, state, ...words])).to.deep.equal(
      [
        ['failcount', 'debian-12', 'failed'],
        ['group', 'debian-12', 'flaky', 'flaky'],
        ['standby', 'debian-12', 'passed'],
        ['standby', 'debian-13', 'lost', 'lost'],
      ],
    );
    const lost = history.series.find(({ state }) => state === 'lost');
    expect([lost?.lastGreen, lost?.disagreement, lost?.measures]).to.deep.equal([undefined, undefined, []]);

    // One lab for each attempt: they share set-ups, and only what had not passed was run again.
    const ran = calls().map(({ scenarios, image }) => `${image} ${scenarios.toSorted().join(' ')}`);
    expect(ran.toSorted()).to.deep.equal([
      'debian-12 failcount group',
      'debian-12 failcount group standby',
      'debian-13 standby',
      'debian-13 standby',
    ]);
    expect(new Set(calls().map(({ lab }) => lab)).size).to.equal(4);
  });

  it('is unknown where a cell is lost, and another night runs only what has not passed', async () => {
    play({ standby: ['die'] });
    writeFileSync(at('nightly.yaml'), 'scenarios: [standby]\nimages: [debian-12, debian-13]\n');
    const finished = await night('--json', '--labs', '2');
    expect(finished.exitCode, finished.stderr).to.equal(3);
    const json = answer(finished);
    expect(json.counts).to.include({ lost: 2, passed: 0 });
    expect(json.cells[0]?.lastSign).to.match(/: 20\S+ standby$/);
    play({});
    const again = answer(await night('--only-failed', '--json'));
    expect(again).to.include({ verdict: 'passed' });
    expect(again.counts.passed).to.equal(2);
    const refused = await night('--only-failed');
    expect([refused.exitCode, refused.stderr]).to.deep.equal([
      2,
      refused.stderr.match(/^[\s\S]*has passed[\s\S]*$/)?.[0],
    ]);
  });

  it('begins nothing that its budget leaves no time for, and names it', async () => {
    const finished = await night('--budget', '1s', '--json');
    expect(finished.exitCode, finished.stderr).to.equal(3);
    expect(answer(finished).counts).to.include({ 'left-out': 3, skipped: 1 });
    expect(existsSync(at('calls'))).to.equal(false);
  });

  it('goes on after the runner was killed: what runs is waited for, and nothing is run twice', async () => {
    play({ standby: ['hang'] });
    writeFileSync(at('nightly.yaml'), 'scenarios: [standby]\nimages: [debian-12, debian-13]\n');
    const child = start(['nightly', 'run', '--program', CELL, '--labs', '2']);
    await until(() => existsSync(at('calls')) && calls().length === 2);
    child.kill('SIGKILL');
    await once(child, 'close');
    writeFileSync(at('go'), '');
    const finished = await night('--resume', '--json', '--labs', '2');
    expect(finished.exitCode, finished.stderr).to.equal(0);
    expect(answer(finished).counts).to.include({ passed: 2, flaky: 0, lost: 0 });
    expect(calls()).to.have.length(2);
    expect(nights()).to.have.length(1);
    // It has ended, so that the next one is another.
    expect(told(answer(await night('--resume', '--json')))).to.deep.equal({ standby: 'passed 1' });
    expect(nights()).to.have.length(2);
  });

  it('goes on after the machine died: what ran is lost, and is run again', async () => {
    play({ standby: ['hang', 'passed'] });
    writeFileSync(at('nightly.yaml'), 'scenarios: [standby, group]\nimages: [debian-12]\n');
    const child = start(['nightly', 'run', '--program', CELL, '--labs', '1']);
    await until(() => existsSync(at('calls')) && readLog().includes('attempt-running'));
    child.kill('SIGKILL');
    await once(child, 'close');
    const [, pid = ''] = /"handle":"(\d+):/.exec(readLog()) ?? [];
    process.kill(Number(pid), 'SIGKILL');
    const finished = await night('--resume', '--json', '--labs', '1');
    expect(finished.exitCode, finished.stderr).to.equal(0);
    const json = answer(finished);
    expect(told(json)).to.deep.equal({ standby: 'passed 2', group: 'passed 2' });
    expect(json.cells[0]?.attempts.map(({ outcome }) => outcome)).to.deep.equal(['lost', 'passed']);
  });

  it('stops what runs at Ctrl-C, and says how to go on', async () => {
    play({ standby: ['hang', 'passed'] });
    const child = start(['nightly', 'run', '--program', CELL, '--labs', '1']);
    await until(() => existsSync(at('calls')) && readLog().includes('attempt-running'));
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).to.equal(130);
    expect(readLog()).to.include('"outcome":"stopped"').and.to.not.include('night-ended');
    expect((await night('--resume')).exitCode).to.equal(0);
  });

  it('is the same in three parts that are merged, and a part that is not there is named', async () => {
    writeFileSync(at('nightly.yaml'), `scenarios: [${EIGHT.join(', ')}]\nimages: [debian-11, debian-12, debian-13]\n`);
    play({
      group: ['failed', 'passed'],
      clone: ['failed'],
      standby: ['passed 8420'],
      'failcount debian-13': ['unknown'],
    });
    const plan = jsonOf(await halab.run(['nightly', 'plan', '--shards', '3', '--json'], { env }));
    const { cells: planned } = plan as unknown as { cells: readonly Cell[] };
    const times = [1, 2, 3].map((part) =>
      planned.reduce((sum, { shard, expected: { ms } }) => sum + (shard === part ? ms : 0), 0),
    );
    expect(Math.min(...times), times.join(' ')).to.be.at.least(0.8 * Math.max(...times));

    const whole = answer(await night('plan.jsonl', '--json'));
    for (const part of ['1/3', '2/3', '3/3'])
      expect((await night('plan.jsonl', '--shard', part)).exitCode).to.be.oneOf([0, 1]);
    const [undivided = '', one = '', two = '', three = ''] = nights();
    const merged = await halab.run(['merge', one, two, three, '--out', 'merged', '--json']);
    expect(merged.exitCode, merged.stderr).to.equal(1);
    const json = answer(merged);
    expect(json.counts).to.deep.equal(whole.counts);
    expect(json.counts).to.include({ flaky: 3, failed: 3, unknown: 1, missing: 0 });
    const toldOf = ({ cells }: NightJson) =>
      cells.map(({ id, state, verdict, reason, outageMs, attempts }) =>
        [id, state, verdict, reason, outageMs, attempts.map(({ outcome }) => outcome)].join(' '),
      );
    expect(toldOf(json)).to.have.members(toldOf(whole));
    expect(readdirSync(at('merged')).toSorted()).to.deep.equal(REPORTS);
    expect(casesIn(readFileSync(at('merged/junit.xml'), 'utf8'))).to.deep.equal(
      casesIn(readFileSync(join(undivided, 'junit.xml'), 'utf8')),
    );
    const page = /<script type="application\/json" id="data">(.*)<\/script>/.exec(
      readFileSync(at('merged/overview.html'), 'utf8'),
    );
    const { reports } = JSON.parse(page?.[1] ?? '{}') as NightPageData;
    const runs = json.cells.flatMap(({ attempts }) => attempts.map(({ run }) => run));
    expect(Object.keys(reports)).to.have.members([...new Set(runs)]);
    for (const report of Object.values(reports)) expect(existsSync(join(at('merged'), report)), report).to.equal(true);

    const lacking = await halab.run(['merge', one, three, '--json']);
    expect(lacking.exitCode).to.equal(1);
    const missing = answer(lacking).cells.filter(({ state }) => state === 'missing');
    expect(missing.map(({ id }) => id)).to.have.members(planned.filter(({ shard }) => shard === 2).map(({ id }) => id));
    expect(new Set(missing.map(({ reason }) => reason))).to.deep.equal(new Set(['part 2 of the plan is not here']));
  });

  it('is unknown where a part is missing, or a folder has no result', async () => {
    writeFileSync(at('nightly.yaml'), 'scenarios: [standby, group]\nimages: [debian-12, debian-13]\n');
    for (const part of ['1/2', '2/2']) expect((await night('--shard', part)).exitCode).to.equal(0);
    const [one = '', two = ''] = nights();
    expect((await halab.run(['merge', one])).exitCode).to.equal(3);
    mkdirSync(at('empty'));
    const lacking = await halab.run(['merge', one, two, 'empty', '--json']);
    expect([lacking.exitCode, answer(lacking).verdict]).to.deep.equal([3, 'unknown']);
    expect((await halab.run(['merge', 'empty'])).exitCode).to.equal(2);
  });

  it('takes single runs among what is merged', async () => {
    await night('--labs', '1');
    const [folder = ''] = nights();
    const unit = readdirSync(join(folder, 'cells'))[0] ?? '';
    const merged = await halab.run(['merge', join(folder, 'cells', unit, '1', 'run'), '--json']);
    expect(answer(merged).counts).to.include({ passed: 3 });
  });

  it('refuses flags that contradict each other, and parts that are none', async () => {
    for (const argv of [
      ['--shard', '3/2'],
      ['--shard', 'x'],
      ['--budget', '6'],
      ['--only-failed'],
      ['--only-failed', '--resume'],
      ['none.jsonl'],
    ])
      expect((await night(...argv)).exitCode, argv.join(' ')).to.equal(2);
  });

  function start(argv: readonly string[]): ChildProcess {
    const own = { HALAB_STATE_DIR: halab.stateDir, HALAB_CACHE_DIR: at('cache'), HALAB_REPORTS_DIR: at('reports') };
    const all = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...own, ...env };
    return spawn(process.execPath, [join(TOP, 'bin/halab.js'), ...argv], {
      cwd: halab.folder,
      env: all,
      stdio: 'ignore',
    });
  }

  function readLog(): string {
    const [folder = ''] = existsSync(at('reports/nights')) ? nights() : [];
    const file = join(folder, 'night.jsonl');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
});

/** `linuxha.debian-12 clone skipped it is known to hang`: every case with what it came to, sorted. */
function casesIn(junit: string): readonly string[] {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => /^test(?:suite|case)$/.test(name) });
  const suites = parser.parse(junit).testsuites.testsuite as { testcase: Record<string, unknown>[] }[];
  const cases = suites
    .flatMap(({ testcase }) => testcase)
    .map((each) => {
      const kind = ['failure', 'error', 'skipped'].find((name) => name in each);
      const { '@_message': message } = (kind === undefined ? {} : each[kind]) as { '@_message'?: string };
      return [each['@_classname'], each['@_name'], kind ?? 'passed', message].filter(Boolean).join(' ');
    });
  return cases.toSorted();
}

/** Asks until it is so, for at most 30 s. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    if (isSo()) return;
    await delay(50);
  }
  expect.fail('it did not happen within 30 s');
}
