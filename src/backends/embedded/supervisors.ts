import { readdirSync, readFileSync } from 'node:fs';
import { tolerate } from '../../model/errors.js';

/** A running container, found on the machine by its label and never from memory. */
export interface Supervisor {
  readonly instance: string;
  readonly node: string;
  /** Of systemd-nspawn, which lives as long as the node does. */
  readonly pid: number;
  /** The node's cgroup below the root of cgroup2. */
  readonly cgroup: string;
}

/** Every node of a lab that has a supervisor, in no order. */
export function findSupervisors(instance: string): readonly Supervisor[] {
  return allSupervisors().filter((each) => each.instance === instance);
}

/** Labs that have at least one container on this machine. */
export function findRunningInstances(): readonly string[] {
  return allSupervisors().map(({ instance }) => instance);
}

function allSupervisors(): readonly Supervisor[] {
  return processIds().flatMap((pid) => {
    const [program, ...args] = argvOf(pid);
    if (!program?.endsWith('systemd-nspawn')) return [];
    const machine = args.find((word) => word.startsWith('--machine='))?.slice('--machine='.length);
    const [, instance, node] = /^halab-([a-z0-9-]+)\.(.+)$/.exec(machine ?? '') ?? [];
    // systemd-nspawn moves itself to `supervisor` below the cgroup it was given.
    const cgroup = cgroupOf(pid)?.replace(/\/supervisor$/, '');
    return instance && node && cgroup !== undefined ? [{ instance, node, pid, cgroup }] : [];
  });
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

/** Below the root of cgroup2. */
export function cgroupOf(pid: number): string | undefined {
  const line = readProc(pid, 'cgroup')
    ?.split('\n')
    .find((each) => each.startsWith('0::'));
  return line?.slice(3).replace(/^\//, '');
}

/** Undefined where the process is gone by now. */
function readProc(pid: number, file: string): string | undefined {
  return tolerate(['ENOENT', 'ESRCH'], () => readFileSync(`/proc/${pid}/${file}`, 'utf8'));
}
