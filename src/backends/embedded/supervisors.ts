import { readdirSync, readFileSync } from 'node:fs';
import { labelOf } from './names.js';

/** A running container, found on the machine by its label and never from memory. */
export interface Supervisor {
  readonly node: string;
  /** Of systemd-nspawn, which lives as long as the node does. */
  readonly pid: number;
  /** Of the node's own PID 1, once there is one. */
  readonly leader: number | undefined;
  /** The node's cgroup below the root of cgroup2. */
  readonly cgroup: string;
  readonly state: 'running' | 'starting';
}

/** Every node of a lab that has a supervisor, in no order. */
export function findSupervisors(instance: string): readonly Supervisor[] {
  const prefix = `--machine=${labelOf(instance)}.`;
  const found: Supervisor[] = [];
  for (const pid of processIds()) {
    const argv = argvOf(pid);
    const word = argv.find((each) => each.startsWith(prefix));
    if (!word || !argv[0]?.endsWith('systemd-nspawn')) continue;
    const leader = leaderOf(pid);
    const cgroup = nodeCgroupOf(pid);
    if (cgroup === undefined) continue;
    found.push({
      node: word.slice(prefix.length),
      pid,
      leader,
      cgroup,
      state: leader === undefined ? 'starting' : 'running',
    });
  }
  return found;
}

/** Labs that have at least one container on this machine. */
export function findRunningInstances(): readonly string[] {
  const names = new Set<string>();
  for (const pid of processIds()) {
    const argv = argvOf(pid);
    if (!argv[0]?.endsWith('systemd-nspawn')) continue;
    const name = argv.map((word) => /^--machine=halab-([a-z0-9-]+)\./.exec(word)?.[1]).find(Boolean);
    if (name) names.add(name);
  }
  return [...names].sort();
}

/** Whether anything of a node runs, be it only the script that is about to become its supervisor. */
export function isMachineAlive(machine: string): boolean {
  return processIds().some((pid) => argvOf(pid).some((word) => word === machine || word === `--machine=${machine}`));
}

export function processIds(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

export function argvOf(pid: number): readonly string[] {
  return readProc(pid, 'cmdline')?.split('\0') ?? [];
}

function leaderOf(pid: number): number | undefined {
  for (const child of readProc(pid, `task/${pid}/children`)?.trim().split(' ') ?? []) {
    const command = readProc(Number(child), 'comm')?.trim();
    if (command === 'systemd' || command === 'init') return Number(child);
  }
  return undefined;
}

/** systemd-nspawn moves itself to `supervisor` below the cgroup it was given. */
function nodeCgroupOf(pid: number): string | undefined {
  return cgroupOf(pid)?.replace(/\/supervisor$/, '');
}

/** Below the root of cgroup2. */
export function cgroupOf(pid: number): string | undefined {
  const line = readProc(pid, 'cgroup')
    ?.split('\n')
    .find((each) => each.startsWith('0::'));
  return line?.slice(3).replace(/^\//, '');
}

/** Undefined where the process is gone by now. */
function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
