import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { NightJson } from '../../../src/nightly/night-answer.js';
import { halab } from '../../support/real-lab/halab.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { until } from '../../support/real-lab/until.js';
import { type Cluster, POOL_FILE, startCluster } from '../support/pool/cluster.js';
import { type Machine, whyNoMachines } from '../support/pool/machines.js';
import { TWELVE_CELLS } from '../support/pool/twelve-cells.js';

const MINUTE = 60_000;

/** Twelve cells on real labs: m3 is drained, m2 dies in the middle. */
describe('a night on three machines', function () {
  this.timeout(60 * MINUTE);
  const folder = temporaryFolder();
  let cluster: Cluster;
  let night: NightJson;
  let killed = '';

  before(async function () {
    needsMachine(this);
    const reason = whyNoMachines();
    if (reason !== undefined) {
      process.stdout.write(`    skipped: ${reason}\n`);
      this.skip();
    }
    // Each machine would build it by itself.
    const built = await halab(['image', 'build', 'two-node'], { timeoutMs: 10 * MINUTE });
    expect(built.exitCode, built.stderr).to.equal(0);
    cluster = await startCluster(folder, 'cores: 1, memory: 2GiB');
    await cluster.halab(['pool', 'drain', 'm3', POOL_FILE, '--because', 'new disk']);
    cluster.write('/root/nightly.yaml', TWELVE_CELLS);
    const argv = ['nightly', 'run', '/root/nightly.yaml', '--pool', POOL_FILE, '--labs', '3', '--json'];
    const running = cluster.halab(argv, { timeoutMs: 50 * MINUTE, env: { HALAB_REPORTS_DIR: '/root/reports' } });
    killed = await labOn(cluster, cluster.m2);
    await cluster.m2.kill();
    const { exitCode, stdout, stderr } = await running;
    process.stdout.write(stderr.replaceAll(/^/gm, '      '));
    expect(exitCode, stderr).to.equal(0);
    night = JSON.parse(stdout) as NightJson;
  });
  after(() => cluster?.stop());

  it('runs every cell to its end, on the machines that it was given', () => {
    expect(night.cells).to.have.length(12);
    expect(night.counts).to.include({ passed: 12, failed: 0, unknown: 0, lost: 0, missing: 0 });
    expect(night.machines).to.deep.equal(['m1', 'm2']);
  });

  it('names what was lost with its machine, and where it was done again', () => {
    const attempts = night.cells.flatMap((cell) => cell.attempts);
    const lost = attempts.filter(({ outcome }) => outcome === 'lost');
    expect(lost).to.have.length.above(0);
    for (const { machine, reason } of lost) {
      expect(machine).to.equal('m2');
      expect(reason).to.match(/^the machine m2 was lost/);
    }
    const overview = readFileSync(cluster.head.file(`${nightFolder(night)}/overview.txt`), 'utf8');
    expect(overview)
      .to.match(/lost and done again/)
      .and.to.include('m2: the machine m2 was lost');
  });

  it('has the runs of all of them here', () => {
    for (const { id, attempts } of night.cells) {
      const { run = '' } = attempts.at(-1) ?? {};
      expect(JSON.parse(readFileSync(cluster.head.file(`${run}/summary.json`), 'utf8')), id).to.include({
        finished: true,
      });
    }
  });

  it('leaves nothing of a lab on any machine, also on the one that died when it is back', async () => {
    expect(await leftOn(cluster.m1)).to.deep.equal([]);
    expect(await leftOn(cluster.m3)).to.deep.equal([]);
    await cluster.m2.boot();
    expect((await leftOn(cluster.m2)).join(' ')).to.include(killed);
    for (const daemon of ['munge', 'slurmd']) await cluster.m2.must(['service', daemon, 'start']);
    await until('the return of m2', async () => (await stateOf(cluster, 'm2')) === 'idle', { withinMs: MINUTE });
    // The prolog of the next job takes down what is left.
    const job = ['srun', '--nodelist=m2', '--mem=300', '--chdir=/', 'true'];
    await cluster.head.must(job, { timeoutMs: 2 * MINUTE });
    await until('the end of what was left', async () => (await leftOn(cluster.m2)).length === 0, { withinMs: MINUTE });
  });

  it('leaves nothing on the machine that plays all of them', async () => {
    await cluster.stop();
    const log = readFileSync(cluster.head.file(`${nightFolder(night)}/night.jsonl`), 'utf8');
    const labs = new Set([...log.matchAll(/"lab":"(n[a-z0-9-]+)"/g)].map(([, lab = '']) => lab));
    expect(labs.size).to.be.at.least(4);
    for (const lab of labs) expectNothingLeft(lab);
  });
});

function nightFolder({ nights }: NightJson): string {
  return nights[0]?.folder ?? expect.fail('there is no night');
}

/** The name of the lab that runs on a machine, once its first scenario has begun. */
async function labOn(cluster: Cluster, machine: Machine): Promise<string> {
  let found = '';
  await until(
    `a lab on ${machine.name}`,
    async () => {
      const { stdout } = await machine.run([
        'sh',
        '-c',
        'grep -l scenario-finished /var/lib/halab/pool/runs/*/*/events.jsonl',
      ]);
      found = /runs\/([^/]+)\//.exec(stdout)?.[1] ?? '';
      return found !== '';
    },
    { withinMs: 15 * MINUTE, seen: () => cluster.head.name },
  );
  return found;
}

/** Labs, namespaces and records of jobs. */
async function leftOn(machine: Machine): Promise<readonly string[]> {
  const look =
    'ls -d /var/lib/halab/halab-* /run/halab-* /run/netns/halab-* /var/lib/halab/pool/jobs/* 2> /dev/null; ps ax -o args';
  const { stdout } = await machine.run(['sh', '-c', look]);
  return stdout.split('\n').filter((line) => /halab-n|pool\/jobs\/\d/.test(line) && !line.startsWith('sh -c'));
}

async function stateOf(cluster: Cluster, name: string): Promise<string> {
  const { stdout } = await cluster.halab(['pool', 'status', POOL_FILE, '--json']);
  const { machines } = JSON.parse(stdout) as { machines: { name: string; state: string }[] };
  return machines.find((each) => each.name === name)?.state ?? '';
}
