import { z } from 'zod';
import { NOTHING } from '../model/fault-effect.js';
import { clusterLinksOf, haNodesOf } from '../model/lab.js';
import { CABLE_MEANS, type CableMeans } from '../model/scenario.js';
import type { LinkAbility } from '../ports/backend.js';
import type { FaultContext } from '../ports/fault.js';
import { requireAbility } from './ability.js';
import { cutOff } from './connectivity.js';
import { defineFault } from './define-fault.js';
import { type Drop, dropPackets, isDropping, stopDropping } from './packet-filter.js';
import { link, onNode, param } from './params.js';
import { linksOf } from './walk/links.js';
import { lost } from './walk/lost.js';
import { addressesOf, idsOf, mayBeTwice, mayBreak, withAddress } from './walk/may-break.js';
import type { Scene } from './walk/scene.js';

/** By the node's own packet filter. */
const DROP_MEANS = ['drop-in', 'drop-out', 'drop'] as const;
type DropMeans = (typeof DROP_MEANS)[number];
export const LINK_DOWN_MEANS = [...CABLE_MEANS, ...DROP_MEANS] as const;
type LinkDownMeans = (typeof LINK_DOWN_MEANS)[number];

export const linkDown = defineFault({
  kind: 'link-down',
  params: {
    node: onNode(),
    link: link(),
    by: param(
      z
        .enum(LINK_DOWN_MEANS)
        .default('admin')
        .describe(
          "admin (default): set down in the node. carrier: the cable is pulled at its far end. drop-in, drop-out, drop: the node's packet filter drops what comes in, what goes out, or both.",
        ),
      { value: '<means>', help: `${LINK_DOWN_MEANS.join(', ')} (default admin)`, example: 'drop' },
    ),
  },
  summary: {
    en: 'Takes one network link of a node down: `admin` as `ip link set … down` does it inside the node, `carrier` as if the cable were pulled at the far end. `drop-in`, `drop-out` and `drop` leave the link up and have the node’s own packet filter drop what comes in, what goes out, or both; ARP is still answered. These need no ability of the backend.',
    zh: '停掉节点的一个网口：`admin` 等同于在节点内执行 `ip link set … down`，`carrier` 等同于在对端拔掉网线。`drop-in`、`drop-out` 和 `drop` 让网口保持启用，由节点自己的包过滤器分别丢弃收到的、发出的或双向的数据包；ARP 请求仍会得到应答。这三种方式不需要后端提供任何能力。',
  },
  expectedBehaviour: {
    en: 'Corosync loses the node after token plus consensus. The partition that keeps quorum may fence the node and then starts its resources; the cut node loses quorum and stops them. If the link carries only service traffic, nothing need happen unless a resource monitors it.',
    zh: 'corosync 在 token 加 consensus 时间之后判定该节点失联。保有法定人数的分区可以先隔离（fence）该节点，再启动它的资源；被切断的节点失去法定人数并停止资源。如果该网口只承载业务流量，除非有资源监控它，否则可以什么都不发生。',
  },
  needs: ({ by = 'admin' }) => (isByCable(by) ? ['links'] : []),
  effect: ({ node, link }, lab) => ({
    node: 'runs',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: cutOff(lab, [node], 'all', link),
    breaks: NOTHING,
  }),
  describe: ({ link, by }) => `${link} (${by})`,
  walk: {
    weight: 15,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const link = node && chance.one(linksOf(node, scene));
      const by = chance.one(LINK_DOWN_MEANS);
      return node && link && by ? { kind: 'link-down', node, link, by } : undefined;
    },
    costs: (fault, scene) => (isOfCluster(fault, scene) ? 1 : 0),
    effect: (fault, scene) => (isOfCluster(fault, scene) ? lost(fault.node, scene) : undefined),
    inForce: (fault, scene) => [
      ...mayBreak('no-failures', idsOf(scene.resources), {
        en: 'A monitor that falls due on the cut node before it stops the resource may fail.',
        zh: '被切断的节点在停止资源之前，如果恰好轮到 monitor，可能会失败。',
      }),
      ...(isOfCluster(fault, scene)
        ? []
        : [
            ...mayBreak('single-active', idsOf(withAddress(scene)), UNWATCHED),
            ...mayBreak('one-mac', addressesOf(scene.resources), UNWATCHED),
          ]),
    ],
    healed: ({ by }, scene) =>
      by === 'admin'
        ? mayBeTwice(
            { ...scene, resources: withAddress(scene) },
            {
              en: 'With its interface down the agent found no route, took the stop for done and left the address bound.',
              zh: '网口停掉后代理找不到路由，误报“已停止”，地址仍留在网口上。',
            },
          )
        : [],
    mend: ({ by }, scene) => (by === 'admin' && withAddress(scene).length > 0 ? 'sweep' : 'cleanup'),
  },
  inject: (fault, context) => {
    const { node, link, by } = fault;
    return isByCable(by)
      ? links(context).set(context.instance, node, link, 'down', by)
      : dropPackets(context, node, tableOf(link, by), dropsOf(link, by));
  },
  undo: (fault, context) => {
    const { node, link, by } = fault;
    return isByCable(by)
      ? links(context).set(context.instance, node, link, 'up', by)
      : stopDropping(context, node, tableOf(link, by));
  },
  isActive: async (fault, context) => {
    const { node, link, by } = fault;
    if (!isByCable(by)) return isDropping(context, node, tableOf(link, by));
    const state = await links(context).get(context.instance, node, link);
    return state[by] === 'down';
  },
});

/** The heartbeat goes another way, so that the node stays a member. */
const UNWATCHED = {
  en: 'Nothing watches this link, so the cluster leaves an address where nobody reaches it.',
  zh: '没有资源监视这个网口，集群会把地址留在无人能访问的地方。',
};

/** With two links for the cluster, the loss of one is no loss of a member. */
function isOfCluster({ link }: { readonly link: string }, { lab }: Scene): boolean {
  return haNodesOf(lab).some((node) => {
    const carrying = clusterLinksOf(lab, node);
    return carrying.length === 1 && carrying[0]?.name === link;
  });
}

function links({ backend }: FaultContext): LinkAbility {
  return requireAbility(backend, 'links', backend.links);
}

function isByCable(by: LinkDownMeans): by is CableMeans {
  return (CABLE_MEANS as readonly LinkDownMeans[]).includes(by);
}

function tableOf(link: string, by: DropMeans): string {
  return `halab-${link}-${by}`;
}

function dropsOf(link: string, by: DropMeans): readonly Drop[] {
  const incoming: Drop = { hook: 'input', match: `iifname "${link}"` };
  const outgoing: Drop = { hook: 'output', match: `oifname "${link}"` };
  if (by === 'drop') return [incoming, outgoing];
  return [by === 'drop-in' ? incoming : outgoing];
}
