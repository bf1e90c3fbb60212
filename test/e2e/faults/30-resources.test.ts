import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { controllersHere } from '../../../src/backends/embedded/limits.js';
import { expectBroken } from '../../support/real-lab/audits.js';
import { formedLab, HOSTS } from '../../support/real-lab/formed.js';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { formCluster, laneLab, refusalOf, statusOf } from '../../support/real-lab/labs.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { onNode, probeAgain } from '../../support/real-lab/on-node.js';
import { until } from '../../support/real-lab/until.js';

const NAME = laneLab(import.meta.dirname);
const ON = ['--name', NAME];
const { on, inject, heal, holderOf } = formedLab(NAME);
const IPADDR2 = '/usr/lib/ocf/resource.d/heartbeat/IPaddr2';
const UNIT = '[Service]\nExecStart=/bin/sleep infinity\n';

/** Resources are added, and fail by the dozen; all of them are deleted in the end. */
describe('faults of resources and of the machine, in a real cluster', function () {
  this.timeout(180_000);
  const env = { HALAB_REPORTS_DIR: join(temporaryFolder(), 'runs') };

  before(async function () {
    this.timeout(360_000);
    needsMachine(this);
    await formCluster(NAME, env);
    const unit = '/etc/systemd/system/e2e-job.service';
    for (const host of HOSTS) await on(host, `printf '${UNIT}' > ${unit} && systemctl daemon-reload`);
    const timing = 'op monitor interval=2s timeout=10s op start timeout=10s op stop';
    await on('ha-host1', `pcs resource update vip ${timing} timeout=4s meta migration-threshold=2`);
    await on('ha-host1', `pcs resource create web ocf:heartbeat:nginx ${timing} timeout=20s`);
    await on('ha-host1', `pcs resource create job systemd:e2e-job ${timing} timeout=30s meta migration-threshold=2`);
    await untilStarted('vip', 'web', 'job');
  });

  after(async () => {
    await halabJson(['heal', ...ON]);
    for (const resource of ['job', 'web', 'vip']) await on('ha-host1', `pcs resource delete ${resource}`);
  });

  afterEach(async () => {
    await halab(['heal', ...ON]);
  });

  it('hold against audits before any', async () => {
    await expectBroken(NAME, []);
  });

  it('kill what a service runs: the cluster brings it back', async () => {
    const holder = await holderOf('web');
    const master = async () => (await onNode(NAME, holder, ['cat', '/run/nginx.pid'])).stdout.trim();
    const before = await master();
    await inject('process-kill', holder, '--process', 'nginx');
    await expectBroken(NAME, [], { among: ['single-active'] });
    await untilFailed('web', 'monitor', holder);
    await until('another nginx', async () => ![before, ''].includes(await master()), { withinMs: 20_000 });
    await heal(1);
    expect((await statusOf(NAME)).faults).to.deep.equal([]);
    await clean('web');
  });

  it('refuse a process that does not run, and those that everything hangs on', async () => {
    const refusal = await refusalOf(['fault', 'inject', 'process-kill', 'ha-host1', '--process', 'httpd', ...ON]);
    expect(refusal).to.include({ exitCode: 3, code: 'fault-failed' });
    await heal(1);
    for (const process of ['pacemaker-execd', 'systemd', 'sshd']) {
      const hard = await refusalOf(['fault', 'inject', 'process-kill', 'ha-host1', '--process', process, ...ON]);
      expect(hard, process).to.include({ exitCode: 2, code: 'usage' });
    }
  });

  it('fail the monitor of an agent: it is recovered, and leaves when that was one time too many', async () => {
    const holder = await holderOf('vip');
    await inject('monitor-fail', holder, '--resource', 'vip');
    await until('vip elsewhere', async () => ![holder, ''].includes(await holderOf('vip')), { withinMs: 40_000 });
    expect(await on('ha-host1', 'crm_mon -1rf')).to.match(/vip .*monitor.*halab has made vip fail its monitor/);
    await expectBroken(NAME, []);
    await heal(1);
    await expectBroken(NAME, ['no-failures'], { about: 'the failures stay' });
    await expectOriginal(holder);
    await clean('vip');
  });

  it('fail to start, on the node where they are in force and nowhere else', async () => {
    const target = await notHolderOf('vip');
    await inject('start-fail', target, '--resource', 'vip');
    await inject('monitor-fail', target, '--resource', 'vip');
    await on('ha-host1', `pcs constraint location add there vip ${target} 1000`);
    await untilFailed('vip', 'start', target);
    await until('vip elsewhere', async () => ![target, ''].includes(await holderOf('vip')), { withinMs: 40_000 });
    await heal(2);
    await expectOriginal(target);
    await clean('vip');
    await until('vip there', async () => (await holderOf('vip')) === target, { withinMs: 20_000 });
    await on('ha-host1', 'pcs constraint location remove there');
    await untilStarted('vip');
  });

  it('hang on stop: the stop times out, and the resource is blocked where it still runs', async () => {
    const holder = await holderOf('vip');
    await inject('stop-hang', holder, '--resource', 'vip');
    await on('ha-host1', 'pcs resource disable vip');
    await until('vip blocked', async () => /vip.*FAILED.*blocked/.test(await on('ha-host1', 'crm_mon -1r')), {
      withinMs: 30_000,
    });
    expect(await on('ha-host1', 'crm_mon -1r')).to.match(
      /vip stop on .* (could not be executed|returned).*[Tt]imed [Oo]ut/,
    );
    expect(await on(holder, 'ip -o addr show')).to.include('192.168.56.24/');
    await expectBroken(NAME, []);
    await heal(1);
    await expectOriginal(holder);
    await on('ha-host1', 'pcs resource enable vip');
    await clean('vip');
  });

  it('hang the stop of a unit, which goes on when that is healed', async () => {
    const holder = await holderOf('job');
    const state = async () => (await onNode(NAME, holder, ['systemctl', 'is-active', 'e2e-job'])).stdout.trim();
    await inject('stop-hang', holder, '--resource', 'job');
    await on('ha-host1', 'pcs resource disable job');
    await until('a stop under way', async () => (await state()) === 'deactivating', { withinMs: 10_000 });
    await heal(1);
    await until('it stopped', async () => /job.*Stopped/.test(await on('ha-host1', 'crm_mon -1r')), {
      withinMs: 20_000,
    });
    expect(await state()).to.equal('inactive');
    await expectBroken(NAME, []);
    await on('ha-host1', 'pcs resource enable job');
    await untilStarted('job');
  });

  it('fail a unit: it ends by itself, or does not start', async () => {
    const holder = await holderOf('job');
    await inject('monitor-fail', holder, '--resource', 'job');
    await untilFailed('job', 'monitor', holder);
    await until('job elsewhere', async () => ![holder, ''].includes(await holderOf('job')), { withinMs: 40_000 });
    await expectBroken(NAME, []);
    await heal(1);
    await clean('job');
    const now = await holderOf('job');
    await inject('start-fail', now, '--resource', 'job');
    await on('ha-host1', 'pcs resource restart job || true');
    await untilFailed('job', 'start', now);
    await expectBroken(NAME, []);
    await heal(1);
    expect(await on(now, 'ls /run/systemd/system/e2e-job.service.d')).to.not.include('halab');
    await clean('job');
  });

  it('refuse what is no primitive', async () => {
    const refusal = await refusalOf(['fault', 'inject', 'start-fail', 'ha-host1', '--resource', 'vpi', ...ON]);
    expect(refusal).to.include({ exitCode: 3, code: 'command-failed' });
    await heal(1);
  });

  it('fill the DC’s disk: the CIB is not written, and is again when that is healed', async () => {
    const full = /Current DC: (\S+)/.exec(await on('ha-host1', 'crm_mon -1'))?.[1] ?? '';
    const other = HOSTS.find((host) => host !== full) ?? '';
    const before = await storedEpoch(full);
    await on(full, 'touch /var/lib/pacemaker/pengine/e2e-old');
    await inject('disk-full', full);
    await on(full, 'rm /var/lib/pacemaker/pengine/e2e-old; touch /var/lib/pacemaker/pengine/e2e-new');
    await on(other, 'pcs property set cluster-delay=61s');
    await until('the log to report it', async () => /No space left on device/.test(await log(full)), {
      withinMs: 20_000,
    });
    expect(await storedEpoch(full)).to.equal(before);
    await expectBroken(NAME, []);
    await heal(1);
    expect(await on(full, 'ls /var/lib/pacemaker/pengine'))
      .to.include('e2e-new')
      .and.not.include('e2e-old');
    await on(other, 'pcs property set cluster-delay=60s');
    await until('the CIB on the disk', async () => (await storedEpoch(full)) > before, { withinMs: 20_000 });
    expect(await on(full, 'grep -c halab-full /proc/self/mountinfo; ls /run'))
      .to.match(/^0\n/)
      .and.not.include('halab-full');
    expect(await on(full, 'stat -c %a:%U /var/lib/pacemaker')).to.equal(
      await on(other, 'stat -c %a:%U /var/lib/pacemaker'),
    );
    await expectBroken(NAME, []);
  });

  it('keep processors and memory busy, and let go of them', async () => {
    const workers = async () => (await on('ha-host3', 'ps -e -o comm= | grep -c ^stress-ng- || true')).trim();
    await inject('cpu-load', 'ha-host3');
    await inject('memory-load', 'ha-host3', '--megabytes', '200');
    expect(await workers()).to.equal('3');
    await expectBroken(NAME, []);
    await heal(2);
    expect(await workers()).to.equal('0');
    const refusal = await refusalOf(['fault', 'inject', 'memory-load', 'ha-host3', '--megabytes', '1024', ...ON]);
    expect(refusal).to.include({ exitCode: 2, code: 'usage' });
  });

  it('find a node held to its cpus and memory, and corosync real-time all the same', async function () {
    if (controllersHere().length < 2) this.skip();
    // More than the node has: what takes it is killed, and nothing else.
    const greedy = `python3 -c 'x = b"x" * (1200 << 20)'; echo $?`;
    expect((await on('ha-host3', greedy)).trim().split('\n').at(-1)).to.equal('137');
    // Four that would each take a processor for two seconds, on a node that has one.
    const busy =
      'for i in 1 2 3 4; do timeout 2 sh -c "while :; do :; done" & done; wait; times > /tmp/times; tail -n 1 /tmp/times';
    const [user = 0, system = 0] = (await on('ha-host3', `bash -c '${busy}'`))
      .trim()
      .split(/\s+/)
      .map((time) => Number(/m([\d.]+)s/.exec(time)?.[1]));
    expect(user + system, 'seconds of processor time in two').to.be.within(0.1, 2.6);
    for (const host of HOSTS)
      expect(await on(host, 'chrt --pid $(pidof corosync)'), host).to.match(/SCHED_RR[\s\S]*priority: 99/);
    await expectBroken(NAME, []);
  });

  it('find a node that gets its processor though the host is busy', async function () {
    if (!controllersHere().includes('cpu')) this.skip();
    const hogs = Array.from({ length: 8 }, () => spawn('timeout', ['3', 'sh', '-c', 'while :; do :; done']));
    const ended = hogs.map((hog) => once(hog, 'exit'));
    const used = await on(
      'ha-host3',
      `bash -c 'timeout 2 sh -c "while :; do :; done"; times > /tmp/times; tail -n 1 /tmp/times'`,
    );
    await Promise.all(ended);
    expect(Number(/m([\d.]+)s/.exec(used)?.[1]), 'seconds of processor time in two').to.be.above(0.8);
  });

  it('leave the clock alone where it is the hypervisor host’s', async () => {
    const refusal = await refusalOf(['fault', 'inject', 'clock-skew', 'ha-host3', '--by', '+5min', ...ON]);
    expect(refusal.code).to.equal('ability-missing');
    await heal(1);
  });

  async function clean(resource: string): Promise<void> {
    await probeAgain(NAME, resource, 'cleanup');
    await untilStarted('vip', 'web', 'job');
    await until('nothing failed', async () => !/Failed|fail-count/.test(await on('ha-host1', 'crm_mon -1rf')), {
      withinMs: 20_000,
    });
    await expectBroken(NAME, []);
  }
});

