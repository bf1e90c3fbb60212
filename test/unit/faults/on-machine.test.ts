import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { driverOf as driverIn, type FaultDriver } from '../../../src/ports/fault.js';
import { nodeScript } from '../../../src/ports/node-program.js';
import { pretendMachine, primitiveXml } from './support/pretend-machine.js';

const node = 'ha-host1';
const driverOf = (fault: ResolvedFault): FaultDriver => driverIn(FAULTS, fault);

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function scene() {
  const made = await pretendMachine();
  const { machine } = made;
  machine.resources.set('vip', primitiveXml('vip', 'class="ocf" provider="heartbeat" type="IPaddr2"'));
  machine.resources.set('job', primitiveXml('job', 'class="systemd" type="e2e-job"'));
  machine.processes = [
    { pid: 500, parent: 1, name: 'nginx' },
    { pid: 501, parent: 500, name: 'nginx' },
    { pid: 502, parent: 2, name: 'nginx' },
    { pid: 600, parent: 1, name: 'nginx-exporter' },
  ];
  return made;
}

const CASES: readonly ResolvedFault[] = [
  { kind: 'process-kill', node, process: 'nginx' },
  { kind: 'process-kill', node, process: 'nginx', which: 'newest' },
  ...(['vip', 'job'] as const).flatMap((resource): ResolvedFault[] => [
    { kind: 'monitor-fail', node, resource },
    { kind: 'start-fail', node, resource },
    { kind: 'start-hang', node, resource },
    { kind: 'stop-hang', node, resource },
  ]),
  { kind: 'disk-full', node, path: '/var/lib/pacemaker' },
  { kind: 'cpu-load', node },
  { kind: 'cpu-load', node, workers: 3 },
  { kind: 'memory-load', node, megabytes: 512 },
  { kind: 'clock-skew', node, byMs: 300_000 },
  { kind: 'clock-skew', node, byMs: -30_000 },
];

describe('faults of resources and of the machine', () => {
  for (const fault of CASES) {
    const name = Object.values(fault).join(' ');

    it(`${name}: is in force when injected and gone when undone, twice each`, async () => {
      const { context } = await scene();
      const driver = driverOf(fault);
      expect(await driver.isActive(fault, context)).to.equal(false);
      for (let times = 0; times < 2; times += 1) {
        await driver.inject(fault, context);
        expect(await driver.isActive(fault, context)).to.equal(true);
      }
      for (let times = 0; times < 2; times += 1) {
        await driver.undo(fault, context);
        expect(await driver.isActive(fault, context)).to.equal(false);
      }
    });

    it(`${name}: undoing what was never injected changes nothing`, async () => {
      const { context, log, files } = await scene();
      await driverOf(fault).undo(fault, context);
      expect(
        log.filter((line) => /^(mount|umount|kill -KILL|systemctl (start|stop|daemon)|systemd-run)/.test(line)),
      ).to.deep.equal([]);
      expect([...files.keys()]).to.deep.equal([]);
    });
  }
});

describe('a process', () => {
  const fault = { kind: 'process-kill', node, process: 'nginx' } as const;

  it('is meant by its whole name, with all of that name, and without kernel threads', async () => {
    const { context, log } = await scene();
    await FAULTS['process-kill'].inject(fault, context);
    expect(log).to.include('kill -KILL 500 501');
  });

  it('is meant by as much of a longer name as the kernel keeps', async () => {
    const { context, log, machine } = await scene();
    machine.processes = [{ pid: 800, parent: 1, name: 'a-program-with-' }];
    await FAULTS['process-kill'].inject({ ...fault, process: 'a-program-with-a-name' }, context);
    expect(log).to.include('kill -KILL 800');
  });

  it('that was killed stays in force though another was started at once, until it is undone', async () => {
    const { context, machine } = await scene();
    await FAULTS['process-kill'].inject(fault, context);
    machine.processes.push({ pid: 900, parent: 1, name: 'nginx' });
    expect(await FAULTS['process-kill'].isActive(fault, context)).to.equal(true);
    await FAULTS['process-kill'].undo(fault, context);
    expect(await FAULTS['process-kill'].isActive(fault, context)).to.equal(false);
  });

  it('that does not run is refused, and so is one that everything hangs on, whoever asks', async () => {
    const { context, log } = await scene();
    const names = [
      'httpd',
      'corosync',
      'pacemaker-contro',
      'crmd',
      'pcsd',
      'systemd',
      'systemd-journald',
      'sshd',
      'sh',
    ];
    for (const process of [...names, 'a b', '']) {
      const failure = await failureOf(FAULTS['process-kill'].inject({ ...fault, process }, context));
      expect(failure, process).to.have.property('code', 'fault-failed');
    }
    expect(log.some((line) => line.startsWith('kill'))).to.equal(false);
  });
});

