import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { halts } from './effects.js';
import { abilityOf } from './on-node.js';
import { onNode } from './params.js';
import { idsOf, lost, mayBeUntold, mayBreak, onOneNode } from './walk/expected.js';
import { wasOf } from './walk/scene.js';

export const freeze = defineFault({
  kind: 'freeze',
  params: { node: onNode() },
  summary: message('fault.freeze.summary'),
  expectedBehaviour: message('fault.freeze.expected-behaviour'),
  needs: () => ['pause'],
  effect: ({ node }) => halts(node),
  describe: () => '',
  walk: {
    ...onOneNode('freeze', 'offline'),
    weight: 8,
    effect: ({ node }, scene) => lost(node, scene),
    inForce: ({ node }) => mayBeUntold([wasOf(node)], message('fault.freeze.in-force')),
    healed: (_fault, { resources }) => mayBreak('no-failures', idsOf(resources), message('fault.freeze.healed')),
    recovery: () => 'cleanup',
  },
  inject: (fault, context) => abilityOf(context.backend, 'pause').freeze(context.instance, fault.node),
  undo: async (fault, context) => {
    const ability = abilityOf(context.backend, 'pause');
    if (await ability.isFrozen(context.instance, fault.node)) await ability.thaw(context.instance, fault.node);
  },
  isActive: (fault, context) => abilityOf(context.backend, 'pause').isFrozen(context.instance, fault.node),
});