const log = (node: string) => on(node, 'tail -n 50 /var/log/pacemaker/pacemaker.log');

async function notHolderOf(resource: string): Promise<string> {
  const holder = await holderOf(resource);
  return HOSTS.find((host) => host !== holder) ?? '';
}

async function untilStarted(...resources: readonly string[]): Promise<void> {
  let shown = '';
  const isStarted = async () => {
    shown = await on('ha-host1', 'crm_mon -1r');
    return resources.every((resource) => new RegExp(`\\* ${resource}\\s.*: *\\s*Started`).test(shown));
  };
  await until(`${resources.join(', ')} started`, isStarted, { withinMs: 60_000, seen: () => shown });
}

async function untilFailed(resource: string, operation: string, node: string): Promise<void> {
  let shown = '';
  const hasFailed = async () => {
    shown = await on('ha-host1', 'crm_mon -1rf');
    return new RegExp(`\\* ${resource} (?:\\S+-interval )?${operation} on ${node} `).test(shown);
  };
  await until(`${operation} of ${resource} failed on ${node}`, hasFailed, { withinMs: 40_000, seen: () => shown });
}

async function expectOriginal(node: string): Promise<void> {
  expect(await on(node, `cat /proc/self/mountinfo; head -c 60 ${IPADDR2}; ls /run`)).to.not.match(
    /halab-agents|Made by/,
  );
}

/** Of the CIB on the node's disk. */
async function storedEpoch(node: string): Promise<number> {
  return Number(/ epoch="(\d+)"/.exec(await on(node, 'cat /var/lib/pacemaker/cib/cib.xml'))?.[1]);
}
