import { expect } from 'chai';
import { createLocalPool } from '../../../src/pools/local.js';
import type { Pool } from '../../../src/ports/pool.js';
import type { ProcessRunner } from '../../../src/ports/process.js';

describe('the pool of this machine', () => {
  function pool(
    options: { readonly exitCode?: number; readonly program?: readonly string[]; readonly isGone?: true } = {},
  ) {
    const calls: string[] = [];
    const marks = new Map([[42, 'boot-7']]);
    const processes: ProcessRunner = {
      run: async (argv) => {
        calls.push(argv.join(' '));
        return { exitCode: options.exitCode ?? 0, stdout: '', stderr: 'a mount is busy\n', durationMs: 1 };
      },
      start: async (argv, { logFile, env }) => {
        calls.push(`${argv.join(' ')} > ${logFile} as ${env?.HALAB_NAME} in ${env?.HALAB_REPORTS_DIR}`);
        return { pid: 42 };
      },
    };
    const created = createLocalPool({
      processes,
      halab: ['node', 'halab.js'],
      ...(options.program === undefined ? {} : { program: options.program }),
      limits: { labs: 2, labsMeasuring: 1 },
      measure: () => ({ cores: 2, load: 0, spare: { memoryMiB: 9_000, inotifyInstances: 99, diskMiB: 9_000 } }),
      markOf: (pid) => marks.get(pid),
      signal: (pid, signal) => calls.push(`${signal} ${pid}`),
      isBusy: (lab) => lab === 'busy',
      isThere: async () => options.isGone === undefined,
    });
    return { pool: created, calls, marks };
  }
  const needs = { memoryMiB: 1_200, inotifyInstances: 28, measures: true };
  const job = { lab: 'n1', folder: '/night', argv: ['run', 'cut'], env: {}, cores: 1, limitMs: 1, ...needs };
  const given = { lab: 'n1', folder: '/night', backend: 'embedded' };
  const started = async (local: Pool) => {
    const [one] = await local.start([job]);
    return one !== undefined && 'handle' in one ? one.handle : expect.fail('it was not started');
  };

  it('starts halab, and finds it again by its id and the time at which it began', async () => {
    const { pool: local, calls, marks } = pool();
    const handle = await started(local);
    expect(calls).to.deep.equal(['node halab.js run cut > /night/log as n1 in /night']);
    expect(await local.look({ ...given, handle })).to.deep.equal({ state: 'running' });
    marks.set(42, 'boot-8');
    expect(await local.look({ ...given, handle })).to.deep.equal({ state: 'ended' });
  });

  it('does not take one for running that ended at once', async () => {
    const { pool: local, marks } = pool();
    marks.clear();
    expect(await local.look({ ...given, handle: await started(local) })).to.deep.equal({ state: 'ended' });
  });

  it('finds one that nobody has noted by the command that works on its lab', async () => {
    const { pool: local } = pool();
    expect(await local.look({ ...given, lab: 'busy' })).to.deep.equal({ state: 'running' });
    expect(await local.look(given)).to.deep.equal({ state: 'ended' });
  });

  it('asks the process, and ends its whole group; never another process under its id', async () => {
    const { pool: local, calls, marks } = pool({ program: ['cell'] });
    const handle = await started(local);
    await local.stop(handle, 'ask');
    await local.stop(handle, 'kill');
    marks.set(42, 'boot-8');
    await local.stop(handle, 'kill');
    expect(calls).to.deep.equal(['cell run cut > /night/log as n1 in /night', 'SIGINT 42', 'SIGKILL -42']);
  });

  it('takes a lab down by halab, and says what it said', async () => {
    const good = pool();
    await good.pool.clear(given);
    expect(good.calls).to.deep.equal(['node halab.js down --name n1']);
    const error = await pool({ exitCode: 3 })
      .pool.clear(given)
      .catch((problem: unknown) => problem);
    const gone = pool({ isGone: true });
    await gone.pool.clear(given);
    expect(gone.calls).to.deep.equal([]);
    expect(error).to.have.property('message', 'the lab n1 could not be taken down: a mount is busy');
  });

  it('takes another job by what it measures', async () => {
    const { pool: local } = pool();
    expect(await local.whyNotYet(needs, [])).to.equal(undefined);
    expect(await local.whyNotYet(needs, [{ ...needs, runsForMs: 60_000 }])).to.equal('another lab runs');
  });
});
