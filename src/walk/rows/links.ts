import { LINK_DOWN_MEANS } from '../../faults/link-down.js';
import { clusterLinkOf, clusterLinksOf, haNodesOf, type LabNode } from '../../model/lab.js';
import type { Draw, RawFaultOf, RowOf } from '../row.js';
import type { Scene } from '../scene.js';
import { isRole } from '../whom.js';
import { addressesOf, idsOf, mayBeTwice, mayBeUntold, mayBreak, mayNotSettle, withAddress } from './excuses.js';
import { lost, NOTICED } from './lost.js';

/** Seen on pacemaker 2.1.5: its controller goes from membership to membership and never gets to the stop. */
const UNHEARD = {
  en: 'Nobody fences, and the node that dropped out may be too busy with its membership to stop what it runs.',
  zh: '没有隔离（fencing）：掉出成员关系的节点可能忙于处理成员变化，来不及停止它运行的资源。',
};

/** The heartbeat goes another way, so that the node stays a member. */
const UNWATCHED = {
  en: 'Nothing watches this link, so the cluster leaves an address where nobody reaches it.',
  zh: '没有资源监视这个网口，集群会把地址留在无人能访问的地方。',
};

export const linkDownRow: RowOf<'link-down'> = {
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
};

/** Who drops out of the membership, the hearer, the one not heard, or each in turn for good, is corosync's choice. */
export const oneWayLossRow: RowOf<'one-way-loss'> = {
  weight: 8,
  draw({ scene, chance, on }) {
    const node = chance.one(on);
    const from = node && chance.one(isRole(node) ? [`{any other than ${node.slice(1)}`] : namesBut(node, scene));
    const link = node && commonCluster(scene);
    return node && from && link ? { kind: 'one-way-loss', node, from, link } : undefined;
  },
  costs: (_fault, { hosts }) => hosts.length,
  inForce: (_fault, scene) => [
    mayNotSettle({
      en: 'The two may never agree on who is a member, and the membership changes again and again.',
      zh: '两个节点可能始终无法就成员关系达成一致，成员关系会反复变化。',
    }),
    ...mayBeUntold([...scene.hosts, ...idsOf(scene.resources)], {
      en: 'While the membership changes, little can be told of anybody.',
      zh: '成员关系变化期间，无法对任何节点下结论。',
    }),
    ...mayBreak('no-failures', idsOf(scene.resources), {
      en: 'What is stopped and started in haste may fail.',
      zh: '资源在仓促停止和启动时可能失败。',
    }),
    ...mayBeTwice(scene, UNHEARD),
    ...mayBreak('quorum-respected', idsOf(scene.resources), UNHEARD),
  ],
  healed: (_fault, { resources }) =>
    mayBreak('no-failures', idsOf(resources), {
      en: 'What was under way when the membership changed again may have failed.',
      zh: '成员关系再次变化时正在执行的操作可能失败。',
    }),
  mend: () => 'recover',
  settle: NOTICED,
  holdS: 20,
};

function namesBut(node: string, { hosts }: Scene): readonly string[] {
  return hosts.filter((host) => host !== node);
}

/** Links that it has whoever is meant. */
export function linksOf(target: string, { lab }: Draw['scene']): readonly string[] {
  const nodes = meant(target, lab);
  const [first, ...others] = nodes.map(({ links }) => links.map(({ name }) => name));
  return (first ?? []).filter((link) => others.every((links) => links.includes(link)));
}

function meant(target: string, lab: Scene['lab']): readonly LabNode[] {
  const hosts = haNodesOf(lab);
  return isRole(target) ? hosts : hosts.filter(({ name }) => name === target);
}

/** The link by which every host hears the others. */
function commonCluster({ lab }: Scene): string | undefined {
  const names = new Set(haNodesOf(lab).map((node) => clusterLinkOf(lab, node)?.name));
  const [link] = names;
  return names.size === 1 ? link : undefined;
}

/** With two links for the cluster, the loss of one is no loss of a member. */
function isOfCluster({ link }: RawFaultOf<'link-down'>, { lab }: Scene): boolean {
  return haNodesOf(lab).some((node) => {
    const carrying = clusterLinksOf(lab, node);
    return carrying.length === 1 && carrying[0]?.name === link;
  });
}
