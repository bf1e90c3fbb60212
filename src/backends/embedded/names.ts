import { join } from 'node:path';
import { labelOf } from '../../model/lab.js';
import type { BackendHost } from '../../ports/backend-module.js';

/**
 * `state`: overlay uppers, keys and logs, so it must not lie on an overlay filesystem itself. `cache`: node images. `run`:
 * sockets and namespace handles.
 */
export type EmbeddedDirs = BackendHost['dirs'];

/** Name of a node's container, unit, network namespace, mounts and cgroup. */
export function machineOf(instance: string, node: string): string {
  return `${labelOf(instance)}.${node}`;
}

export function switchOf(instance: string): string {
  return `${labelOf(instance)}.switch`;
}

/**
 * Name of all that keeps the power controllers of a lab alive: their network namespace, unit, cgroup and processes. No node
 * has a dot in its name, so none has this one.
 */
export function controllersOfLab(instance: string): string {
  return `${labelOf(instance)}.power.controllers`;
}

export function namespacePath(name: string): string {
  return join('/run/netns', name);
}

export function labDirs(dirs: EmbeddedDirs, instance: string) {
  const state = join(dirs.state, labelOf(instance));
  const run = join(dirs.run, labelOf(instance));
  return {
    state,
    run,
    userNamespace: join(run, 'user-namespace'),
    ssh: join(state, 'ssh'),
    controllers: join(state, 'controllers'),
    snapshots: join(state, 'snapshots'),
  };
}

/** States that labs begin from; no lab's name has an underscore. */
export function baselineDir(dirs: EmbeddedDirs, key: string): string {
  return join(dirs.state, '_baselines', key);
}

export function nodeDirs(dirs: EmbeddedDirs, instance: string, node: string) {
  const lab = labDirs(dirs, instance);
  const state = join(lab.state, 'nodes', node);
  const run = join(lab.run, node);
  return {
    state,
    upper: join(state, 'upper'),
    work: join(state, 'work'),
    root: join(state, 'root'),
    console: join(state, 'console.log'),
    /** `ip -batch` lines that bring the interfaces up, at boot and at each reboot. */
    addresses: join(state, 'addresses.ip'),
    run,
    socket: join(run, 'ssh.sock'),
    /** Who is switching its power at this moment. */
    powerLock: join(lab.run, `${node}.power`),
    /** What the machine exports to the node: outside the folder that the node itself can write to. */
    exports: join(lab.run, `${node}.exports`),
  };
}

/** First of the 65,536 ids that a lab's user namespace maps its own onto; above those systemd hands out to containers. */
export const ID_BASE = 0x7d18_0000;
export const ID_COUNT = 65_536;
