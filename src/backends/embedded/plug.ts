import { existsSync } from 'node:fs';
import type { LabInstance, LabNode } from '../../model/lab.js';
import { type EmbeddedDeps, execOrThrow, script } from './host.js';
import { ID_BASE, ID_COUNT, labDirs, machineOf, namespacePath, switchOf } from './names.js';
import { addressBatch, cablesOf, plugBatch, switchBatch } from './network.js';

const PULL_MS = 20_000;

/** The lab's user namespace; root in a node is `ID_BASE` outside, which is nobody. Idempotent. */
export async function ensureUserNamespace(deps: EmbeddedDeps, instance: string): Promise<string> {
  const handle = labDirs(deps.dirs, instance).userNamespace;
  const argv = script('make-user-namespace.sh', handle, String(ID_BASE), String(ID_COUNT));
  await execOrThrow(deps, argv, { what: 'making the user namespace of the lab' });
  return handle;
}

/** The namespace that holds one bridge a network. Idempotent. */
export async function ensureSwitch(deps: EmbeddedDeps, instance: LabInstance): Promise<void> {
  const name = switchOf(instance.name);
  if (existsSync(namespacePath(name))) return;
  await execOrThrow(deps, ['ip', 'netns', 'add', name], { what: 'making the switch namespace' });
  await execOrThrow(deps, ['ip', '-n', name, '-batch', '-'], {
    stdin: switchBatch(instance.lab),
    what: 'making the bridges',
  });
}

/** A fresh network namespace for a node, owned by the lab's user namespace, with its cables in the switch. */
export async function plugIn(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): Promise<void> {
  const name = machineOf(instance.name, node.name);
  const user = labDirs(deps.dirs, instance.name).userNamespace;
  const what = `plugging ${node.name} in`;
  await execOrThrow(deps, script('make-network-namespace.sh', user, name), { what });
  await pullOldCables(deps, instance, node);
  await execOrThrow(deps, ['ip', '-n', switchOf(instance.name), '-batch', '-'], {
    stdin: plugBatch(instance.lab, node, name),
    what,
  });
  await execOrThrow(deps, ['ip', '-n', name, '-batch', '-'], { stdin: addressBatch(instance.lab, node), what });
}

/**
 * A namespace without a name lives on until its last process has died and the kernel has come to it, and with it the
 * cables of a node that crashed a moment ago. Those that are not there are no matter.
 */
async function pullOldCables(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): Promise<void> {
  const lines = cablesOf(instance.lab, node).map(({ port }) => `link delete ${port}`);
  const argv = ['ip', '-n', switchOf(instance.name), '-force', '-batch', '-'];
  await deps.processes.run(argv, { stdin: lines.join('\n'), timeoutMs: PULL_MS });
}

/**
 * Takes the node's namespace away with everything in it. A kernel answers for the addresses of a namespace
 * whether a process lives there or not, so a node without power must not have one.
 */
export function unplug(deps: EmbeddedDeps, instance: string, node: string): Promise<void> {
  return removeNamespace(deps, machineOf(instance, node));
}

/** Idempotent. */
export async function removeNamespace(deps: EmbeddedDeps, name: string): Promise<void> {
  if (existsSync(namespacePath(name)))
    await execOrThrow(deps, ['ip', 'netns', 'delete', name], { what: `removing the namespace ${name}` });
}
