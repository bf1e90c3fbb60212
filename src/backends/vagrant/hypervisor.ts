import { LabError } from '../../model/errors.js';
import { type LabInstance, nodeOf } from '../../model/lab.js';
import type { LabSnapshot } from '../../ports/backend.js';
import type { BackendHost } from '../../ports/backend-module.js';
import { isOf, machineOf, type VagrantDirs } from './names.js';
import { type Provider, vagrantOptionsOf } from './options.js';

/** What the vagrant backend needs from outside. */
export interface VagrantDeps
  extends Pick<
    BackendHost,
    'processes' | 'clock' | 'platform' | 'arch' | 'path' | 'env' | 'generateKeyPair' | 'connect'
  > {
  readonly dirs: VagrantDirs;
  readonly providers: { readonly [P in Provider]: ProviderTraits };
  /** For instances that name none. */
  readonly provider: Provider;
  /** Every time limit is multiplied by it; 1 unless machines are known to be slow here. */
  readonly slowness?: number;
  /** Text of a file of this machine, undefined where there is none; for tests that simulate another machine. */
  readonly hostFile?: (path: string) => string | undefined;
  /** How fence agents of a lab log in on this machine; absent where none may. */
  readonly fencing?: FencingDeps;
}

/** How fence agents log in on this machine. */
export interface FencingDeps {
  /** The user's own authorized_keys on this machine. */
  readonly authorizedKeys: string;
  /** The user who runs the lab; agents log in as this user. */
  readonly user: string;
  /** What sshd is to run for a lab: `halab fence-gate …`, each word as it is. */
  readonly gateCommand: (instance: string, provider: Provider) => readonly string[];
}

/** A time limit, stretched by how slow machines are here. */
export function slowed(deps: Pick<VagrantDeps, 'slowness'>, ms: number): number {
  return Math.round(ms * (deps.slowness ?? 1));
}

/** What differs between hypervisors, beyond their commands. */
interface ProviderTraits {
  readonly create: (deps: VagrantDeps) => Hypervisor;
  /** Finds out before machines are started; `report` gets what the user should know. */
  readonly acceleration: (deps: VagrantDeps, report: (stage: string, text: string) => void) => Promise<Acceleration>;
  /** The calls of `vagrant up` that start these nodes. */
  readonly waves: (nodes: readonly string[]) => readonly Wave[];
}

/** Calls of one wave run at the same time; a wave begins when the one before has ended. Each call starts its nodes. */
export type Wave = readonly (readonly string[])[];

/** Whether the processor helps to run machines. */
export interface Acceleration {
  /** Environment for every call of Vagrant. */
  readonly env: Readonly<Record<string, string>>;
  /** How many times longer everything may take. */
  readonly slowness: number;
}

export const ACCELERATED: Acceleration = { env: {}, slowness: 1 };

/** `off` stands for everything in which nothing of the machine runs. */
export type MachineState = 'running' | 'paused' | 'off';

/** A virtual machine, found by its name in the hypervisor's own list. */
export interface Machine {
  readonly name: string;
  /** As Vagrant remembers it: a domain's or a VM's UUID. */
  readonly id: string;
  readonly state: MachineState;
}

/** Something else that was made for a lab: a volume, a network, a disk image. */
export interface Residue {
  /** What it is, and where, for people. */
  readonly kind: string;
  /** Carries the lab's label. */
  readonly name: string;
  remove(): Promise<unknown>;
}

/** The range of a network that stands. */
export interface Range {
  readonly network: string;
  /** IPv4 in CIDR form, e.g. `192.168.56.0/24`. */
  readonly cidr: string;
}

/** A hypervisor, by its own program. Machines are named as `machineOf` names them. */
export interface Hypervisor {
  /** What a machine of it is called, e.g. `libvirt domain`. */
  readonly kind: string;
  readonly program: string;
  /** Whether its program is here and gets an answer; never throws. */
  answers(): Promise<boolean>;
  /** Those whose name a lab of ours carries. */
  machines(): Promise<readonly Machine[]>;
  /** One machine by its name, in one call. Undefined where there is none. */
  find(name: string): Promise<Machine | undefined>;
  /** Networks that carry a lab's label, by their ranges; none where networks carry no names of ours. */
  ranges(): Promise<readonly Range[]>;
  /** What else carries a lab's label. */
  residues(): Promise<readonly Residue[]>;
  /** In any state, snapshots and all; what else it leaves is among the residues. */
  remove(machine: Machine): Promise<unknown>;
  readonly power: {
    start(name: string): Promise<unknown>;
    /** Pulls the plug, of a paused machine too. */
    cut(name: string): Promise<unknown>;
  };
  readonly pause: {
    pause(name: string): Promise<unknown>;
    resume(name: string): Promise<unknown>;
  };
  /** Network cables, found by the MAC address at their end: twelve hexadecimal digits, lower case. */
  readonly cables: {
    set(machine: Machine, mac: string, state: 'up' | 'down'): Promise<unknown>;
    get(machine: Machine, mac: string): Promise<'up' | 'down'>;
  };
  readonly snapshots: {
    /** Memory included where the machine is paused. */
    take(name: string, snapshot: string, at: string): Promise<unknown>;
    /** Leaves the machine paused where it has memory to go on with, and off otherwise. */
    restore(machine: Machine, snapshot: string): Promise<unknown>;
    list(name: string): Promise<readonly LabSnapshot[]>;
    remove(name: string, snapshot: string): Promise<unknown>;
  };
}

export function providerOf(deps: Pick<VagrantDeps, 'provider'>, instance: LabInstance): Provider {
  return vagrantOptionsOf(instance).provider ?? deps.provider;
}

export function hypervisorOf(deps: VagrantDeps, instance: LabInstance): Hypervisor {
  return deps.providers[providerOf(deps, instance)].create(deps);
}

export async function machinesOf(hypervisor: Hypervisor, instance: string): Promise<readonly Machine[]> {
  return (await hypervisor.machines()).filter(({ name }) => isOf(instance, name));
}

export async function residuesOf(hypervisor: Hypervisor, instance: string): Promise<readonly Residue[]> {
  return (await hypervisor.residues()).filter(({ name }) => isOf(instance, name));
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
      hint: `halab up --name ${instance.name} creates what is missing`,
      data: { node },
    },
  );
}
