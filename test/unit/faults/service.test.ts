import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ServiceFaultKind } from '../../../src/faults/agent-wrapper.js';
import { FAULTS } from '../../../src/faults/index.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { driverOf as driverIn, type FaultDriver } from '../../../src/ports/fault.js';
import { pretendMachine, primitiveXml } from './support/pretend-machine.js';

const node = 'ha-host1';
const AGENT = '/usr/lib/ocf/resource.d/heartbeat/IPaddr2';
const WRAPPER = `/run/halab-agents/wrapper${AGENT}`;
const DROP_INS = '/run/systemd/system/e2e-job.service.d';

const driverOf = (kind: ServiceFaultKind): FaultDriver => driverIn(FAULTS, { kind });
const on = (kind: ServiceFaultKind, resource: string): ResolvedFault => ({ kind, node, resource });

async function scene() {
  const made = await pretendMachine();
  const { machine } = made;
  for (const id of ['vip', 'vip2'])
    machine.resources.set(id, primitiveXml(id, 'class="ocf" provider="heartbeat" type="IPaddr2"'));
  machine.resources.set('job', primitiveXml('job', 'class="systemd" type="e2e-job"'));
  const points = () => machine.mounts.map(({ point }) => point);
  const inject = (kind: ServiceFaultKind, resource: string) => driverOf(kind).inject(on(kind, resource), made.context);
  const undo = (kind: ServiceFaultKind, resource: string) => driverOf(kind).undo(on(kind, resource), made.context);
  const isActive = (kind: ServiceFaultKind, resource: string) =>
    driverOf(kind).isActive(on(kind, resource), made.context);
  return { ...made, points, inject, undo, isActive };
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => '',
    (error: Error) => error.message,
  );
}

