import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createProcessRunner } from '../../../../src/system/process-runner.js';
import { TOP } from '../../../support/real-lab/halab.js';
import { hostNetwork, textOf } from '../../../support/real-lab/leaks.js';
import { until } from '../../../support/real-lab/until.js';

const START_MS = 30_000;
const END_MS = 20_000;
const NET = '10.9.0';
const IMAGES = '/var/cache/halab/images';
const PROGRAMS = ['slurmctld', 'slurmd', 'sbatch', 'munged', 'sshd', 'rsync', 'unshare', 'nsenter', 'ip'] as const;
const script = (name: string) => join(import.meta.dirname, name);

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine of its own, but for the kernel and the programs. */
export interface Machine {
  readonly name: string;
  readonly address: string;
  /** What it has written, by path: `file('/var/log/slurm')` is where the real machine finds it. */
  file(path: string): string;
  /** Any exit code. */
  run(argv: readonly string[], options?: RunOptions): Promise<Ended>;
  /** It must succeed; returns what it printed. */
  must(argv: readonly string[], options?: RunOptions): Promise<string>;
  /** Stands before a program and its arguments. */
  readonly enter: readonly string[];
  /** Every process on it ends at once, as without power; what it had on its disk stays. */
  kill(): Promise<void>;
  boot(): Promise<void>;
}

