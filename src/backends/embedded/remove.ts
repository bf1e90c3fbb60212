import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LabError, messageOf, tolerate } from '../../model/errors.js';
import { labelOf } from '../../model/lab.js';
import { endControllers } from './controllers/tree.js';
import { type EmbeddedDeps, execOrThrow, GONE_MS, isSystemdHost, privateScript, waitFor } from './host.js';
import { type EmbeddedDirs, labDirs, machineOf, namespacePath } from './names.js';
import { removeNamespace } from './network.js';
import { killCgroup } from './power.js';
import { findRunningInstances, findSupervisors } from './supervisors.js';

const LABELLED = /^halab-([a-z0-9-]+?)(?:\..+)?$/;

/** Names of the labs of which anything at all is on this machine. */
export function findLeftovers(dirs: EmbeddedDirs): readonly string[] {
  const entries = [dirs.state, dirs.run, '/run/netns'].flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder) : [],
  );
  const names = entries.map((entry) => LABELLED.exec(entry)?.[1]).filter((name) => name !== undefined);
  return [...new Set([...names, ...findRunningInstances()])].sort();
}

/**
 * Removes all that carries the lab's label, in the order in which things hold one another:
 * processes, units, namespaces, mounts, cgroups, folders. One failure does not stop the rest.
 */
export async function removeEverything(deps: EmbeddedDeps, instance: string): Promise<void> {
  const problems: string[] = [];
  const attempt = async (step: () => unknown) => {
    try {
      await step();
    } catch (error) {
      problems.push(messageOf(error));
    }
  };
  // First of all what could switch a node on again.
  await attempt(() => endControllers(deps, instance));
  const loops = loopsOf(deps.dirs, instance);
  await Promise.all(findSupervisors(instance).map((each) => attempt(() => killCgroup(deps, each.cgroup, each.node))));
  if (isSystemdHost()) await attempt(() => resetUnits(deps, instance));
  for (const name of namespacesOf(instance)) await attempt(() => removeNamespace(deps, name));
  await attempt(() => unmountAll(deps, instance));
  await attempt(() => awaitLoopsGone(deps, instance, loops));
  if (!isSystemdHost()) {
    const what = 'removing the cgroups of the lab';
    for (const program of ['cgroup.sh', 'node-limits.sh'])
      await attempt(() => execOrThrow(deps, privateScript(program, 'remove', labelOf(instance)), { what }));
  }
  const { state, run } = labDirs(deps.dirs, instance);
  await attempt(() => rmSync(run, { recursive: true, force: true }));
  await attempt(() => rmSync(state, { recursive: true, force: true }));
  if (problems.length === 0) return;
  throw new LabError('backend-failed', `not everything of ${instance} could be removed:\n${problems.join('\n')}`, {
    hint: `halab down --name ${instance} may be run again`,
  });
}

async function resetUnits(deps: EmbeddedDeps, instance: string): Promise<void> {
  const pattern = `${machineOf(instance, '*')}.service`;
  await execOrThrow(deps, ['systemctl', 'stop', pattern], { what: 'stopping the units of the lab' });
  await execOrThrow(deps, ['systemctl', 'reset-failed', pattern], { what: 'forgetting the units of the lab' });
}

function namespacesOf(instance: string): readonly string[] {
  if (!existsSync(namespacePath('.'))) return [];
  return readdirSync(namespacePath('.')).filter((name) => name.startsWith(`${labelOf(instance)}.`));
}

async function unmountAll(deps: EmbeddedDeps, instance: string): Promise<void> {
  const { state, run } = labDirs(deps.dirs, instance);
  const targets = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((target) => [state, run].some((folder) => target === folder || target.startsWith(`${folder}/`)));
  for (const target of targets.reverse()) await execOrThrow(deps, ['umount', target], { what: `unmounting ${target}` });
}

/** Loop devices that belong to a disk of this lab, by the path of the file behind each. */
export function loopsOf(dirs: EmbeddedDirs, instance: string, block = '/sys/block'): readonly string[] {
  const { run } = labDirs(dirs, instance);
  return readdirSync(block)
    .filter((name) => name.startsWith('loop') && backingFile(join(block, name)).startsWith(`${run}/`))
    .map((name) => `/dev/${name}`);
}

function backingFile(device: string): string {
  const file = join(device, 'loop', 'backing_file');
  // It goes with the last user of the device, which may be now.
  return tolerate(['ENOENT', 'ENODEV', 'ENXIO'], () => readFileSync(file, 'utf8')) ?? '';
}

/** Whether nothing is behind it any more, or what belongs to somebody else. */
function isFree(dirs: EmbeddedDirs, instance: string, loop: string): boolean {
  const file = backingFile(join('/sys/block', basename(loop))).trim();
  // A file whose mount is gone has no path left; until the kernel has let go of it, it is the root of its own.
  return file !== '/' && !file.startsWith(`${labDirs(dirs, instance).run}/`);
}

/**
 * These, found while the lab still ran, clear themselves when the last user goes, and a file system that was mounted goes
 * only when the kernel has come to it. Those left by then are detached.
 */
async function awaitLoopsGone(deps: EmbeddedDeps, instance: string, loops: readonly string[]): Promise<void> {
  const leftOver = () => loops.filter((loop) => !isFree(deps.dirs, instance, loop));
  if (await waitFor(deps, () => leftOver().length === 0)) return;
  for (const loop of leftOver()) await execOrThrow(deps, ['losetup', '--detach', loop], { what: `detaching ${loop}` });
  const left = leftOver();
  if (left.length === 0) return;
  throw new LabError('backend-failed', `${left.join(', ')} did not go within ${GONE_MS} ms`, {
    hint: 'something on this machine has it open or mounted',
    data: { loops: left },
  });
}
