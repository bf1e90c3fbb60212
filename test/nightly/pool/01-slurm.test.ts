import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { createSshHome } from '../../../src/pools/slurm/home.js';
import { createSlurmPool } from '../../../src/pools/slurm/slurm.js';
import type { GivenJob, Pool } from '../../../src/ports/pool.js';
import type { ProcessRunner } from '../../../src/ports/process.js';
import { systemClock } from '../../../src/system/clock.js';
import { createProcessRunner } from '../../../src/system/process-runner.js';
import { describePool, JOB, jobOf, startAll, untilIs } from '../../support/pool-contract.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { until } from '../../support/real-lab/until.js';
import { type Cluster, POOL_FILE, startCluster, startDaemons } from '../support/pool/cluster.js';
import { type Machine, whyNoMachines } from '../support/pool/machines.js';

const MINUTE = 60_000;
/** Slurm waits a minute for a machine, and looks every half a minute. */
const LOST_MS = 4 * MINUTE;

describe('a pool of three machines', function () {
  this.timeout(20 * MINUTE);
  const folder = temporaryFolder();
  let cluster: Cluster;
  let count = 0;

  before(async function () {
    needsMachine(this);
    const reason = whyNoMachines();
    if (reason !== undefined) {
      process.stdout.write(`    skipped: ${reason}\n`);
      this.skip();
    }
    cluster = await startCluster(folder);
  });
  after(() => cluster?.stop());

  const pool = (): Pool => poolOn(cluster);
  const newFolder = () => {
    count += 1;
    return `/root/jobs/${count}`;
  };

  describePool('slurm', async () => ({
    pool,
    folder: newFolder,
    here: (path) => cluster.head.file(path),
    close: async () => undefined,
  }));

  /** One of them fills a machine. */
  const large = (...words: readonly string[]) => jobOf(`nlarge-${count + 1}`, newFolder(), words, { memoryMiB: 1_500 });
  const machinesOf = (jobs: readonly GivenJob[]) => jobs.map(({ machine }) => machine).toSorted();
  const running = (jobs: readonly GivenJob[]) => Promise.all(jobs.map((job) => untilIs(pool(), job, 'running')));
  const endAll = async (jobs: readonly GivenJob[]) => {
    for (const { handle = '' } of jobs) await pool().stop(handle, 'kill');
    for (const job of jobs) await untilIs(pool(), job, 'ended');
  };
  const named = (name = '') => (cluster as unknown as Record<string, Machine>)[name] ?? expect.fail(`no ${name}`);
  /** What the pool begins again, as the night then knows it. */
  const begunAgain = (job: GivenJob, sight: Awaited<ReturnType<typeof untilIs>>['sight']): GivenJob => {
    if (sight.state !== 'lost' || sight.again === undefined) return expect.fail(JSON.stringify(sight));
    const { handle, turn } = sight.again;
    return { handle, lab: `${job.lab}r${turn}`, folder: `${job.folder}r${turn}`, backend: job.backend };
  };

  it('is refused with every reason where a clock is wrong and a machine belongs to another cluster', async () => {
    const late = '#!/bin/sh\nexec python3 -c \'import time; print("%.9f" % (time.time() - 5))\'\n';
    await cluster.m3.must(
      ['sh', '-c', 'cat > /root/date; chmod +x /root/date; mount --bind /root/date /usr/bin/date'],
      {
        stdin: late,
      },
    );
    await cluster.m2.must(['sed', '-i', '1d', '/etc/slurm/slurm.conf']);
    const { exitCode, stderr } = await cluster.halab(['pool', 'init', POOL_FILE]);
    expect(exitCode, stderr).to.equal(3);
    expect(stderr).to.match(/m3: its clock is (4\.9|5\.\d) s behind this one/);
    expect(stderr).to.include('m2: its /etc/slurm/slurm.conf is not from halab pool init');
    await cluster.m3.must(['umount', '/usr/bin/date']);
    await cluster.m2.must(['sh', '-c', 'cat > /etc/slurm/slurm.conf'], {
      stdin: await cluster.m1.must(['cat', '/etc/slurm/slurm.conf']),
    });
    const again = await cluster.halab(['pool', 'init', POOL_FILE, '--check']);
    expect(again.exitCode, again.stderr).to.equal(0);
  });

  it('reserves memory: what does not fit waits', async () => {
    const jobs = await startAll(pool(), [large('hang'), large('hang'), large('hang'), large('hang')]);
    const three = await running(jobs.slice(0, 3));
    expect(machinesOf(three)).to.deep.equal(['m1', 'm2', 'm3']);
    expect((await pool().look(jobs[3] as GivenJob)).state).to.equal('waiting');
    await endAll(jobs);
  });

  it('gives a drained machine none, and says so', async () => {
    const drained = await cluster.halab(['pool', 'drain', 'm2', POOL_FILE, '--because', 'new disk']);
    expect(drained.stdout).to.match(/m2 +(idle\+)?drain\S* [\s\S]*new disk/);
    const jobs = await startAll(pool(), [large('hang'), large('hang'), large('hang')]);
    expect(machinesOf(await running(jobs.slice(0, 2)))).to.deep.equal(['m1', 'm3']);
    expect((await pool().look(jobs[2] as GivenJob)).state).to.equal('waiting');
    expect((await cluster.halab(['pool', 'drain', 'm2', POOL_FILE, '--undo'])).exitCode).to.equal(0);
    expect((await untilIs(pool(), jobs[2] as GivenJob, 'running')).machine).to.equal('m2');
    await endAll(jobs);
  });

  it('drains a machine that does not pass the doctor, and does its job elsewhere', async () => {
    await cluster.m1.must(['mount', '--bind', '/dev/null', '/usr/bin/systemd-nspawn']);
    const jobs = await startAll(pool(), [large('pass'), large('pass'), large('pass')]);
    const sights = await Promise.all(
      jobs.map(async (job) => {
        const over = await untilOver(pool(), job);
        return over.sight.state === 'lost' ? { ...over, next: begunAgain(job, over.sight) } : over;
      }),
    );
    const lost = sights.filter(({ sight }) => sight.state === 'lost');
    expect(lost).to.have.length(1);
    expect(lost[0]?.sight).to.include({ isInnocent: true });
    const status = await cluster.halab(['pool', 'status', POOL_FILE, '--json']);
    const { machines } = JSON.parse(status.stdout);
    expect(machines[0]).to.include({ name: 'm1', takesJobs: false });
    expect(machines[0].reason).to.include('prolog: program:systemd-nspawn');
    await cluster.m1.must(['umount', '/usr/bin/systemd-nspawn']);
    await cluster.halab(['pool', 'drain', 'm1', POOL_FILE, '--undo']);
    const [first] = lost;
    const again = first !== undefined && 'next' in first ? first.next : expect.fail('it was not begun again');
    const last = await untilIs(pool(), again, 'ended');
    await pool().collect?.(last, true);
    expect(existsSync(cluster.head.file(`${again.folder}/result`))).to.equal(true);
  });

  it('takes down what a killed job has left on its machine', async () => {
    const [job] = await running(await startAll(pool(), [large('leave')]));
    if (job === undefined) return expect.fail('it does not run');
    const machine = named(job.machine);
    const left = async () => (await machine.must(['ls', '/run/netns', '/var/lib/halab'])).match(/halab-n\S*/g) ?? [];
    await until('the namespaces of the lab', async () => (await left()).length === 2, { withinMs: MINUTE });
    await endAll([job]);
    expect(await left()).to.deep.equal([]);
    expect(await machine.must(['ls', '/var/lib/halab/pool/jobs'])).to.equal('');
  });

  it('goes on when the controller is started again', async () => {
    const [job] = await running(await startAll(pool(), [large('hang')]));
    if (job === undefined) return expect.fail('it does not run');
    await cluster.head.must(['service', 'slurmctld', 'stop']);
    expect((await pool().look(job)).state).to.equal('running');
    await cluster.head.must(['service', 'slurmctld', 'start']);
    const after = await untilIs(pool(), job, 'running');
    expect(after.machine).to.equal(job.machine);
    await endAll([job]);
  });

  it('has a job lost from which its machine is taken, and begins it again', async () => {
    const [job] = await running(await startAll(pool(), [large('hang')]));
    if (job === undefined) return expect.fail('it does not run');
    const seat = ['sbatch', '--parsable', '--partition=class', `--nodelist=${job.machine}`, '--mem=1500', '--chdir=/'];
    await cluster.head.must([...seat, '--output=/dev/null', '--wrap=sleep 600']);
    const { sight } = await untilIs(pool(), job, 'lost', LOST_MS);
    expect(sight).to.include({ machine: job.machine, isInnocent: true });
    const again = await untilIs(pool(), begunAgain(job, sight), 'running', LOST_MS);
    expect(again.machine, await cluster.head.must(['squeue'])).to.not.equal(job.machine);
    await cluster.head.must(['scancel', '--partition=class', '--user=root']);
    await endAll([again]);
  });

  it('has a job lost whose machine dies, names it, and begins it again; the machine is taken back', async () => {
    const jobs = await running(await startAll(pool(), [large('hang'), large('hang'), large('hang')]));
    const onTwo = jobs.find(({ machine }) => machine === 'm2') ?? expect.fail('none on m2');
    await pool().collect?.(onTwo, false);
    await cluster.m2.kill();
    await endAll(jobs.filter(({ machine }) => machine !== 'm2'));
    const { sight } = await untilIs(pool(), onTwo, 'lost', LOST_MS);
    expect(sight).to.deep.include({ machine: 'm2', isInnocent: false });
    expect(sight.state === 'lost' && sight.reason).to.match(/^the machine m2 was lost \(down/);
    const again = await untilIs(pool(), begunAgain(onTwo, sight), 'running', LOST_MS);
    expect(['m1', 'm3']).to.include(again.machine);
    expect(existsSync(cluster.head.file(`${onTwo.folder}/log`))).to.equal(true);
    await endAll([again]);
    await cluster.m2.boot();
    await startDaemons(cluster.m2);
    await until(
      'the return of m2',
      async () => {
        const { stdout } = await cluster.halab(['pool', 'status', POOL_FILE, '--json']);
        return JSON.parse(stdout).machines[1].takesJobs;
      },
      { withinMs: MINUTE },
    );
  });
});

/** Programs run on the head; everything else is this process. */
function poolOn({ head, m1, m2, m3 }: Cluster): Pool {
  const runner = createProcessRunner();
  const processes: ProcessRunner = {
    ...runner,
    run: (argv, options) => runner.run([...head.enter, ...argv], options),
  };
  return createSlurmPool({
    processes,
    clock: systemClock,
    place: { partition: 'nightly', options: [], halab: [JOB] },
    home: createSshHome({
      processes,
      clock: systemClock,
      machines: new Map([m1, m2, m3].map(({ name, address }) => [name, `root@${address}`])),
    }),
    path: '/usr/sbin:/usr/bin:/sbin:/bin',
  });
}

/** Until it has ended or was lost. */
async function untilOver(pool: Pool, job: GivenJob): ReturnType<typeof untilIs> {
  const over = await Promise.any([untilIs(pool, job, 'ended', LOST_MS), untilIs(pool, job, 'lost', LOST_MS)]);
  return over;
}
