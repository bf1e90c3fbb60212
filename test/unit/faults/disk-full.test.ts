import { expect } from 'chai';
import { fullPathRefusal } from '../../../src/faults/disk-full.js';
import { FAULTS } from '../../../src/faults/index.js';
import { pretendMachine } from './support/pretend-machine.js';

const node = 'ha-host1';
const full = { kind: 'disk-full', node, path: '/var/lib/pacemaker' } as const;
const driver = FAULTS['disk-full'];

async function refusalOf(work: Promise<unknown>): Promise<{ readonly code?: string; readonly message?: string }> {
  return work.then(
    () => ({}),
    (error: { code?: string; message?: string }) => error,
  );
}

describe('a full disk', () => {
  it('is a file system of the size of what is there, and that much is told', async () => {
    const { context, log } = await pretendMachine();
    await driver.inject(full, context);
    const cover = log.find((line) => line.startsWith('sh -euc') && line.includes('dd if=/dev/zero'));
    expect(cover).to.match(/ halab \/var\/lib\/pacemaker \/run\/halab-full\/var\/lib\/pacemaker 308$/);
    expect(cover?.indexOf('--make-private')).to.be.lessThan(cover?.indexOf('-t tmpfs') ?? 0);
  });

  it('is in force while it is mounted, and not by anything else that is', async () => {
    const { context, machine } = await pretendMachine();
    machine.mounts.push({ point: '/var/lib/pacemaker', source: '/dev/sdb1' });
    expect(await driver.isActive(full, context)).to.equal(false);
  });

  it('is refused where something is mounted, inside or around', async () => {
    const { context, machine } = await pretendMachine();
    machine.mounts.push({ point: '/var/log/journal', source: '/dev/sdb1' });
    expect(await refusalOf(driver.inject({ ...full, path: '/var/log' }, context)))
      .to.include({ code: 'fault-failed' })
      .and.property('message')
      .match(/\/var\/log\/journal on ha-host1 is a file system of its own/);
    await driver.inject({ ...full, path: '/var/lib' }, context);
    expect(await refusalOf(driver.inject(full, context)))
      .to.have.property('message')
      .match(/\/var\/lib on ha-host1 is full already/);
  });

  it('is refused for a folder that is not there, or is a link, or holds too much', async () => {
    const { context } = await pretendMachine();
    expect((await refusalOf(driver.inject({ ...full, path: '/srv' }, context))).message).to.match(/is no folder/);
    expect((await refusalOf(driver.inject({ ...full, path: '/var/lib/big' }, context))).message).to.match(
      /holds 68 MiB, more than would be copied/,
    );
    expect((await refusalOf(driver.inject({ ...full, path: '/etc' }, context))).message).to.match(/healed/);
  });

  it('lets pacemaker write its CIB again, if that is what it makes of the signal', async () => {
    for (const [path, signals, isSent] of [
      ['/var/lib/pacemaker', '0000000000015a10', true],
      ['/var/lib', '0000000000015a10', true],
      ['/var/lib/pacemaker', '0000000000014a10', false],
      ['/var/log', '0000000000015a10', false],
    ] as const) {
      const { context, machine, log, mischief } = await pretendMachine();
      machine.signals = signals;
      const command = mischief.command;
      mischief.command = (name, argv, options) =>
        argv[0] === 'ps' ? { stdout: ' 311 301 S\n' } : command?.(name, argv, options);
      await driver.inject({ ...full, path }, context);
      await driver.undo({ ...full, path }, context);
      expect(log.includes('kill -PIPE 311'), `${path} ${signals}`).to.equal(isSent);
    }
  });
});

describe('folders that may be full', () => {
  for (const path of ['/var/lib/pacemaker', '/var/log', '/etc/corosync', '/srv/www.1', '/usrlocal'])
    it(`${path} may`, () => expect(fullPathRefusal(path)).to.equal(undefined));

  for (const path of [
    '/',
    '/etc',
    '/var',
    '/proc',
    '/proc/1',
    '/sys/fs',
    '/dev/shm',
    '/run/x',
    '/usr/lib',
    '/lib64',
    '/tmp',
  ])
    it(`${path} may not`, () => expect(fullPathRefusal(path)?.message).to.match(/could not be healed/));

  for (const path of ['var/log', '', '/var/log/', '/var//log', '/var/../etc', '/var/./log', '/var/lo g', '/var/$(x)'])
    it(`'${path}' is not the whole path of one`, () => expect(fullPathRefusal(path)?.message).to.match(/whole path/));
});
