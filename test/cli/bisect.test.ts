import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { locateImage } from '../../src/backends/embedded/image-store.js';
import { makeDeb } from '../support/debs.js';
import { createHalabInProcess, type Halab, jsonOf, TOP } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

const CELL = join(TOP, 'test/fixtures/nightly/cell.mjs');
const INSTALLED = ['resource-agents', 'pcs'].map(
  (name) => `Package: ${name}\nStatus: install ok installed\nVersion: 4-1\n`,
);

describe('halab bisect', function () {
  this.timeout(90_000);
  let halab: Halab;
  const at = (name: string) => join(halab.folder, name);

  beforeEach(() => {
    halab = createHalabInProcess();
    const { folder, root } = locateImage(at('cache'), 'debian-12');
    write(join(root, 'var/lib/dpkg/status'), INSTALLED.join('\n'));
    write(join(folder, 'image.json'), '{}');
    for (const version of ['4-2', '4-3', '4-4', '4-5']) makeDeb(at('debs'), 'resource-agents', { version });
    makeDeb(at('debs'), 'pcs', { version: '4-2' });
    makeDeb(at('debs'), 'not-installed', { version: '9' });
  });
  afterEach(() => halab.remove());

  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const bisect = (failing: readonly string[], ...argv: readonly string[]) => {
    const plays = failing.map((version) => [`standby resource-agents=${version}`, ['failed']]);
    write(at('play.json'), JSON.stringify(Object.fromEntries(plays)));
    const env = { PLAY_FILE: at('play.json'), CALLS: at('calls'), GO: at('go') };
    return halab.run(['bisect', 'standby', '--stack', 'debs', '--program', CELL, '--json', ...argv], { env });
  };
  const answerOf = (finished: Awaited<ReturnType<typeof bisect>>) => {
    const json = jsonOf(finished);
    expect(problemsBy('bisect', json)).to.deep.equal([]);
    return json as unknown as {
      result: string;
      found?: unknown;
      nights?: unknown;
      states: { change?: { name: string; version: string }; outcome?: string }[];
    };
  };
  const statesOf = ({ states }: ReturnType<typeof answerOf>) =>
    states.map(
      ({ change, outcome = 'not run' }) => `${change ? `${change.name} ${change.version}` : 'image'} ${outcome}`,
    );

  it('names the version of the package with which a scenario began to fail', async () => {
    const finished = await bisect(['4-4', '4-5']);
    expect(finished.exitCode, finished.stderr).to.equal(0);
    const told = answerOf(finished);
    expect(told.found).to.deep.equal({
      name: 'resource-agents',
      version: '4-4',
      before: '4-3',
      packages: ['resource-agents'],
    });
    expect(statesOf(told)).to.deep.equal([
      'image passed',
      'pcs 4-2 not run',
      'resource-agents 4-2 passed',
      'resource-agents 4-3 passed',
      'resource-agents 4-4 failed',
      'resource-agents 4-5 failed',
    ]);
    const [folder] = [...finished.stderr.matchAll(/reading the packages of (\S+)/g)].map(([, name]) => name);
    expect(folder).to.equal('debs');
  });

  it('names nothing where the newest passes, and finds with --every what a later version took away again', async () => {
    const finished = await bisect(['4-4']);
    expect(finished.exitCode).to.equal(3);
    expect(answerOf(finished)).to.include({ result: 'alike' });
    const every = await bisect(['4-4'], '--every');
    expect(every.exitCode, every.stderr).to.equal(0);
    expect(answerOf(every).found).to.include({ version: '4-4', before: '4-3' });
  });

  it('looks between the last green and the first red night', async () => {
    const image = 'debian-12';
    night('20261101-020000-night', 'passed', '4-3');
    night('20261102-020000-night', 'failed', '4-5');
    night('20261103-020000-night', 'failed', '4-5');
    const finished = await bisect(['4-4', '4-5']);
    const told = answerOf(finished);
    expect(told.nights).to.deep.equal({ green: '20261101-020000-night', red: '20261102-020000-night' });
    expect(statesOf(told)).to.deep.equal(['image passed', 'resource-agents 4-4 failed', 'resource-agents 4-5 failed']);
    expect(callsOf()).to.deep.equal(['4-5', '4-3', '4-4'].map((version) => `${image} resource-agents=${version}`));
  });

  it('says with --dry-run what it would run, and what is wrong with what it was given', async () => {
    const planned = await bisect([], '--dry-run', '--package', 'pcs');
    expect(statesOf(answerOf(planned))).to.deep.equal(['image not run', 'pcs 4-2 not run']);
    for (const [argv, words] of [
      [['bisect', 'standby'], 'nothing to bisect without --stack'],
      [['bisect', 'standby', '--stack', 'nowhere'], 'there is no folder nowhere'],
      [['bisect', 'standby', '--stack', 'reports'], 'reports has no package (.deb) for this machine'],
      [['bisect', '--stack', 'debs'], 'nothing has turned from passed to failed'],
      [['bisect', 'scenarios/failover', '--stack', 'debs'], 'scenarios/failover is not one scenario'],
      [['run', 'standby', '--stack-only', 'pcs'], '--stack-only chooses among the packages of --stack'],
      [['run', 'standby', '--stack', 'debs', '--stack-only', 'pcs=9'], 'the stack has no version 9 of pcs'],
    ] as const) {
      const refused = await halab.run(argv);
      expect([refused.exitCode, refused.stderr], argv.join(' ')).to.deep.equal([2, refused.stderr]);
      expect(refused.stderr).to.include(words);
    }
  });

  function night(name: string, state: string, version: string): void {
    const folder = at(`reports/nights/${name}`);
    const run = join(folder, 'cells/unit/1/run');
    const place = { id: 'standby.linuxha.debian-12.1', scenario: 'standby', lab: 'linuxha', image: 'debian-12' };
    write(
      join(folder, 'summary.json'),
      JSON.stringify({ cells: [{ ...place, state, attempts: [{ outcome: state, run }] }] }),
    );
    for (const each of ['plan.jsonl', 'night.jsonl']) write(join(folder, each), '');
    const packages = { 'iscsi-disks': {}, 'ha-host1': { pacemaker: '1', 'resource-agents': version } };
    write(join(run, 'run.json'), JSON.stringify({ packages }));
  }

  function callsOf(): readonly string[] {
    const lines = readFileSync(at('calls'), 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line)).map(({ image, only }) => `${image} ${only}`);
  }
});