describe('a service that fails', () => {
  it('has a stand-in over its agent, once, and the agent out of its way', async () => {
    const { inject, machine, log, files } = await scene();
    await inject('start-fail', 'vip');
    await inject('monitor-fail', 'vip2');
    expect(machine.mounts.filter(({ point }) => point === AGENT)).to.deep.equal([
      { point: AGENT, source: 'disk', from: WRAPPER },
    ]);
    expect(log.indexOf(`mount --make-private /run/halab-agents/real${AGENT}`)).to.be.within(
      0,
      log.indexOf(`mount --bind ${WRAPPER} ${AGENT}`),
    );
    const wrapper = files.get(WRAPPER)?.toString();
    expect(wrapper).to.match(new RegExp(`^#!/bin/sh\nAGENT='/run/halab-agents/real${AGENT}'\n`));
    expect(wrapper).to.include('exec "$AGENT" "$@"');
  });

  for (const order of [
    [0, 1, 2],
    [2, 0, 1],
    [1, 2, 0],
  ]) {
    it(`has its agent back when the last fault is undone: ${order.join(', ')}`, async () => {
      const { inject, undo, isActive, points } = await scene();
      const faults = [
        ['start-fail', 'vip'],
        ['stop-hang', 'vip'],
        ['monitor-fail', 'vip2'],
      ] as const;
      for (const [kind, resource] of faults) await inject(kind, resource);
      for (const [done, index] of order.entries()) {
        const [kind, resource] = faults[index] ?? ['start-fail', 'vip'];
        await undo(kind, resource);
        expect(await isActive(kind, resource)).to.equal(false);
        expect(points().includes(AGENT), `after ${done + 1}`).to.equal(done < 2);
        for (const later of order.slice(done + 1)) {
          const [otherKind, other] = faults[later] ?? ['start-fail', 'vip'];
          expect(await isActive(otherKind, other)).to.equal(true);
        }
      }
      expect(points()).to.deep.equal(['/']);
    });
  }

  it('is not in force where the stand-in or the rule is not there', async () => {
    const { inject, isActive, machine, files } = await scene();
    await inject('start-fail', 'vip');
    const { mounts } = machine;
    machine.mounts = mounts.filter(({ point }) => point !== AGENT);
    expect(await isActive('start-fail', 'vip')).to.equal(false);
    machine.mounts = mounts;
    files.delete('/run/halab-faults/rules/start-fail-vip');
    expect(await isActive('start-fail', 'vip')).to.equal(false);
  });

  it('of a clone is told by its node: web:0 is web', async () => {
    const { inject, isActive, files } = await scene();
    await inject('start-fail', 'vip:0');
    expect([...files.keys()]).to.include('/run/halab-faults/rules/start-fail-vip');
    expect(await isActive('start-fail', 'vip:1')).to.equal(true);
  });

  it('that is a unit has a drop-in for each fault, and is let start again afterwards', async () => {
    const { inject, undo, files, log } = await scene();
    for (const kind of ['monitor-fail', 'start-fail', 'stop-hang'] as const) await inject(kind, 'job');
    const text = (kind: string) => files.get(`${DROP_INS}/90-halab-${kind}.conf`)?.toString();
    expect(text('monitor-fail')).to.match(/\[Service\]\nRuntimeMaxSec=3s\n$/);
    expect(text('start-fail')).to.match(/\nExecStartPre=\/bin\/false\n$/);
    expect(text('stop-hang')).to.match(/\nExecStop=\nExecStop=-\/usr\/bin\/timeout 1800 .*rules\/stop-hang-job; do/);
    await undo('start-fail', 'job');
    expect(log.slice(-4)).to.include.members(['systemctl daemon-reload', 'systemctl reset-failed e2e-job.service']);
    expect([...files.keys()]).to.not.include(`${DROP_INS}/90-halab-start-fail.conf`);
    expect(text('stop-hang')).to.not.equal(undefined);
  });

  it('is none that halab cannot make fail, and then nothing is touched', async () => {
    const { inject, machine, log } = await scene();
    machine.resources.set('old', primitiveXml('old', 'class="lsb" type="old"'));
    machine.resources.set('gone', primitiveXml('gone', 'class="ocf" provider="acme" type="Thing"'));
    machine.resources.set('web-clone', `<clone id="web-clone">${primitiveXml('web', 'class="ocf"')}</clone>`);
    machine.unitType = 'oneshot';
    expect(await messageOf(inject('start-fail', 'old'))).to.match(/old is of the standard lsb: only ocf: .* systemd:/);
    expect(await messageOf(inject('start-fail', 'gone'))).to.match(/no agent \/usr\/lib\/ocf\/resource.d\/acme\/Thing/);
    expect(await messageOf(inject('promote-fail', 'job'))).to.match(/is a systemd unit, which has no promoted state/);
    expect(await messageOf(inject('start-fail', 'web-clone'))).to.equal('web-clone is not a primitive');
    expect(await messageOf(inject('start-fail', 'vpi'))).to.match(/Resource 'vpi' not found/);
    expect(log.some((line) => /^(mount|systemctl)/.test(line))).to.equal(false);
    expect(await messageOf(inject('monitor-fail', 'job'))).to.match(/of type oneshot/);
  });
});

