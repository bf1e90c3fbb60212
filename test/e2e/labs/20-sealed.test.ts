import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { halabJson } from '../../support/real-lab/halab.js';
import { laneLab, nodeOf } from '../../support/real-lab/labs.js';
import { textOf } from '../../support/real-lab/leaks.js';
import { needsMachine } from '../../support/real-lab/machine.js';
import { onNode, saidOn } from '../../support/real-lab/on-node.js';

const LAB = laneLab(import.meta.dirname);
const MARK = 'halab-e2e-was-here';

/** Files of the machine's kernel that root in a node would own if it were root outside as well. */
const SYSCTLS = [
  'kernel/core_pattern',
  'kernel/sysrq',
  'kernel/modprobe',
  'kernel/panic',
  'vm/swappiness',
  'fs/suid_dumpable',
];

/** What root of a node tries; each is a shell line that succeeds only if it got through. */
const ATTEMPTS: Readonly<Record<string, string>> = {
  'sysctl of the machine': 'sysctl -q -w kernel.panic=77',
  'writing /proc/sys': `echo '|/${MARK}' > /proc/sys/kernel/core_pattern`,
  'remounting /proc/sys writable': `mount -o remount,rw,bind /proc/sys && echo '|/${MARK}' > /proc/sys/kernel/core_pattern`,
  'taking the seal off /proc/sys': `umount /proc/sys && echo '|/${MARK}' > /proc/sys/kernel/core_pattern`,
  'a fresh /proc': `mount -t proc proc /mnt && echo '|/${MARK}' > /mnt/sys/kernel/core_pattern`,
  'a fresh /proc in new namespaces': `unshare -mpf sh -c "mount -t proc proc /mnt && echo 77 > /mnt/sys/vm/swappiness"`,
  'the magic key': 'echo h > /proc/sysrq-trigger',
  'the helper for uevents': `echo /${MARK} > /sys/kernel/uevent_helper`,
  'the v1 device cgroups': `mount -t cgroup -o devices none /mnt && mkdir /mnt/${MARK}`,
  'the v1 freezer': `mount -t cgroup -o freezer none /mnt && mkdir /mnt/${MARK}`,
  'the v1 memory cgroups': `mount -t cgroup -o memory none /mnt && mkdir /mnt/${MARK}`,
  'a release agent': `mount -t cgroup -o devices none /mnt && echo /${MARK} > /mnt/release_agent`,
  'the cgroups of the machine': 'mount -t cgroup2 none /mnt && ls -d /mnt/halab-*',
  'a device node': 'mknod /mnt/disk b 8 0 && head -c1 /mnt/disk',
  'the memory of the machine': 'head -c1 /dev/mem || head -c1 /proc/kcore',
  'a kernel module': 'modprobe dummy || insmod /dev/null',
  'the clock of the machine': 'date -s "2001-01-01 00:00:00"',
};

describe('root in a node', function () {
  this.timeout(120_000);

  before(async function () {
    needsMachine(this);
    await halabJson(['up', '--name', LAB]);
  });

  after(() => {
    for (const [file, value] of values) if (readSysctl(file) !== value) writeFileSync(`/proc/sys/${file}`, value);
  });

  const present = SYSCTLS.filter((file) => existsSync(`/proc/sys/${file}`));
  const values = new Map(present.map((file) => [file, readSysctl(file)]));

  it('is not root on the host', async () => {
    const { owner } = (await nodeOf(LAB, 'ha-host1')) ?? {};
    const inside = processesOf('ha-host1');
    expect(inside.map(({ pid }) => pid)).to.include(owner?.pid);
    expect(inside.length).to.be.greaterThan(5);
    for (const { pid, command, ids } of inside) {
      for (const id of ids) expect(id, `user id of process ${pid}, ${command}`).to.be.at.least(65_536);
    }
    expect((await saidOn(LAB, 'ha-host1', ['id', '-u'])).trim()).to.equal('0');
  });

  for (const [what, line] of Object.entries(ATTEMPTS)) {
    it(`is refused ${what}`, async () => {
      const script = `umount /mnt 2>/dev/null; ${line}; got=$?; umount /mnt 2>/dev/null; exit $got`;
      const answer = await onNode(LAB, 'ha-host1', ['unshare', '--mount', 'sh', '-c', script]);
      expect(answer.exitCode, `${answer.stdout}${answer.stderr}`).to.not.equal(0);
      expect([...values.keys()].map(readSysctl), 'sysctls of the machine').to.deep.equal([...values.values()]);
      expect(marksOutside(), 'what was made on the machine').to.deep.equal([]);
    });
  }

  it('may do what a node is for', async () => {
    const line = 'mount -t tmpfs none /mnt && ip link add v0 type veth peer name v1 && ip link delete v0';
    await saidOn(LAB, 'ha-host1', ['unshare', '--mount', 'sh', '-c', line]);
  });
});

function readSysctl(file: string): string {
  return readFileSync(`/proc/sys/${file}`, 'utf8').trim();
}

/** systemd-nspawn and all that runs in a node, with their real, effective, saved and file system user ids outside. */
function processesOf(
  node: string,
): readonly { readonly pid: number; readonly command: string; readonly ids: readonly number[] }[] {
  const cgroup = new RegExp(`halab-${LAB}[/.]${node}(\\.service)?/(payload|supervisor)`);
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && cgroup.test(textOf(`/proc/${entry}/cgroup`)))
    .map((entry) => {
      const status = textOf(`/proc/${entry}/status`);
      const ids = /^Uid:\s+(.*)$/m.exec(status)?.[1]?.split(/\s+/).map(Number) ?? [];
      return { pid: Number(entry), command: /^Name:\s+(.*)$/m.exec(status)?.[1] ?? '', ids };
    });
}

function marksOutside(): readonly string[] {
  return ['/', '/sys/fs/cgroup', ...readdirSync('/sys/fs/cgroup').map((name) => `/sys/fs/cgroup/${name}`)]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => entriesOf(folder).filter((name) => name.includes(MARK)));
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    throw error;
  }
}
