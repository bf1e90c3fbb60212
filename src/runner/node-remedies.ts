import type { CibPrimitive, CibResource } from '../model/cib.js';
import { parseIpv4 } from '../model/ipv4.js';
import type { Lab } from '../model/lab.js';
import type { AddressObservation, LabObservation } from '../model/observation.js';
import { baseId, instancesOf } from '../model/resource-tree.js';

/** A command that puts right what somebody, or a fault, left on a node beside the cluster. */
interface Remedy {
  readonly node: string;
  readonly argv: readonly string[];
}

/**
 * Pure. Links that are down are set up, and addresses removed that were not there before. An address that a resource brings goes with
 * the resource, wherever it was before; it is removed where none brings it, as from an interface that was down while its resource left.
 */
export function remediesFor(lab: Lab, before: LabObservation, now: LabObservation): readonly Remedy[] {
  return now.nodes.flatMap(({ node, addresses = [] }): readonly Remedy[] => {
    const had = before.nodes.find((each) => each.node === node)?.addresses ?? [];
    const down = addresses.filter(({ device, up }) => !up && had.some((each) => each.device === device && each.up));
    const added = addresses.filter((each) => isStray(each, had, lab, now) && !isBroughtTo(node, each.address, now));
    return [
      ...[...new Set(down.map(({ device }) => device))].map((device) => ({
        node,
        argv: ['ip', 'link', 'set', device, 'up'],
      })),
      ...added.map(({ device, address, prefix }) => ({
        node,
        argv: ['ip', 'addr', 'del', `${address}/${prefix}`, 'dev', device],
      })),
    ];
  });
}

/** On a link of the lab, and not the node's own. */
function isStray(
  { device, address }: AddressObservation,
  had: readonly AddressObservation[],
  lab: Lab,
  now: LabObservation,
): boolean {
  const isOfLab = lab.nodes.some(({ links }) => links.some(({ name }) => name === device));
  const isKept = had.some((each) => each.address === address && each.device === device) && !isOfResource(now, address);
  return isOfLab && !isKept && parseIpv4(address) !== undefined;
}

/** By a resource that has this address and runs there, or may: where nobody reports what runs, the cluster takes care of its own. */
function isBroughtTo(node: string, address: string, now: LabObservation): boolean {
  if (!isOfResource(now, address)) return false;
  const reports = now.nodes.flatMap(({ status }) => status ?? []);
  const runs = reports.flatMap(instancesOf).filter(({ nodes }) => nodes.includes(node));
  return reports.length === 0 || runs.some(({ id }) => isOfResource(now, address, baseId(id)));
}

/** Whether a resource of the cluster has this address, or this resource has. */
export function isOfResource({ nodes }: LabObservation, address: string, id?: string): boolean {
  return nodes.some(({ cib }) =>
    primitivesIn(cib?.resources ?? []).some(
      (each) => (id === undefined || each.id === id) && Object.values(each.parameters).includes(address),
    ),
  );
}

function primitivesIn(resources: readonly CibResource[]): readonly CibPrimitive[] {
  return resources.flatMap((each) => {
    if (each.kind === 'primitive') return [each];
    if (each.kind === 'group') return each.members;
    return primitivesIn(each.kind === 'clone' ? [each.child] : [each.primitive ?? []].flat());
  });
}