interface RunOptions {
  readonly timeoutMs?: number;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Machines on a private network, with no way out. The real machine's own network is not touched. */
export interface Machines {
  readonly of: Readonly<Record<string, Machine>>;
  /** Ends every process in it. Throws if anything is left on the real machine. May run twice. */
  stop(): Promise<void>;
}

/** Why there can be none on this machine; undefined if there can. */
export function whyNoMachines(): string | undefined {
  if (process.platform !== 'linux') return `machines in namespaces need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'machines in namespaces need root';
  if (TOP.startsWith('/tmp/'))
    return 'each machine has a /tmp of its own, and this checkout is in that of the real one';
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  const missing = PROGRAMS.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  return missing.length > 0 ? `not on this machine: ${missing.join(', ')} (node tools/setup.mjs --pool)` : undefined;
}

/** `folder` is the caller's to remove, and must lie on an ordinary disk. All of them let one another in by ssh, as root. */
export async function startMachines(folder: string, names: readonly string[]): Promise<Machines> {
  const network = hostNetwork();
  const world = await startFirst(['--net', '--mount'], [script('switch.sh')]);
  const machines: Machine[] = [];
  const stop = async () => {
    for (const machine of machines) await machine.kill();
    await endOf(world);
    expect(hostNetwork(), 'the network of the real machine').to.deep.equal(network);
  };
  try {
    for (const [index, name] of names.entries()) {
      const machine = machineOn(world, join(folder, name), name, index);
      machines.push(machine);
      await machine.boot();
    }
    await letIn(machines);
    return { of: Object.fromEntries(machines.map((each) => [each.name, each])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first process of new namespaces, and what holds it. */
interface First {
  readonly holder: ChildProcess;
  readonly pid: string;
}

async function startFirst(spaces: readonly string[], [file = '', ...args]: readonly string[]): Promise<First> {
  const flags = [...spaces, '--fork', '--kill-child', '--propagation', 'private'];
  const holder = spawn('unshare', [...flags, 'sh', file, ...args], { stdio: 'pipe', detached: true });
  const said = listen(holder);
  await until(
    `the start of ${args[1] ?? 'the network'}`,
    () => said.text.includes('ready\n') || holder.exitCode !== null,
    {
      withinMs: START_MS,
      seen: () => said.text,
    },
  );
  expect(holder.exitCode, said.text).to.equal(null);
  const pid = textOf(`/proc/${holder.pid}/task/${holder.pid}/children`).trim().split(' ')[0] ?? '';
  return { holder, pid };
}

async function endOf({ holder }: First): Promise<void> {
  if (holder.exitCode !== null || holder.signalCode !== null) return;
  const ended = once(holder, 'close');
  holder.stdin?.end();
  const timer = setTimeout(() => holder.kill('SIGKILL'), END_MS);
  await ended;
  clearTimeout(timer);
}

const SPACES = ['--net', '--mount', '--pid', '--ipc', '--uts', '--mount-proc'];

function machineOn(world: First, folder: string, name: string, index: number): Machine {
  const address = `${NET}.${10 + index}`;
  const runner = createProcessRunner();
  let first: First | undefined;
  const pid = () => first?.pid ?? expect.fail(`${name} is off`);
  const machine: Machine = {
    name,
    address,
    file: (path) => placeOf(folder, path),
    get enter() {
      return ['nsenter', '--target', pid(), '--net', '--mount', '--pid', '--ipc', '--uts', '--wdns=/', '--'];
    },
    run: (argv, { timeoutMs = 60_000, ...options } = {}) =>
      runner.run([...machine.enter, ...argv], { timeoutMs, ...options }),
    async must(argv, options) {
      const { exitCode, stdout, stderr } = await machine.run(argv, options);
      expect(exitCode, `${name}: ${argv.join(' ')}\n${stdout}\n${stderr}`).to.equal(0);
      return stdout;
    },
    async kill() {
      if (first === undefined) return;
      const left = await labsOn(machine);
      const space = readlinkSync(`/proc/${first.pid}/ns/pid`);
      first.holder.kill('SIGKILL');
      process.kill(Number(first.pid), 'SIGKILL');
      first = undefined;
      await until(`the end of every process of ${name}`, () => livingIn(space).length === 0, {
        withinMs: END_MS,
        seen: () => livingIn(space).join('\n'),
      });
      // The kernel of a real machine would be gone, too.
      for (const lab of left) clearCgroups(lab);
    },
    async boot() {
      if (first !== undefined) return;
      mkdirSync(folder, { recursive: true });
      first = await startFirst(SPACES, [script('machine.sh'), folder, name, TOP, IMAGES]);
      plugIn(world, first, address, index);
    },
  };
  return machine;
}

/** The parts of its disk that are its own: see machine.sh. */
const OWN_PLACES: readonly (readonly [string, string])[] = [
  ['/var/lib/halab', 'state'],
  [join(TOP, 'reports'), 'reports'],
  ['/tmp', 'tmp'],
  ['/etc', 'etc'],
  ['/var', 'var'],
  ['/root', 'root'],
];

function placeOf(folder: string, path: string): string {
  const [place, own] = OWN_PLACES.find(([each]) => path.startsWith(`${each}/`)) ?? expect.fail(`${path} is shared`);
  return join(folder, own, path.slice(place.length));
}

function plugIn(world: First, { pid }: First, address: string, index: number): void {
  const at = (target: string, ...argv: string[]) =>
    execFileSync('nsenter', ['--target', target, '--net', 'ip', ...argv]);
  at(world.pid, 'link', 'add', `v${index}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pid);
  at(world.pid, 'link', 'set', `v${index}`, 'master', 'br0', 'up');
  at(pid, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
  at(pid, 'link', 'set', 'eth0', 'up');
}

async function letIn(machines: readonly Machine[]): Promise<void> {
  const [head] = machines;
  if (head === undefined) return;
  await head.must(['sh', '-c', 'mkdir -p /root/.ssh; ssh-keygen -q -t ed25519 -N "" -f /root/.ssh/id_ed25519']);
  const key = await head.must(['cat', '/root/.ssh/id_ed25519.pub']);
  const add = 'mkdir -p /root/.ssh; cat > /root/.ssh/authorized_keys; chmod go-w /root; chmod -R go= /root/.ssh';
  for (const machine of machines) await machine.must(['sh', '-c', add], { stdin: key });
  const known = [];
  for (const { address, must } of machines)
    known.push(`${address} ${await must(['cat', '/etc/ssh/ssh_host_ed25519_key.pub'])}`);
  await head.must(['sh', '-c', 'cat > /root/.ssh/known_hosts'], { stdin: known.join('') });
}

/** Labs that run on it. */
async function labsOn(machine: Machine): Promise<readonly string[]> {
  const { stdout } = await machine.run(['ls', '/run/netns', '/var/lib/halab']);
  return [...new Set([...stdout.matchAll(/halab-([a-z0-9-]+)/g)].map(([, lab = '']) => lab))];
}

const CLEAR_CGROUPS = `
find /sys/fs/cgroup -depth -type d -path "*halab-$1*" -exec rmdir {} + 2>/dev/null
umount -R /sys/fs/cgroup 2>/dev/null
mount -t cgroup2 none /sys/fs/cgroup && find /sys/fs/cgroup -depth -type d -path "*halab-$1*" -exec rmdir {} +
:`;

function clearCgroups(lab: string): void {
  execFileSync('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', CLEAR_CGROUPS, 'clear-cgroups', lab]);
}

function listen(child: ChildProcess): { text: string } {
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said.text += chunk;
    });
  child.stdin?.on('error', () => undefined);
  return said;
}

function livingIn(space: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && spaceOf(entry) === space)
    .map((pid) => `${pid} ${textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`);
}

function spaceOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
