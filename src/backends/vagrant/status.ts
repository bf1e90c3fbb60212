import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LabInstance } from '../../model/lab.js';
import { type LabStatus, labStateOf, type NodeStatus } from '../../ports/backend.js';
import { type Hypervisor, hypervisorOf, type MachineState, machinesOf, type VagrantDeps } from './hypervisor.js';
import { instanceOf, labDirs, machineOf } from './names.js';
import { PROVIDERS } from './options.js';

const STATE: { readonly [S in MachineState]: NodeStatus['state'] } = {
  running: 'running',
  paused: 'frozen',
  off: 'stopped',
};

/** Asks the hypervisor, which answers in well under a second; Vagrant would take several. */
export async function statusOf(deps: VagrantDeps, instance: LabInstance): Promise<LabStatus> {
  const hypervisor = hypervisorOf(deps, instance);
  const machines = await machinesOf(hypervisor, instance.name);
  const nodes = instance.lab.nodes.map(({ name: node }): NodeStatus => {
    const machine = machines.find(({ name }) => name === machineOf(instance.name, node));
    if (!machine) return { node, state: 'absent' };
    return { node, state: STATE[machine.state], owner: { kind: hypervisor.kind, unit: machine.name } };
  });
  const left = machines.length > 0 || existsSync(labDirs(deps.dirs, instance.name).vagrant);
  return {
    instance: instance.name,
    backend: 'vagrant',
    lab: instance.lab.name,
    state: labStateOf(nodes, left),
    image: instance.lab.image,
    nodes,
  };
}

/** Hypervisors whose program is here and that answer. */
export async function hypervisorsHere(deps: VagrantDeps): Promise<readonly Hypervisor[]> {
  const all = PROVIDERS.map((provider) => deps.providers[provider].create(deps));
  const answers = await Promise.all(all.map((each) => each.answers()));
  return all.filter((_each, index) => answers[index]);
}

/** Labs of which a machine, a volume, a network or a folder is left. */
export async function listLabs(deps: VagrantDeps): Promise<readonly string[]> {
  const hypervisors = await hypervisorsHere(deps);
  const things = await Promise.all(hypervisors.flatMap((each) => [each.machines(), each.residues()]));
  const names = [...things.flat().map(({ name }) => name), ...foldersIn(deps)].map(instanceOf);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

function foldersIn({ dirs }: VagrantDeps): readonly string[] {
  if (!existsSync(dirs.state)) return [];
  return readdirSync(dirs.state).filter((entry) => existsSync(join(dirs.state, entry, 'vagrant')));
}
