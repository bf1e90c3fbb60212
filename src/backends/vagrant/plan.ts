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
  readonly vagrantIds: ReadonlyMap<string, string | undefined>;
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
  const ours = lab.nodes.map(({ name: node }) => {
    const wanted = machineOf(name, node);
    const machine = machines.find((each) => each.name === wanted);
    return { node, wanted, machine, isKept: machine !== undefined && machine.id === vagrantIds.get(node) };
  });
  const wanted = ours.map((each) => each.wanted);
  const kept = ours.filter(({ isKept }) => isKept);
  return {
    strays: ours.flatMap(({ machine, isKept }) => (machine === undefined || isKept ? [] : [machine])),
    orphans: residues.filter((residue) => {
      const owner = machineOfVolume(residue, wanted);
      return owner !== undefined && !kept.some((each) => each.wanted === owner);
    }),
    start: ours.filter(({ machine, isKept }) => !isKept || machine?.state === 'off').map(({ node }) => node),
    paused: kept.filter(({ machine }) => machine?.state === 'paused').map(({ node }) => node),
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
