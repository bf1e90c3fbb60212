import { message } from '../messages/message.js';
import { NOTHING } from '../model/fault-effect.js';
import { betweenGroups, blockTraffic, cutOff, haNamesOf } from './blocked-traffic.js';
import { defineFault } from './define-fault.js';
import { everyLink, onNode } from './params.js';
import { lost } from './walk/expected.js';

const blocking = blockTraffic(
  ({ node }: { readonly kind: string; readonly node: string; readonly link?: string | undefined }, lab) =>
    betweenGroups([[node], haNamesOf(lab).filter((name) => name !== node)]),
);

export const isolate = defineFault({
  kind: 'isolate',
  params: { node: onNode(), link: everyLink('HA nodes') },
  summary: message('fault.isolate.summary'),
  expectedBehaviour: message('fault.isolate.expected-behaviour'),
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
    membersLost: () => 1,
    effect: ({ node }, scene) => lost(node, scene),
  },
  ...blocking,
});
