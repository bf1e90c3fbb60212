import { z } from 'zod';
import { NOTHING } from '../model/fault-effect.js';
import type { Lab } from '../model/lab.js';
import type { Target } from '../model/scenario.js';
import { type BlockedPairs, blockTraffic, haNamesOf } from './blocked-pairs.js';
import { cutOff } from './connectivity.js';
import { defineFault, type FaultProblem, type ParamScene, type Written } from './define-fault.js';
import { eachOnce, everyLink, target } from './params.js';
import { QUORUM_LOST } from './walk/lost.js';
import { idsOf, mayBreak, mayNotSettle } from './walk/may-break.js';
import type { Scene } from './walk/scene.js';

const params = {
  nodes: {
    schema: z
      .array(target)
      .min(3)
      .optional()
      .describe('In order; each no longer receives from the next. Default: the HA nodes in the order of the lab.'),
    stored: z
      .array(z.string())
      .min(3)
      .describe('Each does not receive from the next one, the last not from the first.'),
    flag: {
      value: '<nodes>',
      help: 'in order, ha-host1,ha-host2,ha-host3 (default: every HA node)',
      example: 'ha-host1,ha-host2,ha-host3',
      read: (words: string) => words.split(','),
    },
    check: checkRing,
  },
  link: everyLink(),
};

const blocking = blockTraffic(
  ({ nodes }: { readonly kind: string; readonly nodes: readonly string[]; readonly link?: string | undefined }) =>
    neighbours(nodes),
);

export const ring = defineFault({
  kind: 'ring',
  params,
  parse: ({ kind, nodes, link }: Written<'ring', typeof params>, lab: Lab) => ({
    kind,
    nodes: nodes ?? haNamesOf(lab).map((name): Target => ({ kind: 'node', name })),
    ...(link === undefined ? {} : { link }),
  }),
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
  walk: {
    weight: 4,
    draw: ({ scene: { hosts } }) => (hosts.length < 3 ? undefined : { kind: 'ring' }),
    costs: (_fault, { hosts }) => hosts.length,
    effect: () => QUORUM_LOST,
    inForce: (_fault, scene) => (isOfNeighbours(scene) ? [] : comingAndGoing(scene)),
  },
  ...blocking,
});

/** In a ring of three everybody is everybody's neighbour: three memberships of one, which stay. */
function isOfNeighbours({ hosts }: Scene): boolean {
  return hosts.length <= 3;
}

function comingAndGoing({ resources }: Scene) {
  return [
    mayNotSettle({
      en: 'Those that are no neighbours still hear each other, and memberships may come and go.',
      zh: '不相邻的节点仍能互相收到数据，成员关系可能反复变化。',
    }),
    ...mayBreak('quorum-respected', idsOf(resources), {
      en: 'A node may be too busy with its membership to stop what it runs.',
      zh: '节点可能忙于处理成员变化，来不及停止它运行的资源。',
    }),
  ];
}

/** Each and the next one, the last and the first. */
function neighbours(nodes: readonly string[]): BlockedPairs {
  return nodes.map((node, index) => [node, nodes[(index + 1) % nodes.length] ?? node] as const);
}

function checkRing(nodes: readonly Target[] | undefined, { key, lab }: ParamScene): readonly FaultProblem[] {
  if (nodes !== undefined)
    return eachOnce(
      nodes.map((node, index) => ({ node, at: [key, index] })),
      lab,
    );
  const count = haNamesOf(lab).length;
  if (count >= 3) return [];
  const message = `a ring takes 3 nodes, and lab ${lab.name} has ${count}`;
  return [{ at: ['kind'], message, hint: 'use a partition or one-way-loss' }];
}
