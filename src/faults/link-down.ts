import { z } from 'zod';
import { message } from '../messages/message.js';
import { clusterLinksOf, haNodesOf } from '../model/lab.js';
import { CABLE_MEANS, type CableMeans } from '../model/scenario.js';
import { cutOff, type Drop, dropPackets, isDropping, stopDropping } from './blocked-traffic.js';
import { defineFault } from './define-fault.js';
import { cutsLinks } from './effects.js';
import { abilityOf } from './on-node.js';
import { link, onNode, param } from './params.js';
import { addressesOf, idsOf, lost, mayBeTwice, mayBreak, withAddress } from './walk/expected.js';
import { linksOf, type Scene } from './walk/scene.js';

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
      { value: '<means>', help: `${LINK_DOWN_MEANS.join(', ')} (default: admin)`, example: 'drop' },
    ),
  },
  summary: message('fault.link-down.summary'),
  expectedBehaviour: message('fault.link-down.expected-behaviour'),
  needs: ({ by = 'admin' }) => (isByCable(by) ? ['links'] : []),
  needsNote: ' for `admin` and `carrier`, otherwise nothing',
  effect: ({ node, link }, lab) => cutsLinks(cutOff(lab, [node], 'all', link)),
  describe: ({ link, by }) => `${link} (${by})`,
  walk: {
    weight: 15,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const link = node && chance.one(linksOf(node, scene));
      const by = chance.one(LINK_DOWN_MEANS);
      return node && link && by ? { kind: 'link-down', node, link, by } : undefined;
    },
    membersLost: (fault, scene) => (isOfCluster(fault, scene) ? 1 : 0),
    effect: (fault, scene) => (isOfCluster(fault, scene) ? lost(fault.node, scene) : undefined),
    inForce: (fault, scene) => [
      ...mayBreak('no-failures', idsOf(scene.resources), message('fault.link-down.in-force')),
      ...(isOfCluster(fault, scene)
        ? []
        : [
            ...mayBreak('single-active', idsOf(withAddress(scene)), UNWATCHED),
            ...mayBreak('one-mac', addressesOf(scene.resources), UNWATCHED),
          ]),
    ],
    healed: ({ by }, scene) =>
      by === 'admin' ? mayBeTwice({ ...scene, resources: withAddress(scene) }, message('fault.link-down.route')) : [],
    recovery: ({ by }, scene) => (by === 'admin' && withAddress(scene).length > 0 ? 'sweep' : 'cleanup'),
  },
  inject: ({ node, link, by }, context) =>
    isByCable(by)
      ? abilityOf(context.backend, 'links').set(context.instance, node, link, 'down', by)
      : dropPackets(context, node, tableOf(link, by), dropsOf(link, by)),
  undo: ({ node, link, by }, context) =>
    isByCable(by)
      ? abilityOf(context.backend, 'links').set(context.instance, node, link, 'up', by)
      : stopDropping(context, node, tableOf(link, by)),
  async isActive({ node, link, by }, context) {
    if (!isByCable(by)) return isDropping(context, node, tableOf(link, by));
    const state = await abilityOf(context.backend, 'links').get(context.instance, node, link);
    return state[by] === 'down';
  },
});

/** The heartbeat goes another way, so that the node stays a member. */
const UNWATCHED = message('fault.unwatched');

/** With two links for the cluster, the loss of one is no loss of a member. */
function isOfCluster({ link }: { readonly link: string }, { lab }: Scene): boolean {
  return haNodesOf(lab).some((node) => {
    const carrying = clusterLinksOf(lab, node);
    return carrying.length === 1 && carrying[0]?.name === link;
  });
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
