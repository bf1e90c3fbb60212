import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { Range } from './hypervisor.js';
import { isOf } from './labels.js';

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
  throw new LabError('backend-failed', `${name} cannot stand beside another lab of the same ranges: ${list}`, {
    hint: 'take the other lab down, or give this one ranges of its own: cidr under networks, and management, in its lab file',
    data: { clashes },
  });
}
