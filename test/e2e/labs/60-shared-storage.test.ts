import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { expectNothingLeft, leaksOf } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { onNode, saidOn } from '../../support/real-lab/on-node.js';
import { eventsOf, scenarioOf, stepOf } from '../../support/real-lab/runs.js';
import { until } from '../../support/real-lab/until.js';

const NAME = 'e2e-storage';
const ON = ['--name', NAME];
const HOSTS = ['ha-host1', 'ha-host2'];
const TARGET = 'iqn.2026-01.lab.halab:two-node.shared';
const DEVICE = `/dev/disk/by-path/ip-192.168.56.20:3260-iscsi-${TARGET}-lun-1`;
/** ext4 leaves the first 1,024 bytes of its device alone. */
const WRITE = `dd if=/dev/zero of=${DEVICE} bs=512 count=1 oflag=direct status=none`;
/** Past what was read before, for reads of the device are cached. */
const READ = `dd if=${DEVICE} of=/dev/null bs=4k iflag=direct status=none`;

/** A lab of its own, with a cluster whose web server keeps its files on a disk of the storage host. */
describe('shared storage over iSCSI, of a real cluster', function () {
  this.timeout(180_000);
  const env = { HALAB_REPORTS_DIR: join(temporaryFolder(), 'runs') };
  // biome-ignore lint/suspicious/noExplicitAny: as the schema has it
  let run: any;

  before(async function () {
    this.timeout(420_000);
    needsMachine(this);
    await takeDown(NAME);
    run = await halabJson(['run', 'storage-failover', '--lab', 'two-node', '--keep', 'always', ...ON], {
      env,
      timeoutMs: 360_000,
    });
  });

  after(async () => {
    await takeDown(NAME);
  });

  it('carries a web server from host to host, and what was written is whole after a power cut', () => {
    expect(scenarioOf(run, 'storage-failover').verdict).to.equal('passed');
    for (const step of ['read', 'intact', 'logged-in'])
      expect(stepOf(run, 'storage-failover', step).verdict, step).to.equal('passed');
  });

  it('makes the file system once: a second run finds it, and what is on it', async () => {
    await halabJson(['run', 'shared-storage', '--keep', 'always', ...ON], { env, timeoutMs: 120_000 });
    const said = eventsOf(join(env.HALAB_REPORTS_DIR, 'latest')).find(
      ({ kind, step }) => kind === 'command-finished' && step === 'file-system',
    );
    expect(said?.stdout).to.equal('there is ext4 already\n');
    expect(await on(await holder(), 'cd /srv/web && sha256sum --check record.sha256')).to.include('record: OK');
  });

  it('holds what several write at once: read past the cache it is what was written', async () => {
    const files = 'for file in a b c d; do';
    const written = await on(
      await holder(),
      `cd /srv/web && ${files} dd if=/dev/urandom of=$file bs=1M count=16 status=none & done; wait; sync --file-system .
       ${files} sha256sum < $file; done; echo --; ${files} dd if=$file iflag=direct bs=1M status=none | sha256sum; done`,
    );
    const [cached, direct] = written.split('--').map((sums) => sums.trim());
    expect(direct).to.equal(cached).and.not.equal('');
  });

  it('is refused to an initiator with another secret, and to one that is not on the list', async () => {
    const stranger = 'iqn.2026-01.lab.halab:two-node.node.stranger';
    expect((await login('ha-host1', {})).exitCode).to.equal(0);
    for (const [host, wrong, says] of [
      ['ha-host1', { secret: '0123456789abcdef' }, /Authentication failure/],
      ['iscsi-disks', { initiator: stranger, secret: secretOn('ha-host1') }, /Target not found/],
    ] as const) {
      const { exitCode, stderr } = await login(host, wrong);
      expect(exitCode, stderr).to.not.equal(0);
      expect(stderr).to.match(says);
    }
  });

  it('lets a node mount its own disk and nothing else, and never lift what keeps the machine safe', async () => {
    const host = await holder();
    const [mount = ''] = (await on(host, "grep ' /srv/web ' /proc/mounts")).split('\n');
    expect(mount).to.match(/ ext4 rw,nosuid,nodev,/);
    const tries = [
      'mount -o remount,bind,dev,suid /srv/web',
      'mount -o remount,errors=panic /srv/web',
      'truncate --size 8M /root/own && mkfs.ext4 -q /root/own && mount -t ext4 /root/own /mnt',
      `mount -t ext4 -o errors=panic ${DEVICE} /mnt`,
      'lab-disk mount ../dev/shared rw',
      'lab-disk mount other rw',
      'lab-disk format shared',
      `rm /run/halab-${NAME}/${host}.exports/dev/shared`,
      `touch /run/halab-${NAME}/${host}.exports/dev/more`,
    ];
    const each = tries.map((line) => `if (${line}) > /dev/null 2>&1; then echo '${line}'; fi`);
    expect(await on(host, each.join('\n')), 'what was not refused').to.equal('');
    expect(await on(host, "grep ' /srv/web ' /proc/mounts")).to.include(mount);
  });

  it('fails under one host in each way there is, and works again when healed', async () => {
    const host = await bystander();
    const other = await holder();
    for (const [how, writes, reads] of [
      ['io-error', /Input\/output error/, /Input\/output error/],
      ['read-only', /Input\/output error/, /^$/],
      ['full', /No space left on device/, /^$/],
    ] as const) {
      await inject('lun-fault', host, '--how', how);
      const [write, read] = (await on(host, `${WRITE} 2>&1; echo; echo --; ${READ} count=1 2>&1; :`)).split('--');
      expect(write, `${how}: a write`).to.match(writes);
      expect(read?.trim(), `${how}: a read`).to.match(reads);
      await on(other, 'sync --file-system /srv/web');
      await heal();
      await on(host, WRITE);
    }
  });

  it('is slow under one host', async () => {
    const host = await bystander();
    const timed = `begun=$(date +%s%3N); ${READ} count=30; echo $(($(date +%s%3N) - begun))`;
    const tookMs = async () => Number(await on(host, timed));
    await inject('lun-fault', host, '--how', 'slow');
    const slowMs = await tookMs();
    expect(slowMs).to.be.above(1_500);
    await heal();
    expect(await tookMs()).to.be.below(slowMs / 2);
  });

  it('answers no host while its target is stopped, and all but one while that one is cut off; what waits goes on', async () => {
    const [cut, other] = [await bystander(), await holder()];
    for (const [kind, node, waiting, served] of [
      ['initiator-cut', cut, [cut], [other]],
      ['target-stop', 'iscsi-disks', [cut, other], []],
    ] as const) {
      await inject(kind, node);
      for (const host of waiting)
        await on(
          host,
          `setsid sh -c 'rm -f /run/read; ${READ} count=1 skip=7 && touch /run/read' > /dev/null 2>&1 < /dev/null &`,
        );
      for (const host of served) await on(host, `${READ} count=1 skip=7`);
      for (const host of waiting)
        expect(await onNode(NAME, host, ['test', '-e', '/run/read']), host).to.include({ exitCode: 1 });
      await heal();
      for (const host of waiting) {
        const isRead = async () => (await onNode(NAME, host, ['test', '-e', '/run/read'])).exitCode === 0;
        await until(`the read on ${host} after ${kind}`, isRead, { withinMs: 60_000 });
      }
    }
    expect(
      await on(other, 'cd /srv/web && touch alive && sync --file-system . && sha256sum --check record.sha256'),
    ).to.include('OK');
  });

  it('takes the loop device of a host with its power, and gives it back with it', async () => {
    const host = await bystander();
    const loops = () => leaksOf(NAME).filter((leak) => leak.startsWith('loop') && leak.includes(`/${host}.`));
    expect(loops()).to.have.length(1);
    await inject('power-off', host);
    await until('its loop device to go', () => loops().length === 0, {
      withinMs: 10_000,
      seen: () => loops().join('\n'),
    });
    await heal();
    await until('the disk', async () => (await complaint(host, `${READ} count=1`)) === '', { withinMs: 30_000 });
  });

  it('serves its disks again after the storage host has lost its power', async () => {
    await inject('power-off', 'iscsi-disks');
    await heal();
    const secret = secretOn('ha-host1');
    // Logins are accepted before tgt has read its configuration.
    const targets = () => on('iscsi-disks', 'tgtadm --lld iscsi --mode target --op show');
    await until('its target', async () => (await targets()).includes(TARGET), { withinMs: 30_000 });
    expect(await on('iscsi-disks', 'cat /etc/tgt/conf.d/lab.conf')).to.include(secret);
    const host = await holder();
    const written = async () => (await complaint(host, 'touch /srv/web/again && sync --file-system /srv/web')) === '';
    await until('a write', written, { withinMs: 60_000 });
  });

  it('leaves nothing on the machine: no loop device, no mount, no process', async () => {
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });

  function on(host: string, line: string): Promise<string> {
    return saidOn(NAME, host, ['sh', '-c', line]);
  }

  /** What a command says on stderr; empty where it is content. */
  async function complaint(host: string, line: string): Promise<string> {
    const { exitCode, stderr } = await onNode(NAME, host, ['sh', '-c', line]);
    return exitCode === 0 ? '' : stderr || `exit code ${exitCode}`;
  }

  async function holder(): Promise<string> {
    const said = await on('ha-host1', 'crm_resource --resource web-fs --locate 2>&1');
    return /ha-host\d/.exec(said)?.[0] ?? said;
  }

  async function bystander(): Promise<string> {
    const its = await holder();
    return HOSTS.find((host) => host !== its) ?? '';
  }

  async function inject(kind: string, node: string, ...flags: readonly string[]): Promise<void> {
    const { exitCode, stderr } = await halab(['fault', 'inject', kind, node, ...flags, ...ON]);
    expect(exitCode, stderr).to.equal(0);
  }

  async function heal(): Promise<void> {
    const { exitCode, stdout, stderr } = await halab(['heal', ...ON]);
    expect(exitCode, stdout + stderr).to.equal(0);
  }

  function secretOn(host: string): string {
    return readFileSync(`/var/lib/halab/halab-${NAME}/nodes/${host}/upper/etc/lab-disks/secret`, 'utf8');
  }

  /** Asks for the size of the disk, and logs out. */
  function login(host: string, { secret = secretOn(host), initiator = `iqn.2026-01.lab.halab:two-node.node.${host}` }) {
    const lun = `driver=iscsi,node-name=lun,transport=tcp,portal=192.168.56.20:3260,target=${TARGET},lun=1`;
    const words = `--object secret,id=chap,data=${secret} --blockdev ${lun},initiator-name=${initiator},user=lab,password-secret=chap`;
    return onNode(NAME, host, [
      'sh',
      '-c',
      `timeout 20 qemu-storage-daemon --daemonize --pidfile /run/try.pid ${words} && kill $(cat /run/try.pid)`,
    ]);
  }
});
