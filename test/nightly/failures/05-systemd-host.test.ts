import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Answer, start, TOP } from '../../support/real-lab/halab.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { until } from '../../support/real-lab/until.js';

const MINUTE = 60_000;
const PACKAGES = 'systemd-sysv,dbus,systemd-container,mmdebstrap,iproute2,procps,debian-archive-keyring';

/**
 * Boots the host in a mount namespace in which cgroup2 is all there is. Its /proc and /sys are left unmasked: what a
 * container may not see whole, its own containers may not mount. Arguments: tree, state, reports, cache, project, node.
 */
const BOOT_HOST = `
set -eu
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 e2e-host /sys/fs/cgroup
mkdir -p /sys/fs/cgroup/e2e-host
echo $$ > /sys/fs/cgroup/e2e-host/cgroup.procs
export SYSTEMD_NSPAWN_API_VFS_WRITABLE=yes SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
exec systemd-nspawn --quiet --boot --directory="$1" --machine=e2e-host --register=no --keep-unit --private-network \\
  --capability=all --resolv-conf=off --bind="$2:/var/lib/halab" --bind="$3:/reports" --bind="$4:/var/cache/halab" \\
  --bind-ro="$5" --bind-ro="$6"
`;
const END_HOST = `
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 e2e-host /sys/fs/cgroup
[ -d /sys/fs/cgroup/e2e-host ] || exit 0
echo 1 > /sys/fs/cgroup/e2e-host/cgroup.kill
for i in $(seq 250); do grep -q 'populated 0' /sys/fs/cgroup/e2e-host/cgroup.events && break; sleep 0.02; done
find /sys/fs/cgroup/e2e-host -depth -type d -exec rmdir {} +
`;

/** A Debian whose PID 1 is systemd and whose cgroups are version 2 alone, as a container of its own on this machine. */
describe('a host that systemd runs', function () {
  this.timeout(20 * MINUTE);
  const folder = temporaryFolder();
  const tree = join(folder, 'host');
  let leader = 0;

  before(async function () {
    needsMachine(this);
    const built = await run(['mmdebstrap', '--variant=minbase', `--include=${PACKAGES}`, 'bookworm', tree]);
    expect(built.exitCode, built.stderr).to.equal(0);
    for (const name of ['state', 'reports']) mkdirSync(join(folder, name));
    const host = start(
      [
        ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c', BOOT_HOST, 'boot-host', tree],
        ...[
          join(folder, 'state'),
          join(folder, 'reports'),
          '/var/cache/halab',
          TOP.replace(/\/$/, ''),
          process.execPath,
        ],
      ],
      { timeoutMs: 19 * MINUTE },
    );
    host.stdin.end();
    const hasBooted = () => {
      leader = leaderOf(host.pid);
      return leader > 0 && host.said.stdout.includes('login:');
    };
    await until('the boot of the host', hasBooted, {
      withinMs: MINUTE,
      seen: () => host.said.stdout + host.said.stderr,
    });
  });

  after(async () => {
    await run(['unshare', '--mount', '--propagation', 'private', 'sh', '-c', END_HOST]);
  });

  const inside = (...argv: string[]) =>
    run([
      ...['nsenter', '--target', String(leader), '--all', '--root', 'env', 'HALAB_REPORTS_DIR=/reports'],
      ...['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'sh', '-c', 'cd /; exec "$@"', 'inside', ...argv],
    ]);
  const halabInside = (...words: string[]) => inside(process.execPath, join(TOP, 'bin/halab.js'), ...words);

  it('keeps each node in a unit of its own while the lab is up', async () => {
    const up = await halabInside('up', 'two-node', '--name', 'e2e-unit');
    expect(up.exitCode, up.stderr).to.equal(0);
    const units = await inside('systemctl', 'list-units', '--no-legend', '--plain', 'halab-e2e-unit.*');
    for (const node of ['iscsi-disks', 'ha-host1', 'ha-host2']) {
      expect(units.stdout).to.match(new RegExp(`halab-e2e-unit\\.${node}\\.service +loaded active running`));
    }
    const status = JSON.parse((await halabInside('status', '--json')).stdout);
    expect(status.labs[0].nodes[1].owner.unit).to.equal('halab-e2e-unit.ha-host1.service');
    const down = await halabInside('down', '--name', 'e2e-unit');
    expect(down.exitCode, down.stderr).to.equal(0);
  });

  it('runs the walk-through, and is left as it was', async () => {
    const { exitCode, stdout, stderr } = await halabInside('run', join(TOP, 'scenarios/walkthrough'), '--json');
    expect(JSON.parse(stdout).verdict, stderr).to.equal('passed');
    expect(exitCode).to.equal(0);
    const left = await inside(
      ...[
        'sh',
        '-c',
        'systemctl list-units --all --no-legend "halab*"; ls /run/netns /var/lib/halab /run | grep halab-',
      ],
    );
    expect(left.stdout).to.equal('');
  });
});

function run(argv: readonly string[]): Promise<Answer> {
  const running = start(argv, { timeoutMs: 10 * MINUTE });
  running.stdin.end();
  return running.ended;
}

/** The container's PID 1: the one child of systemd-nspawn, which the shell has become. */
function leaderOf(supervisor: number): number {
  const file = `/proc/${supervisor}/task/${supervisor}/children`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').trim().split(' ')[0] ?? 0) : 0;
}