describe('a load', () => {
  it('is of as many workers as the node has processors, or as were asked for, and ends by itself', async () => {
    const { context, log } = await scene();
    await FAULTS['cpu-load'].inject({ kind: 'cpu-load', node }, context);
    await FAULTS['cpu-load'].inject({ kind: 'cpu-load', node, workers: 3 }, context);
    expect(log.filter((line) => line.startsWith('systemd-run'))).to.deep.equal([
      'systemd-run --quiet --unit=halab-cpu-load-1 stress-ng --cpu 1 --timeout 1800s',
      'systemd-run --quiet --unit=halab-cpu-load-3 stress-ng --cpu 3 --timeout 1800s',
    ]);
  });

  it('of one amount is let go of without the other', async () => {
    const { context } = await scene();
    const [one, other] = [300, 512].map((megabytes) => ({ kind: 'memory-load', node, megabytes }) as const);
    if (!one || !other) throw new Error('no faults');
    for (const each of [one, other]) await FAULTS['memory-load'].inject(each, context);
    await FAULTS['memory-load'].undo(one, context);
    expect(await FAULTS['memory-load'].isActive(one, context)).to.equal(false);
    expect(await FAULTS['memory-load'].isActive(other, context)).to.equal(true);
  });

  it('is not in force before the memory is taken, and cannot be all of it', async () => {
    const { context, machine, log } = await scene();
    const unit = 'halab-memory-load-512.service';
    machine.processes = [{ pid: 701, parent: 700, name: 'stress-ng-vm', unit, rssKiB: 100 * 1024 }];
    const load = { kind: 'memory-load', node, megabytes: 512 } as const;
    expect(await FAULTS['memory-load'].isActive(load, context)).to.equal(false);
    const failure = await failureOf(FAULTS['memory-load'].inject({ ...load, megabytes: 1024 }, context));
    expect(failure).to.have.property('code', 'fault-failed');
    expect(log.some((line) => line.startsWith('systemd-run'))).to.equal(false);
  });
});

describe('a clock', () => {
  const ahead = { kind: 'clock-skew', node, byMs: 300_000 } as const;
  const behind = { kind: 'clock-skew', node, byMs: -30_000 } as const;

  it('is set by how long the node has been up, before and after, however long that was', async () => {
    const { context, machine, log } = await scene();
    const { bootS } = machine;
    await FAULTS['clock-skew'].inject(ahead, context);
    expect(machine.bootS).to.equal(bootS + 300);
    expect(log.find((line) => line.includes('date --set'))).to.equal(
      `sh -c ${nodeScript('set-clock.sh')} halab 1795000300.000`,
    );
    machine.passes(3_600);
    await FAULTS['clock-skew'].undo(ahead, context);
    expect(machine.bootS).to.equal(bootS);
  });

  it('is left alone by what would set it right, and only what ran before runs after', async () => {
    const { context, machine, log } = await scene();
    machine.units.set('systemd-timesyncd.service', 'active').set('vboxadd-service.service', 'active');
    machine.units.set('ntp.service', 'failed');
    await FAULTS['clock-skew'].inject(ahead, context);
    const stopped = log.indexOf('systemctl stop systemd-timesyncd.service vboxadd-service.service');
    expect(stopped).to.be.within(
      0,
      log.findIndex((line) => line.includes('date --set')),
    );
    await FAULTS['clock-skew'].inject(behind, context);
    await FAULTS['clock-skew'].undo(behind, context);
    const started = log.indexOf('systemctl start systemd-timesyncd.service vboxadd-service.service');
    expect(started).to.be.greaterThan(log.findLastIndex((line) => line.includes('date --set')));
  });

  it('that was moved twice is right again after one undo', async () => {
    const { context, machine } = await scene();
    const { bootS } = machine;
    await FAULTS['clock-skew'].inject(ahead, context);
    await FAULTS['clock-skew'].inject(behind, context);
    expect(machine.bootS).to.equal(bootS - 30);
    await FAULTS['clock-skew'].undo(behind, context);
    expect(machine.bootS).to.equal(bootS);
    for (const each of [ahead, behind]) expect(await FAULTS['clock-skew'].isActive(each, context)).to.equal(false);
  });

  it('is still off if the undo has not set it, and is not for a drift', async () => {
    const { context, machine } = await scene();
    await FAULTS['clock-skew'].inject(ahead, context);
    const { bootS } = machine;
    machine.bootS += 2;
    expect(await FAULTS['clock-skew'].isActive(ahead, context)).to.equal(true);
    await FAULTS['clock-skew'].undo(ahead, context);
    machine.bootS += 2;
    expect(await FAULTS['clock-skew'].isActive(ahead, context)).to.equal(false);
    machine.bootS = bootS;
    expect(await FAULTS['clock-skew'].isActive(ahead, context)).to.equal(true);
  });

  it('of the machine that all nodes run on is not touched; there is nothing to undo then', async () => {
    const { context, log } = await scene();
    const { kernel: _kernel, ...backend } = context.backend;
    const failure = await failureOf((async () => FAULTS['clock-skew'].inject(ahead, { ...context, backend }))());
    expect(failure).to.have.property('code', 'ability-missing');
    await FAULTS['clock-skew'].undo(ahead, { ...context, backend });
    expect(log.some((line) => line.includes('date'))).to.equal(false);
  });

  it('that does not tell the time is not set', async () => {
    const { context, mischief, log } = await scene();
    const command = mischief.command;
    mischief.command = (name, argv, options) =>
      argv[2]?.includes('date +%s') ? { stdout: 'no date\n' } : command?.(name, argv, options);
    expect(await failureOf(FAULTS['clock-skew'].inject(ahead, context))).to.have.property('code', 'command-failed');
    expect(log.some((line) => line.includes('date --set'))).to.equal(false);
  });
});
