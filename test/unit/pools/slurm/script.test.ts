import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { arraysOf, sbatchArgv, scriptFor, word } from '../../../../src/pools/slurm/script.js';
import type { PoolJob } from '../../../../src/ports/pool.js';

const needs = { memoryMiB: 1_200, inotifyInstances: 28, measures: false };
const job = (number: number, more: Partial<PoolJob> = {}): PoolJob => ({
  ...{ lab: `n1-${number}`, folder: `/night/${number}`, argv: ['run', `cell-${number}`], env: {}, cores: 1 },
  ...{ limitMs: 600_000, ...needs },
  ...more,
});
const place = (top: string) => ({
  ...{
    partition: 'nightly',
    options: [],
    halab: ['sh', '-c', 'printf "%s|" "$0" "$@" "$HALAB_NAME" "$OWN" > "$HALAB_REPORTS_DIR/argv"'],
  },
  folderOf: ({ lab }: { readonly lab: string }) => join(top, 'runs', lab),
});

describe('the script of an array of jobs', () => {
  let top: string;
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'halab-script-'));
  });
  afterEach(() => rmSync(top, { recursive: true }));

  const run = (text: string, env: Readonly<Record<string, string>>) =>
    spawnSync('sh', ['-s'], { input: text.replaceAll('/var/lib/halab/pool', top), env, encoding: 'utf8' });

  it('runs the job of its task in the lab and folder of this turn, and notes the lab first', () => {
    const script = scriptFor([job(1), job(2, { argv: ['run', "it's", '$HOME'], env: { OWN: 'a b' } })], place(top));
    const first = run(script, { SLURM_ARRAY_TASK_ID: '1', SLURM_JOB_ID: '7', SECRET: 'no' });
    expect([first.status, first.stderr]).to.deep.equal([0, '']);
    expect(readFileSync(join(top, 'runs/n1-2/argv'), 'utf8')).to.equal("run|it's|$HOME|n1-2|a b|");
    run(script, { SLURM_ARRAY_TASK_ID: '1', SLURM_JOB_ID: '7', SLURM_RESTART_COUNT: '1' });
    expect(readFileSync(join(top, 'runs/n1-2r1/argv'), 'utf8')).to.include('|n1-2r1|');
    expect(readFileSync(join(top, 'jobs/7'), 'utf8')).to.equal('n1-2\nn1-2r1\n');
    expect(existsSync(join(top, 'runs/n1-2/log'))).to.equal(true);
  });

  it('quotes words for a POSIX shell', () => {
    for (const text of ['', 'a b', "it's", '$(id)', '*', '`x`', '\\', 'a\nb', '--flag=1', '集群'])
      expect(execFileSync('sh', ['-c', `printf %s ${word(text)}`], { encoding: 'utf8' })).to.equal(text);
  });
});

describe('what is asked of sbatch', () => {
  it('is one array for neighbours that need the same, in the order of the jobs', () => {
    const big = { memoryMiB: 2_000 };
    const arrays = arraysOf([job(1), job(2), job(3, big), job(4, big), job(5), job(6, { cores: 2 })]);
    expect(arrays.map((each) => each.map(({ lab }) => lab).join(' '))).to.deep.equal([
      ...['n1-1 n1-2', 'n1-3 n1-4', 'n1-5', 'n1-6'],
    ]);
    expect(arraysOf(Array.from({ length: 1_500 }, (_, index) => job(index))).map(({ length }) => length)).to.deep.equal(
      [...[1_000, 500]],
    );
  });

  it('is its memory, processors and time, and to be begun again; the environment says nothing', () => {
    const jobs = [job(1), job(2, { limitMs: 1_230_000 })] as const;
    const argv = sbatchArgv(jobs, { ...place('/x'), options: ['--account=ha'] }, '/bin');
    expect(argv.slice(0, 4)).to.deep.equal(['env', '-i', 'PATH=/bin', 'sbatch']);
    expect(argv).to.include.members([
      ...['--requeue', '--array=0-1', '--mem=1200M', '--cpus-per-task=1', '--time=25', '--comment=n1-1,n1-2'],
      ...['--partition=nightly', '--signal=B:INT@240', '--nodes=1', '--account=ha'],
    ]);
  });
});
