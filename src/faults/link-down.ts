import type { ResolvedFault } from '../model/scenario.js';
import type { LinkAbility } from '../ports/backend.js';
import type { FaultContext, FaultDriver } from '../ports/fault.js';
import { requireAbility } from './ability.js';

type LinkDown = Extract<ResolvedFault, { kind: 'link-down' }>;

export const linkDown: FaultDriver<LinkDown> = {
  kind: 'link-down',
  summary: {
    en: 'Takes one network link of a node down: `admin` as `ip link set … down` does it inside the node, `carrier` as if the cable were pulled at the far end.',
    zh: '停掉节点的一个网口：`admin` 等同于在节点内执行 `ip link set … down`，`carrier` 等同于在对端拔掉网线。',
  },
  legal: {
    en: 'Corosync loses the node after token plus consensus. The partition that keeps quorum may fence the node and then starts its resources; the cut node loses quorum and stops them. If the link carries only service traffic, nothing need happen unless a resource monitors it.',
    zh: 'corosync 在 token 加 consensus 时间之后判定该节点失联。保有法定人数的分区可以先隔离（fence）该节点，再启动它的资源；被切断的节点失去法定人数并停止资源。如果该网口只承载业务流量，除非有资源监控它，否则可以什么都不发生。',
  },
  needs: ['links'],
  inject: (fault, context) => links(context).set(context.instance, fault.node, fault.link, 'down', fault.by),
  undo: (fault, context) => links(context).set(context.instance, fault.node, fault.link, 'up', fault.by),
  isActive: async (fault, context) => {
    const state = await links(context).get(context.instance, fault.node, fault.link);
    return state[fault.by] === 'down';
  },
};

function links({ backend }: FaultContext): LinkAbility {
  return requireAbility(backend, 'links', backend.links);
}
