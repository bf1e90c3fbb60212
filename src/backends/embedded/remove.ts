import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { LabError, messageOf } from '../../model/errors.js';
import { endControllers } from './controllers/tree.js';
import { awaitLoopsGone, loopsOf } from './disks/loops.js';
import { type EmbeddedDeps, execOrThrow, isSystemdHost, privateScript } from './host.js';
import { type EmbeddedDirs, labDirs, labelOf, machineOf, namespacePath } from './names.js';
import { removeNamespace } from './plug.js';
import { killNode } from './power.js';
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
  await Promise.all(findSupervisors(instance).map((each) => attempt(() => killNode(deps, each))));
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
