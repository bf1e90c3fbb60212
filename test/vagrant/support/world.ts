import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { ProcessOptions } from '../../../src/ports/process.js';
import { createProcessRunner } from '../../../src/system/process-runner.js';
import { hostNetwork, textOf } from '../../support/real-lab/leaks.js';
import { until } from '../../support/real-lab/until.js';

const START_MS = 90_000;
const STOP_MS = 20_000;
const WORLD = fileURLToPath(new URL('world.sh', import.meta.url));
const ENTER = fileURLToPath(new URL('enter.sh', import.meta.url));
const SPACES = ['net', 'mnt', 'pid', 'ipc', 'uts'] as const;
const PROGRAMS = ['unshare', 'nsenter', 'ip', 'vagrant', 'virsh', 'libvirtd', 'dnsmasq', 'qemu-system-x86_64'] as const;

/** A private network with a libvirt of its own in it, and no way out. Nothing in it can be seen from the machine. */
export interface World {
  /** Stands before a program and its arguments; the working folder stays. */
  readonly enter: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  run(argv: readonly string[], options: ProcessOptions): Promise<Ended>;
  /** Ends every process in it. Throws if anything of it is left on the machine. May run twice. */
  stop(): Promise<void>;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why there can be no world on this machine; undefined if there can. */
export function whyNoWorld(): string | undefined {
  if (process.platform !== 'linux') return `a private world needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'a private world needs root';
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  const missing = PROGRAMS.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  return missing.length > 0 ? `not on this machine: ${missing.join(', ')}` : undefined;
}

/** `folder` takes what libvirt and Vagrant write, and is the caller's to remove. The world ends with this process, too. */
export async function startWorld(folder: string): Promise<World> {
  mkdirSync(folder, { recursive: true });
  const network = hostNetwork();
  const child = spawn('unshare', [...unshareWords(), 'sh', WORLD, folder], { stdio: 'pipe', detached: true });
  const said = listen(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (spaces: ReadonlySet<string>) => {
    child.stdin.end();
    await endOf(child, ended);
    await until('the end of every process of the world', () => livingIn(spaces).length === 0, {
      withinMs: STOP_MS,
      seen: () => livingIn(spaces).join('\n'),
    });
    expect(hostNetwork(), 'the machine’s own network').to.deep.equal(network);
    expect(readFileSync('/proc/self/mounts', 'utf8'), 'mounts of the machine').to.not.include(folder);
  };
  try {
    await until('libvirt in the world', () => said.text.includes('ready\n') || child.exitCode !== null, {
      withinMs: START_MS,
      seen: () => said.text,
    });
    expect(child.exitCode, said.text).to.equal(null);
  } catch (error) {
    await stop(new Set());
    throw error;
  }
  const pid = firstProcess(child.pid);
  const spaces = spacesOf(pid);
  return worldOf(folder, pid, () => stop(spaces));
}

function unshareWords(): readonly string[] {
  const spaces = ['--net', '--mount', '--pid', '--ipc', '--uts'];
  return [...spaces, '--fork', '--kill-child', '--mount-proc', '--propagation', 'private'];
}

function worldOf(folder: string, pid: string, stop: () => Promise<void>): World {
  const enter = ['sh', ENTER, pid];
  const env = {
    HOME: join(folder, 'home'),
    VAGRANT_HOME: join(folder, 'home/.vagrant.d'),
    VAGRANT_DEFAULT_PROVIDER: 'libvirt',
    VAGRANT_CHECKPOINT_DISABLE: '1',
    LIBVIRT_DEFAULT_URI: 'qemu:///system',
    TMPDIR: join(folder, 'tmp'),
    LC_ALL: 'C.UTF-8',
  };
  const processes = createProcessRunner();
  const run = (argv: readonly string[], options: ProcessOptions) =>
    processes.run([...enter, ...argv], { ...options, env: { ...env, ...options.env } });
  return { enter, env, run, stop };
}

function listen(child: ChildProcess): { text: string } {
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said.text += chunk;
    });
  }
  child.on('error', (error) => {
    said.text += String(error);
  });
  // One that has ended already reads no more; how it ended is looked at instead.
  child.stdin?.on('error', () => undefined);
  return said;
}

/** Its first process ends when its standard input does; one that hangs is killed, and takes its namespace with it. */
async function endOf(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

function firstProcess(unshare: number | undefined): string {
  const [pid = ''] = textOf(`/proc/${unshare}/task/${unshare}/children`).trim().split(' ');
  expect(pid, 'the first process of the world').to.match(/^\d+$/);
  return pid;
}

function spacesOf(pid: string): ReadonlySet<string> {
  return new Set(SPACES.map((space) => spaceOf(pid, space)));
}

/** `net:[4026532008]`; empty for a process that is gone by now, or that not even root may look into. */
function spaceOf(pid: string, space: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/${space}`);
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

function livingIn(spaces: ReadonlySet<string>): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && SPACES.some((space) => spaces.has(spaceOf(entry, space))))
    .map((pid) => `${pid} ${textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`);
}
