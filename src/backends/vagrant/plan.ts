import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { Machine, Range } from './hypervisor.js';
import { isOf, machineOf, machineOfVolume } from './names.js';

/** What exists on this machine, as the hypervisor and Vagrant each report it. */
export interface Standing {
  readonly machines: readonly Machine[];
  /** Names of volumes and images that carry the lab's label. */
  readonly residues: readonly string[];
  /** By node. */
  readonly vagrantIds: ReadonlyMap<string, string>;
}

export interface Plan {
  /** Machines that are not in Vagrant's records, as an interrupted `up` leaves them. */
  readonly strays: readonly Machine[];
  /** Names of volumes and images whose machine is not there, or is a stray. */
  readonly orphans: readonly string[];
  /** Nodes to bring up. */
  readonly start: readonly string[];
  /** Nodes that a user paused and will resume. */
  readonly paused: readonly string[];
}

/** What has to be removed and started so that the lab is up. Pure. */
export function planUp({ name, lab }: LabInstance, { machines, residues, vagrantIds }: Standing): Plan {
  const ours = lab.nodes.map((node) => ({ node: node.name, machine: machineOf(name, node.name) }));
  const found = (machine: string) => machines.find((each) => each.name === machine);
  const isStray = ({ node, machine }: (typeof ours)[number]) => found(machine)?.id !== vagrantIds.get(node);
  const strays = ours.filter(isStray).flatMap(({ machine }) => found(machine) ?? []);
  const kept = ours.filter(
    (each) => found(each.machine) !== undefined && !strays.some(({ name: stray }) => stray === each.machine),
  );
  const names = ours.map(({ machine }) => machine);
  const orphans = residues.filter((residue) => {
    const owner = machineOfVolume(residue, names);
    return owner !== undefined && !kept.some(({ machine }) => machine === owner);
  });
  const stateOf = (machine: string) =>
    kept.some((each) => each.machine === machine) ? found(machine)?.state : undefined;
  return {
    strays,
    orphans,
    start: ours
      .filter(({ machine }) => !['running', 'paused'].includes(stateOf(machine) ?? 'absent'))
      .map(({ node }) => node),
    paused: ours.filter(({ machine }) => stateOf(machine) === 'paused').map(({ node }) => node),
  };
}

/**
 * vagrant-libvirt looks for a network by its range: the machines of this lab would be plugged into the other's, and two
 * hosts would have one address. Pure; throws LabError `backend-failed`.
 */
export function refuseClashes({ name, lab }: LabInstance, standing: readonly Range[]): void {
  const wanted = [
    { what: 'management', cidr: lab.management.cidr },
    ...lab.networks.map((network) => ({ what: network.name, cidr: network.cidr })),
  ];
  const clashes = wanted.flatMap(({ what, cidr }) =>
    standing
      .filter((range) => range.cidr === cidr && !isOf(name, range.network))
      .map(({ network }) => ({ what, cidr, network })),
  );
  if (clashes.length === 0) return;
  const list = clashes.map(({ what, cidr, network }) => `${what} ${cidr} is that of the network ${network}`).join('; ');
  throw new LabError('backend-failed', `${name} cannot run beside another lab with the same address ranges: ${list}`, {
    hint: 'take the other lab down, or give this one ranges of its own: cidr under networks, and management, in its lab file',
    data: { clashes },
  });
}
