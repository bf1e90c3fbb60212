import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const FOLDERS = ['/run', '/run/lock', '/run/netns', '/run/systemd/nspawn', '/var/lib/halab'];

/** cgroup2 as it is, wherever the machine has it mounted or not; v1 hierarchies beside it. */
const FIND_CGROUPS = `
find /sys/fs/cgroup -type d "$1" "$2" 2>/dev/null
umount -R /sys/fs/cgroup 2>/dev/null
mount -t cgroup2 none /sys/fs/cgroup && find /sys/fs/cgroup -type d "$1" "$2"
:`;

/** Everything on this machine that carries a lab's label, by kind; empty after `down`. */
export function leaksOf(name: string): readonly string[] {
  const label = new RegExp(`halab-${name}(?![a-z0-9-])`);
  return [
    ...FOLDERS.flatMap((folder) => entriesOf(folder).map((entry) => `folder ${join(folder, entry)}`)),
    ...mounts().map((line) => `mount ${line}`),
    ...processes().map((line) => `process ${line}`),
    ...cgroups(`halab-${name}`).map((path) => `cgroup ${path}`),
    ...units().map((line) => `unit ${line}`),
    ...loops().map((line) => `loop device ${line}`),
  ].filter((each) => label.test(each));
}

export function expectNothingLeft(name: string): void {
  expect(leaksOf(name), `left of ${name}`).to.deep.equal([]);
}

function entriesOf(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function mounts(): readonly string[] {
  return readFileSync('/proc/self/mounts', 'utf8').split('\n');
}

/**
 * Command line and cgroup of each: what lives in a node carries the label in the latter only. One that has ended and
 * waits for the machine's PID 1 to take note is none any more.
 */
function processes(): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
    .filter((pid) => !/\) Z 1 /.test(textOf(`/proc/${pid}/stat`)))
    .map((pid) => `${pid} ${textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')} ${textOf(`/proc/${pid}/cgroup`)}`);
}

/** Of a file below /proc or /sys; empty where what it describes is gone by now. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENODEV', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

function cgroups(label: string): readonly string[] {
  return findCgroups('-name', `*${label}*`);
}

/** The groups of what runs inside a node, below the group that the lab gave it. */
export function groupsInside(name: string, node: string): readonly string[] {
  return findCgroups('-path', `*halab-${name}*${node}/payload*`);
}

function findCgroups(test: '-name' | '-path', pattern: string): readonly string[] {
  const find = ['sh', '-c', FIND_CGROUPS, 'find-cgroups', test, pattern];
  return linesOf(['unshare', '--mount', '--propagation', 'private', ...find]);
}

function units(): readonly string[] {
  if (!existsSync('/run/systemd/system')) return [];
  return linesOf(['systemctl', 'list-units', '--all', '--plain', '--no-legend', 'halab-*']);
}

/** With the file behind each, whose path carries the label. */
function loops(): readonly string[] {
  return readdirSync('/sys/block')
    .filter((name) => name.startsWith('loop'))
    .map((name) => `${name} ${textOf(`/sys/block/${name}/loop/backing_file`).trim()}`);
}

function linesOf([file = '', ...args]: readonly string[]): readonly string[] {
  return execFileSync(file, args, { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** What the machine's own network namespace holds; the same before a lab, while it is up, and after. */
export function hostNetwork(): Readonly<Record<string, string>> {
  const show = (...argv: readonly string[]) =>
    linesOf(argv)
      .join('\n')
      .replaceAll(/ (valid_lft|preferred_lft) \S+/g, '');
  return {
    addresses: show('ip', '-o', 'addr'),
    links: show('ip', '-o', 'link'),
    routes: show('ip', 'route', 'show', 'table', 'all'),
    rules: show('ip', 'rule'),
    firewall: hasProgram('nft') ? show('nft', 'list', 'ruleset') : 'no nft on this machine',
  };
}

function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name)));
}
