import { target } from '../fields/values.js';
import { message } from '../messages/message.js';
import { LabError } from '../model/errors.js';
import { KEPT } from '../model/fault-effect.js';
import { clusterLinkOf, haNodesOf, type LabInstance, linkOf } from '../model/lab.js';
import { targetText } from '../model/target.js';
import { carriesCluster, dropPackets, isDropping, stopDropping } from './blocked-traffic.js';
import { defineFault } from './define-fault.js';
import { cutsLinks } from './effects.js';
import { link, nodesMeant, onNode } from './params.js';
import { idsOf, mayBeTwice, mayBeUntold, mayBreak, mayNotSettle, NOTICED } from './walk/expected.js';
import { isRole, type Scene } from './walk/scene.js';

export const oneWayLoss = defineFault({
  kind: 'one-way-loss',
  params: {
    node: onNode(),
    from: {
      ...onNode(),
      schema: target.describe('The node whose packets no longer arrive.'),
      flag: { value: '<node>', help: 'the node whose packets no longer arrive', example: 'ha-host2' },
    },
    link: link('Of the node that no longer receives.'),
  },
  check: ({ node, from, link: name }, lab) => {
    if (targetText(from) === targetText(node)) {
      const hint = 'name another node, such as "{any other than dc}"';
      return [{ at: ['from'], message: 'a node always receives from itself', hint }];
    }
    const networks = nodesMeant(node, lab).flatMap((each) => linkOf(each, name)?.network ?? []);
    const apart = nodesMeant(from, lab).find(({ links }) =>
      networks.some((network) => links.every((each) => each.network !== network)),
    );
    if (apart === undefined) return [];
    const message = `${apart.name} has no link on the network of ${name}, so nothing of it is received there`;
    return [{ at: ['from'], message, hint: 'name a node that has one' }];
  },
  summary: message('fault.one-way-loss.summary'),
  expectedBehaviour: message('fault.one-way-loss.expected-behaviour'),
  needs: () => [],
  effect: ({ node, from, link }, lab) =>
    cutsLinks(carriesCluster(lab, node, link) ? { kind: 'lost', nodes: [node, from], from: 'some' } : KEPT),
  describe: ({ link, from }) => `${link} from ${targetText(from)}`,
  /** Who drops out of the membership, the hearer, the one not heard, or each in turn for good, is corosync's choice. */
  walk: {
    weight: 8,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const from = node && chance.one(isRole(node) ? [`{any other than ${node.slice(1)}`] : namesBut(node, scene));
      const link = node && commonCluster(scene);
      return node && from && link ? { kind: 'one-way-loss', node, from, link } : undefined;
    },
    membersLost: (_fault, { hosts }) => hosts.length,
    inForce: (_fault, scene) => [
      mayNotSettle(message('fault.one-way-loss.in-force')),
      ...mayBeUntold([...scene.hosts, ...idsOf(scene.resources)], message('fault.one-way-loss.in-force-2')),
      ...mayBreak('no-failures', idsOf(scene.resources), message('fault.one-way-loss.in-force-3')),
      ...mayBeTwice(scene, STILL_RUNNING),
      ...mayBreak('quorum-respected', idsOf(scene.resources), STILL_RUNNING),
    ],
    healed: (_fault, { resources }) => mayBreak('no-failures', idsOf(resources), message('fault.one-way-loss.healed')),
    recovery: () => 'recover',
    settle: NOTICED,
    holdS: 20,
  },
  inject: async ({ node, from, link }, context) => {
    const address = addressOnLink(context.instance, node, from, link);
    await dropPackets(context, node, tableOf(link, from), [
      { hook: 'input', match: `iifname "${link}" ip saddr ${address}` },
    ]);
  },
  undo: ({ node, from, link }, context) => stopDropping(context, node, tableOf(link, from)),
  isActive: ({ node, from, link }, context) => isDropping(context, node, tableOf(link, from)),
});

/** Seen on pacemaker 2.1.5: its controller goes from membership to membership and never gets to the stop. */
const STILL_RUNNING = message('fault.dropped-out');

function namesBut(node: string, { hosts }: Scene): readonly string[] {
  return hosts.filter((host) => host !== node);
}

/** The link by which every host hears the others. */
function commonCluster({ lab }: Scene): string | undefined {
  const names = new Set(haNodesOf(lab).map((node) => clusterLinkOf(lab, node)?.name));
  const [link] = names;
  return names.size === 1 ? link : undefined;
}

function tableOf(link: string, from: string): string {
  return `halab-${link}-from-${from}`;
}

/** The sender's own address on the network of the hearer's link. */
function addressOnLink({ lab }: LabInstance, node: string, from: string, link: string): string {
  const hearer = lab.nodes.find(({ name }) => name === node);
  const network = hearer && linkOf(hearer, link)?.network;
  const sender = node === from ? undefined : lab.nodes.find(({ name }) => name === from);
  const address = sender?.links.find((each) => each.network === network)?.address;
  if (network !== undefined && address !== undefined) return address;
  throw new LabError('fault-failed', `${from} sends nothing to ${node} on ${link}`, {
    hint: 'Name another node that has a link on the same network.',
  });
}
