import type { LabSnapshot } from '../../ports/backend.js';

/** `off` stands for everything in which nothing of the machine runs. */
export type MachineState = 'running' | 'paused' | 'off';

/** A virtual machine, found by its name and never from memory. */
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
  remove(): Promise<void>;
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
  remove(machine: Machine): Promise<void>;
  readonly power: {
    start(name: string): Promise<void>;
    /** Pulls the plug, of a paused machine too. */
    cut(name: string): Promise<void>;
  };
  readonly pause: {
    pause(name: string): Promise<void>;
    resume(name: string): Promise<void>;
  };
  /** Network cables, found by the MAC address at their end: twelve hexadecimal digits, lower case. */
  readonly cables: {
    set(machine: Machine, mac: string, state: 'up' | 'down'): Promise<void>;
    get(machine: Machine, mac: string): Promise<'up' | 'down'>;
  };
  readonly snapshots: {
    /** Memory included where the machine is paused. */
    take(name: string, snapshot: string, at: string): Promise<void>;
    /** Leaves the machine paused where it has memory to go on with, and off otherwise. */
    restore(machine: Machine, snapshot: string): Promise<void>;
    list(name: string): Promise<readonly LabSnapshot[]>;
    remove(name: string, snapshot: string): Promise<void>;
  };
}
