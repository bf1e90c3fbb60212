import { LabError } from '../model/errors.js';
import { KEPT, NOTHING } from '../model/fault-effect.js';
import { type LabInstance, linkOf } from '../model/lab.js';
import { targetText } from '../model/target.js';
import { carriesCluster } from './connectivity.js';
import { defineFault } from './define-fault.js';
import { dropPackets, isDropping, stopDropping } from './packet-filter.js';
import { link, nodesMeant, onNode, target } from './params.js';

export const oneWayLoss = defineFault({
  kind: 'one-way-loss',
  params: {
    node: onNode(),
    from: {
      ...onNode(),
      schema: target.describe('The node that it no longer receives from.'),
      flag: { value: '<node>', help: 'the node that is no longer received', example: 'ha-host2' },
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
  summary: {
    en: 'A node no longer hears another one on one link, while the other direction works: packets from the other node’s own address there are dropped. Floating addresses and ARP are left alone.',
    zh: '节点在某个网口上不再收到另一个节点发来的数据，而反方向正常：丢弃源地址为对方在该网络上自身地址的数据包。浮动地址和 ARP 不受影响。',
  },
  expectedBehaviour: {
    en: 'Corosync needs both directions, so a membership with both nodes cannot last: after token plus consensus one of the two is outside, and which one may change until a membership holds. Whoever is outside without quorum stops its resources, or is fenced.',
    zh: 'corosync 需要双向通信，因此同时包含这两个节点的成员关系无法维持：token 加 consensus 时间之后，其中一个会被排除在外；在成员关系稳定之前，被排除的节点可能变化。被排除且没有法定人数的节点停止资源，或被隔离（fence）。',
  },
  needs: () => [],
  effect: ({ node, from, link }, lab) => ({
    node: 'runs',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: carriesCluster(lab, node, link) ? { kind: 'lost', nodes: [node, from], from: 'some' } : KEPT,
    breaks: NOTHING,
  }),
  describe: ({ link, from }) => `${link} from ${targetText(from)}`,
  inject: async ({ node, from, link }, context) => {
    const address = addressOnLink(context.instance, node, from, link);
    await dropPackets(context, node, tableOf(link, from), [
      { hook: 'input', match: `iifname "${link}" ip saddr ${address}` },
    ]);
  },
  undo: ({ node, from, link }, context) => stopDropping(context, node, tableOf(link, from)),
  isActive: ({ node, from, link }, context) => isDropping(context, node, tableOf(link, from)),
});

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
