import { NOTHING } from '../model/fault-effect.js';
import type { ResolvedFault } from '../model/scenario.js';
import type { FaultDriver } from '../ports/fault.js';
import { cutOff } from './connectivity.js';
import { keepingApart, type Unheard } from './unheard.js';

type Ring = Extract<ResolvedFault, { kind: 'ring' }>;

export const ring: FaultDriver<Ring> = {
  kind: 'ring',
  summary: {
    en: 'Puts the nodes in a ring in which each no longer hears the next one, which still hears it; on one link or on every link that carries the cluster. All other directions work.',
    zh: '把节点排成一个环，每个节点都收不到下一个节点的数据，而下一个节点仍能收到它的；作用于某个网口或所有承载集群流量的网口。其他方向都正常。',
  },
  expectedBehaviour: {
    en: 'Corosync 3 counts a link as up only while both directions work, so neighbours are lost to each other. In a ring of three that is everybody: three memberships of one node, nobody has quorum and everything stops. In a ring of five each node still has a link to a majority, but no three nodes all hear one another, and a membership needs that: nobody has quorum all the same. Memberships may come and go until they hold.',
    zh: 'corosync 3 只有在双向都通时才认为链路可用，因此相邻节点互相失联。三节点的环中等于所有人互相失联：形成三个单节点成员关系，没有谁拥有法定人数，全部资源停止。五节点的环中每个节点仍与多数节点连通，但没有任何三个节点两两互通，而成员关系恰恰要求如此：结果同样没有谁拥有法定人数。成员关系在稳定之前可能反复变化。',
  },
  needs: () => [],
  effect: ({ nodes, link }, lab) => ({
    node: 'runs',
    stopsInOrder: false,
    isBetweenNodes: true,
    connectivity: cutOff(lab, nodes, 'some', link),
    breaks: NOTHING,
  }),
  describe: ({ link = '' }) => link,
  ...keepingApart<Ring>(({ nodes }) => neighbours(nodes)),
};

/** Each and the next one, the last and the first. */
function neighbours(nodes: readonly string[]): Unheard {
  return nodes.map((node, index) => [node, nodes[(index + 1) % nodes.length] ?? node] as const);
}
