import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import { nodeOf } from '../node-of.js';
import type { VagrantDeps } from './deps.js';
import type { Hypervisor, Machine } from './hypervisor.js';
import { isOf, machineOf } from './names.js';
import { type Provider, vagrantOptionsOf } from './options.js';
import { PROVIDER_TRAITS } from './providers/index.js';

export function providerOf(deps: Pick<VagrantDeps, 'provider'>, instance: LabInstance): Provider {
  return vagrantOptionsOf(instance).provider ?? deps.provider;
}

export function hypervisorOf(deps: VagrantDeps, instance: LabInstance): Hypervisor {
  return PROVIDER_TRAITS[providerOf(deps, instance)].create(deps);
}

export async function machinesOf(hypervisor: Hypervisor, instance: string): Promise<readonly Machine[]> {
  return (await hypervisor.machines()).filter(({ name }) => isOf(instance, name));
}

/** Every node's machine. Throws `node-unreachable` where one is missing. */
export async function requireMachines(hypervisor: Hypervisor, instance: LabInstance): Promise<readonly Machine[]> {
  const machines = await hypervisor.machines();
  return instance.lab.nodes.map(({ name: node }) => {
    const found = machines.find(({ name }) => name === machineOf(instance.name, node));
    if (found) return found;
    throw notThere(hypervisor, instance, node);
  });
}

/** The node's machine. Undefined where there is none; throws `node-not-found` where the lab has no such node. */
export async function machineOfNode(
  hypervisor: Hypervisor,
  instance: LabInstance,
  node: string,
): Promise<Machine | undefined> {
  return hypervisor.find(machineOf(instance.name, nodeOf(instance, node).name));
}

/** The same where it must be there. */
export async function requireMachine(hypervisor: Hypervisor, instance: LabInstance, node: string): Promise<Machine> {
  const machine = await machineOfNode(hypervisor, instance, node);
  if (machine) return machine;
  throw notThere(hypervisor, instance, node);
}

function notThere(hypervisor: Hypervisor, instance: LabInstance, node: string): LabError {
  return new LabError(
    'node-unreachable',
    `${node} is not there: no ${hypervisor.kind} ${machineOf(instance.name, node)}`,
    {
      hint: `halab up --name ${instance.name} makes what is missing`,
      data: { node },
    },
  );
}
