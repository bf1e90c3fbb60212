import { message } from '../messages/message.js';
import { NOTHING } from '../model/fault-effect.js';
import type { PauseAbility } from '../ports/backend.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault } from './define-fault.js';
import { requireAbility } from './on-node.js';
import { onNode } from './params.js';
import { idsOf, lost, mayBeUntold, mayBreak, onOneNode } from './walk/expected.js';
import { wasOf } from './walk/scene.js';

export const freeze = defineFault({
  kind: 'freeze',
  params: { node: onNode() },
  summary: message('fault.freeze.summary'),
  expectedBehaviour: message('fault.freeze.expected-behaviour'),
  needs: () => ['pause'],
  effect: ({ node }) => ({
    node: 'halted',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: { kind: 'lost', nodes: [node], from: 'all' },
    breaks: NOTHING,
  }),
  describe: () => '',
  walk: {
    ...onOneNode('freeze', 'offline'),
    weight: 8,
    effect: ({ node }, scene) => lost(node, scene),
    inForce: ({ node }) => mayBeUntold([wasOf(node)], message('fault.freeze.in-force')),
    healed: (_fault, { resources }) => mayBreak('no-failures', idsOf(resources), message('fault.freeze.healed')),
    recovery: () => 'cleanup',
  },
  inject: (fault, context) => pause(context).freeze(context.instance, fault.node),
  undo: async (fault, context) => {
    const ability = pause(context);
    if (await ability.isFrozen(context.instance, fault.node)) await ability.thaw(context.instance, fault.node);
  },
  isActive: (fault, context) => pause(context).isFrozen(context.instance, fault.node),
});

function pause({ backend }: FaultContext): PauseAbility {
  return requireAbility(backend, 'pause', backend.pause);
}
