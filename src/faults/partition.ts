import { KEPT, NOTHING } from '../model/fault-effect.js';
import type { ResolvedFault } from '../model/scenario.js';
import type { FaultDriver } from '../ports/fault.js';
import { carriesCluster } from './connectivity.js';
import { betweenGroups, keepingApart } from './unheard.js';

type Partition = Extract<ResolvedFault, { kind: 'partition' }>;

export const partition: FaultDriver<Partition> = {
  kind: 'partition',
  summary: {
    en: 'Parts the nodes into two groups or more. Nodes of different groups no longer hear one another, on one link or on every link that carries the cluster; within its group each hears all. Packets are told by the nodes’ own addresses there and dropped at both ends; ARP is left alone.',
    zh: '把节点划分为两个或更多分组。不同分组的节点在某个网口上（或在所有承载集群流量的网口上）互相收不到数据，同组节点之间一切正常。按节点在该网络上自身的地址识别数据包，并在收发两端丢弃；ARP 不受影响。',
  },
  expectedBehaviour: {
    en: 'After token plus consensus each group is a membership of its own, with a DC of its own. At most one of them has quorum: it may fence the others and then starts their resources. A group without quorum does what no-quorum-policy says, by default it stops everything. Where no group has a majority nothing runs anywhere. With `two_node` both groups have quorum, and only fencing keeps a resource from running twice. When the partition is over the groups join and one DC remains.',
    zh: 'token 加 consensus 时间之后，每个分组各自形成成员关系，并各有一个 DC。最多只有一个分组拥有法定人数：它可以先隔离（fence）其他节点，再启动它们的资源。没有法定人数的分组按 no-quorum-policy 行事，默认停止所有资源。如果没有任何分组占多数，则任何地方都不运行资源。在 `two_node` 集群中两个分组都有法定人数，只有隔离才能防止资源同时运行两份。分区结束后各分组重新合并，只留下一个 DC。',
  },
  needs: () => [],
  effect: ({ groups, link }, lab) => ({
    node: 'runs',
    stopsInOrder: false,
    isBetweenNodes: true,
    connectivity: groups.flat().some((node) => carriesCluster(lab, node, link))
      ? { kind: 'partitioned', groups }
      : KEPT,
    breaks: NOTHING,
  }),
  describe: ({ link = '' }) => link,
  ...keepingApart<Partition>(({ groups }) => betweenGroups(groups)),
};
