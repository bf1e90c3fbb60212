import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, messageOf } from '../../model/errors.js';
import { locate } from './call.js';
import { type Hypervisor, machinesOf, residuesOf, slowed, type VagrantDeps } from './hypervisor.js';
import { vagrantProviderOf } from './memory.js';
import { labDirs } from './names.js';
import { hypervisorsHere } from './status.js';
import { vagrant } from './vagrant.js';

const DESTROY_MS = 2 * 60_000;
const STOP_MS = 20_000;

/**
 * Removes all that carries the lab's label: by Vagrant where it is able to, and then whatever is left by the hypervisors
 * themselves. One failure does not stop the rest, and counts only where something is left in the end.
 */
export async function removeEverything(deps: VagrantDeps, instance: string): Promise<void> {
  const problems: string[] = [];
  const attempt = async (step: () => Promise<unknown>) => {
    try {
      await step();
    } catch (error) {
      problems.push(messageOf(error));
    }
  };
  const hypervisors = await hypervisorsHere(deps);
  await attempt(() => destroy(deps, instance));
  for (const hypervisor of hypervisors) await attempt(() => sweep(hypervisor, instance, attempt));
  const left = [...(await unseen(deps, instance, hypervisors))];
  for (const hypervisor of hypervisors) left.push(...(await leftIn(hypervisor, instance, attempt)));
  if (left.length === 0) {
    rmSync(labDirs(deps.dirs, instance).state, { recursive: true, force: true });
    return;
  }
  const why = problems.length > 0 ? `\n${problems.join('\n')}` : '';
  throw new LabError('backend-failed', `not everything of ${instance} could be removed: ${left.join(', ')}${why}`, {
    hint: `halab down --name ${instance} may be run again`,
    data: { left },
  });
}

/** Vagrant's own way first: it also forgets the machines in its index. Bounded, for it may hang on a broken lab. */
async function destroy(deps: VagrantDeps, instance: string): Promise<void> {
  const provider = vagrantProviderOf(deps, instance);
  const folder = labDirs(deps.dirs, instance).vagrant;
  if (provider === undefined || !existsSync(join(folder, 'Vagrantfile')) || !locate(deps, 'vagrant')) return;
  await vagrant(deps, instance, {
    what: 'vagrant destroy',
    args: ['destroy', '-f', '--machine-readable'],
    provider,
    timeoutMs: slowed(deps, DESTROY_MS),
    graceMs: slowed(deps, STOP_MS),
  });
}

type Attempt = (step: () => Promise<unknown>) => Promise<void>;

/** Machines first, since they hold their volumes and networks. */
async function sweep(hypervisor: Hypervisor, instance: string, attempt: Attempt): Promise<void> {
  for (const machine of await machinesOf(hypervisor, instance)) await attempt(() => hypervisor.remove(machine));
  for (const residue of await residuesOf(hypervisor, instance)) await attempt(() => residue.remove());
}

async function leftIn(hypervisor: Hypervisor, instance: string, attempt: Attempt): Promise<readonly string[]> {
  let left = [`anything that ${hypervisor.program} does not report`];
  await attempt(async () => {
    const machines = await machinesOf(hypervisor, instance);
    const residues = await residuesOf(hypervisor, instance);
    left = [
      ...machines.map(({ name }) => `${hypervisor.kind} ${name}`),
      ...residues.map(({ kind, name }) => `${kind} ${name}`),
    ];
  });
  return left;
}

/** The hypervisor that Vagrant made this lab's machines with, where it does not answer: they may well be there. */
async function unseen(
  deps: VagrantDeps,
  instance: string,
  hypervisors: readonly Hypervisor[],
): Promise<readonly string[]> {
  const provider = vagrantProviderOf(deps, instance);
  if (provider === undefined) return [];
  const { program, kind } = deps.providers[provider].create(deps);
  return hypervisors.some((each) => each.program === program) ? [] : [`each ${kind} (${program} does not answer)`];
}
