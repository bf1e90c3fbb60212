import type { ClusterState, NodeState, StatusReading } from '../model/cluster-state.js';
import { haNodesOf, type Lab } from '../model/lab.js';
import type { LabObservation, NodeObservation } from '../model/observation.js';
import { baseId, instancesOf, type ResourceInstance } from '../model/resource-tree.js';
import { statesThatCount } from '../runner/targets.js';
import type { NodePicture, Picture, ResourcePicture } from './picture.js';

/** Pure. The lab in small, by the view of the nodes with quorum where there are any. */
export function pictureOf(
  lab: Lab,
  readings: readonly StatusReading[],
  { nodes }: Pick<LabObservation, 'nodes'>,
  faults: readonly string[],
): Picture {
  const [view] = statesThatCount(readings);
  return {
    nodes: haNodesOf(lab).map(({ name }) => ({
      node: name,
      standing: standingOf(
        nodes.find(({ node }) => node === name),
        view?.nodes.find((each) => each.name === name),
      ),
    })),
    ...(view?.dc === undefined ? {} : { dc: view.dc.name }),
    ...(view?.quorate === undefined ? {} : { quorate: view.quorate }),
    resources: view === undefined ? [] : resourcesIn(view),
    links: nodes.flatMap((seen) => linksOf(lab, seen)),
    faults,
  };
}

/** By what the node itself shows where it takes no part in the cluster, and else by how the others see it. */
function standingOf(seen: NodeObservation | undefined, state: NodeState | undefined): NodePicture['standing'] {
  if (seen === undefined || !seen.answered) return seen?.machine === 'stopped' ? 'off' : 'silent';
  if (state?.unclean === true) return 'unclean';
  const runs = seen.units?.some(({ name, active }) => name === 'pacemaker' && active === 'active');
  if (runs === false) return 'stopped';
  if (state === undefined) return 'offline';
  if (state.pending) return 'pending';
  if (!state.online) return 'offline';
  if (state.maintenance) return 'maintenance';
  return state.standby ? 'standby' : 'online';
}

/** One for each name: the instances of a clone together. */
function resourcesIn(state: ClusterState): readonly ResourcePicture[] {
  const byName = new Map<string, ResourceInstance[]>();
  for (const each of instancesOf(state)) {
    const name = `${baseId(each.id)} ${each.role === 'Stopped' ? '' : each.role}`;
    byName.set(name, [...(byName.get(name) ?? []), each]);
  }
  const all = [...byName.values()].map((instances) => pictureOfInstances(instances));
  // Of a clone that runs somewhere, instances that are stopped are only those that it may not have.
  return all.filter(
    ({ id, role }) => role !== 'Stopped' || !all.some((each) => each.id === id && each.role !== 'Stopped'),
  );
}

function pictureOfInstances(instances: readonly ResourceInstance[]): ResourcePicture {
  const [first] = instances as [ResourceInstance];
  return {
    id: baseId(first.id),
    role: first.role,
    nodes: [...new Set(instances.flatMap(({ nodes }) => nodes))].toSorted(),
    failed: instances.some(({ failed }) => failed),
    managed: instances.every(({ managed }) => managed),
  };
}

/** The links on which the node reports an address; of others it is not known whether they are up. */
function linksOf(lab: Lab, { node, addresses = [] }: NodeObservation): Picture['links'] {
  const own = lab.nodes.find(({ name }) => name === node)?.links ?? [];
  return own.flatMap(({ name }) => {
    const seen = addresses.find(({ device }) => device === name);
    return seen === undefined ? [] : [{ node, link: name, up: seen.up }];
  });
}
