import { message } from '../messages/message.js';
import { betweenGroups, blockTraffic, cutOff, haNamesOf } from './blocked-traffic.js';
import { defineFault } from './define-fault.js';
import { cutsLinks } from './effects.js';
import { everyLink, onNode } from './params.js';
import { lost, onOneNode } from './walk/expected.js';

export const isolate = defineFault({
  kind: 'isolate',
  params: { node: onNode(), link: everyLink('HA nodes') },
  summary: message('fault.isolate.summary'),
  expectedBehaviour: message('fault.isolate.expected-behaviour'),
  needs: () => [],
  effect: ({ node, link }, lab) => cutsLinks(cutOff(lab, [node], 'all', link)),
  describe: ({ link = '' }) => link,
  walk: {
    weight: 8,
    ...onOneNode('isolate', 'offline'),
    effect: ({ node }, scene) => lost(node, scene),
  },
  ...blockTraffic<{ readonly node: string }>(({ node }, lab) =>
    betweenGroups([[node], haNamesOf(lab).filter((name) => name !== node)]),
  ),
});
