import { NOTHING } from '../model/fault-effect.js';
import { betweenGroups, blockTraffic, haNamesOf } from './blocked-pairs.js';
import { cutOff } from './connectivity.js';
import { defineFault } from './define-fault.js';
import { everyLink, onNode } from './params.js';
import { lost } from './walk/lost.js';

const blocking = blockTraffic(
  ({ node }: { readonly kind: string; readonly node: string; readonly link?: string | undefined }, lab) =>
    betweenGroups([[node], haNamesOf(lab).filter((name) => name !== node)]),
);

export const isolate = defineFault({
  kind: 'isolate',
  params: { node: onNode(), link: everyLink('HA nodes') },
  summary: {
    en: 'Cuts one node off from the cluster: no other cluster host hears it and it hears none, on one link or on every link that carries the cluster. The storage host and clients are reached as before.',
    zh: '把一个节点与集群隔开：在某个网口上（或在所有承载集群流量的网口上），其他集群主机都收不到它的数据，它也收不到它们的。存储主机和客户端照常可达。',
  },
  expectedBehaviour: {
    en: 'Corosync loses the node after token plus consensus. The others, if they have quorum, may fence it and then start its resources. The node itself has no quorum and stops them; until it does, clients still reach it, so a resource may run twice for a moment unless the node is fenced first.',
    zh: 'corosync 在 token 加 consensus 时间之后判定该节点失联。其余节点如有法定人数，可以先隔离（fence）它，再启动它的资源。该节点自身没有法定人数，会停止资源；在停止之前客户端仍能访问它，因此若不先隔离，资源可能短暂地同时运行两份。',
  },
  needs: () => [],
  effect: ({ node, link }, lab) => ({
    node: 'runs',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: cutOff(lab, [node], 'all', link),
    breaks: NOTHING,
  }),
  describe: ({ link = '' }) => link,
  walk: {
    weight: 8,
    draw({ chance, on }) {
      const node = chance.one(on);
      return node === undefined ? undefined : { kind: 'isolate', node };
    },
    costs: () => 1,
    effect: ({ node }, scene) => lost(node, scene),
  },
  ...blocking,
});