/** The script as the node would run it, with its folders moved to one of ours. */
describe('the stand-in of an agent', () => {
  let folder = '';
  let agent = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'halab-agent-'));
    const { inject, files } = await scene();
    await inject('start-fail', 'vip');
    const script = files.get(WRAPPER)?.toString() ?? '';
    agent = join(folder, 'IPaddr2');
    writeFileSync(agent, script.replaceAll('/run/halab', join(folder, 'halab')));
    const real = join(folder, `halab-agents/real${AGENT}`);
    mkdirSync(join(real, '..'), { recursive: true });
    mkdirSync(join(folder, 'halab-faults/rules'), { recursive: true });
    writeFileSync(real, '#!/bin/sh\necho "$(basename "$0") $OCF_RESOURCE_INSTANCE $*"\nexit 7\n');
    for (const path of [agent, real]) chmodSync(path, 0o755);
  });
  after(() => rmSync(folder, { recursive: true }));
  const rule = (name: string) => join(folder, 'halab-faults/rules', name);
  afterEach(() => rmSync(join(folder, 'halab-faults/rules'), { recursive: true }));
  beforeEach(() => mkdirSync(join(folder, 'halab-faults/rules'), { recursive: true }));

  function act(action: string, instance: string | undefined, interval = '0') {
    const env = { PATH: process.env.PATH, OCF_RESKEY_CRM_meta_interval: interval };
    return spawnSync(agent, [action], {
      env: instance === undefined ? env : { ...env, OCF_RESOURCE_INSTANCE: instance },
      encoding: 'utf8',
    });
  }

  it('is the agent itself where no rule speaks of it, by its own name', () => {
    writeFileSync(rule('start-fail-other'), '');
    for (const action of ['start', 'stop', 'monitor', 'meta-data'])
      expect(act(action, 'vip')).to.include({ status: 7, stdout: `IPaddr2 vip ${action}\n` });
    writeFileSync(rule('start-fail-'), '');
    expect(act('start', undefined)).to.include({ status: 7, stdout: 'IPaddr2  start\n' });
  });

  it('fails to start, with a reason that pacemaker shows', () => {
    writeFileSync(rule('start-fail-vip'), '');
    for (const instance of ['vip', 'vip:0'])
      expect(act('start', instance)).to.include({
        status: 1,
        stdout: '',
        stderr: 'ocf-exit-reason:halab has made vip fail its start\n',
      });
    expect(act('stop', 'vip').status).to.equal(7);
    expect(act('start', 'vip2').status).to.equal(7);
  });

  it('fails monitors that recur, and tells the truth to probes', () => {
    writeFileSync(rule('monitor-fail-vip'), '');
    expect(act('monitor', 'vip', '5000').status).to.equal(1);
    expect(act('monitor', 'vip', '0').status).to.equal(7);
    expect(act('monitor', 'vip2', '5000').status).to.equal(7);
  });

  it('starts later, by as long as the rule says', () => {
    writeFileSync(rule('start-hang-vip'), '/agent\n1\n');
    const begun = Date.now();
    expect(act('start', 'vip')).to.include({ status: 7, stdout: 'IPaddr2 vip start\n' });
    expect(Date.now() - begun).to.be.within(900, 8_000);
    writeFileSync(rule('start-hang-vip'), '/agent\n\n');
    const env = { PATH: process.env.PATH, OCF_RESOURCE_INSTANCE: 'vip' };
    expect(spawnSync('timeout', ['0.3', agent, 'start'], { env }).status).to.equal(124);
  });

  it('fails to be promoted, or to be demoted', () => {
    writeFileSync(rule('promote-fail-vip'), '');
    expect(act('promote', 'vip:1')).to.include({
      status: 1,
      stderr: 'ocf-exit-reason:halab has made vip fail its promote\n',
    });
    expect(act('demote', 'vip').status).to.equal(7);
    writeFileSync(rule('demote-fail-vip'), '');
    expect(act('demote', 'vip').status).to.equal(1);
  });

  it('hangs on stop until the rule is gone, and stops then', () => {
    writeFileSync(rule('stop-hang-vip'), '');
    const env = { PATH: process.env.PATH, OCF_RESOURCE_INSTANCE: 'vip' };
    const hung = spawnSync('timeout', ['0.3', agent, 'stop'], { env, encoding: 'utf8' });
    expect(hung).to.include({ status: 124, stdout: '' });
    const script = `(sleep 0.3; rm '${rule('stop-hang-vip')}') & timeout 5 '${agent}' stop || true`;
    expect(execFileSync('sh', ['-c', script], { env, encoding: 'utf8' })).to.equal('IPaddr2 vip stop\n');
  });
});
