import { type Connectivity, KEPT } from '../model/fault-effect.js';
import { type Lab, linkOf } from '../model/lab.js';

/** Of these nodes, those that lose cluster traffic by the fault on this link. */
export function cutOff(
  lab: Lab,
  nodes: readonly string[],
  from: 'all' | 'some',
  link: string | undefined,
): Connectivity {
  const lost = nodes.filter((node) => carriesCluster(lab, node, link));
  return lost.length === 0 ? KEPT : { kind: 'lost', nodes: lost, from };
}

/** Without a link, every link that carries the cluster is meant; a link of which nothing is known counts as one of them. */
export function carriesCluster({ nodes, networks }: Lab, name: string, link: string | undefined): boolean {
  const owner = nodes.find((each) => each.name === name);
  const cut = link === undefined ? undefined : owner && linkOf(owner, link);
  const network = networks.find((each) => each.name === cut?.network);
  return network?.carries.includes('cluster') ?? true;
}
