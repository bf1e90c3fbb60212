import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { GivenJob, JobSight, Pool, PoolJob } from '../../src/ports/pool.js';
import { until } from '../support/real-lab/until.js';

/** What jobs run instead of halab: see its first lines. */
export const JOB = fileURLToPath(new URL('../fixtures/pool/job.sh', import.meta.url));

export interface PoolFixture {
  /** Each call is another process of halab: it knows nothing of what the one before has done. */
  pool(): Pool;
  /** A new folder for what jobs write, where the pool has its queue. */
  folder(): string;
  /** Where a file of that machine is found on this one. */
  here(path: string): string;
  /** Of every job. */
  readonly env?: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const WITHIN_MS = 60_000;

/** A small job, which does what its words say. */
export function jobOf(lab: string, folder: string, words: readonly string[], more: Partial<PoolJob> = {}): PoolJob {
  const needs = { memoryMiB: 300, inotifyInstances: 0, cores: 1, measures: false };
  return { lab, folder, argv: words, env: {}, limitMs: WITHIN_MS, ...needs, ...more };
}

/** Gives jobs to a pool, which has to take all of them. */
export async function startAll(pool: Pool, jobs: readonly PoolJob[]): Promise<readonly GivenJob[]> {
  const started = await pool.start(jobs);
  return jobs.map(({ lab, folder }, index) => {
    const one = started[index];
    if (one === undefined || 'problem' in one) return expect.fail(`${lab}: ${one?.problem.message}`);
    return { handle: one.handle, lab, folder, backend: 'embedded' };
  });
}

/** Looks until a job is there; with the machine on which it is then. */
export async function untilIs(
  pool: Pool,
  given: GivenJob,
  state: JobSight['state'],
  withinMs = WITHIN_MS,
): Promise<GivenJob & { readonly sight: JobSight }> {
  let sight: JobSight | undefined;
  let { machine } = given;
  await until(
    `the state ${state} of ${given.lab}`,
    async () => {
      sight = await pool.look(machine === undefined ? given : { ...given, machine });
      if ('machine' in sight && sight.machine !== undefined) machine = sight.machine;
      return sight.state === state;
    },
    { withinMs, seen: () => JSON.stringify(sight) },
  );
  if (sight === undefined) return expect.fail('nothing was seen');
  return { ...given, ...(machine === undefined ? {} : { machine }), sight };
}

/** The promises of the Pool port, for every engine. `make` may take as long as the hook that calls it. */
export function describePool(name: string, make: () => Promise<PoolFixture>): void {
  describe(`the ${name} pool`, function () {
    this.timeout(3 * WITHIN_MS);
    let fixture: PoolFixture;
    let pool: Pool;
    let count = 0;

    before(async function () {
      this.timeout(5 * WITHIN_MS);
      fixture = await make();
    });
    after(() => fixture?.close());
    beforeEach(() => {
      pool = fixture.pool();
    });

    const job = (...words: readonly string[]): PoolJob => {
      count += 1;
      return jobOf(`n${name}-${count}`, fixture.folder(), words, { env: fixture.env ?? {} });
    };
    const start = async (each: PoolJob): Promise<GivenJob> => (await startAll(pool, [each]))[0] as GivenJob;
    const ended = async (given: GivenJob, asked = pool): Promise<GivenJob> => {
      const last = await untilIs(asked, given, 'ended');
      await asked.collect?.(last, true);
      return last;
    };
    const written = ({ folder }: Pick<GivenJob, 'folder'>, file: string) => {
      const path = fixture.here(join(folder, file));
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    };
    /** It does what it does: before that, a signal would find a shell that has not set its trap. */
    const untilBegan = (given: GivenJob) =>
      until(
        `the begin of ${given.lab}`,
        async () => {
          const sight = await pool.look(given);
          if (sight.state === 'running') await pool.collect?.({ ...given, ...sight }, false);
          return written(given, 'links') !== undefined;
        },
        { withinMs: WITHIN_MS },
      );

    it('runs a job with a lab and a folder of its own, whose contents are here in the end', async () => {
      const given = await ended(await start(job('pass', `it's "so" $HOME`, '')));
      expect(written(given, 'result')).to.equal(`pass it's "so" $HOME `);
      expect(written(given, 'log')).to.match(new RegExp(`^began ${given.lab} on `, 'm'));
    });

    it('gives each of several jobs its own handle, and lets each make namespaces', async () => {
      const jobs = [job('pass', 'a'), job('pass', 'b'), job('pass', 'c')];
      const given = await startAll(pool, jobs);
      expect(new Set(given.map(({ handle }) => handle)).size).to.equal(3);
      for (const each of given) await ended(each);
      expect(given.map((each) => written(each, 'result'))).to.deep.equal(['pass a', 'pass b', 'pass c']);
      if (process.getuid?.() === 0) for (const each of given) expect(written(each, 'links')).to.include('br0');
    });

    it('lets a job run on when the one who started it is gone, and finds it again', async () => {
      const given = await start(job('hang'));
      await untilBegan(given);
      const later = fixture.pool();
      expect((await later.look(given)).state).to.equal('running');
      await later.stop(given.handle ?? '', 'kill');
      await ended(given, later);
    });

    it('finds a job whose handle nobody lived to note', async () => {
      const given = await start(job('hang'));
      await untilBegan(given);
      const { handle: _, ...unnoted } = given;
      expect((await fixture.pool().look(unnoted)).state).to.equal('running');
      await pool.stop(given.handle ?? '', 'kill');
      await ended(given);
    });

    it('asks a job to end, which then undoes what it did', async () => {
      const given = await start(job('hang'));
      await untilBegan(given);
      await pool.stop(given.handle ?? '', 'ask');
      const last = await ended(given);
      expect(written(last, 'asked')).to.equal(`${given.lab}\n`);
      expect(written(last, 'result')).to.equal(undefined);
    });

    it('ends a job at once that is killed; to stop it again changes nothing', async () => {
      const given = await start(job('hang'));
      await untilBegan(given);
      await pool.stop(given.handle ?? '', 'kill');
      const last = await ended(given);
      expect([written(last, 'asked'), written(last, 'result')]).to.deep.equal([undefined, undefined]);
      await pool.stop(given.handle ?? '', 'kill');
      await pool.stop(given.handle ?? '', 'ask');
      expect((await pool.look(given)).state).to.equal('ended');
    });

    it('has what a job wrote that died, and no result of it', async () => {
      const given = await ended(await start(job('die')));
      expect(written(given, 'result')).to.equal(undefined);
      expect(written(given, 'log')).to.include(`began ${given.lab}`);
    });

    it('says that a job has ended that it never knew', async () => {
      const unknown = { handle: 'none', lab: 'nobody', folder: fixture.folder(), backend: 'embedded' };
      expect((await pool.look(unknown)).state).to.equal('ended');
      const { handle: _, ...unnoted } = unknown;
      expect((await pool.look(unnoted)).state).to.equal('ended');
    });
  });
}
