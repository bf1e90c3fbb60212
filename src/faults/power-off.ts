import { message } from '../messages/message.js';
import { NOTHING } from '../model/fault-effect.js';
import type { PowerAbility } from '../ports/backend.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault } from './define-fault.js';
import { requireAbility } from './on-node.js';
import { onNode } from './params.js';
import { lost, onOneNode } from './walk/expected.js';

export const powerOff = defineFault({
  kind: 'power-off',
  params: { node: onNode() },
  summary: message('fault.power-off.summary'),
  expectedBehaviour: message('fault.power-off.expected-behaviour'),
  needs: () => ['power'],
  effect: ({ node }) => ({
    node: 'halted',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: { kind: 'lost', nodes: [node], from: 'all' },
    breaks: NOTHING,
  }),
  describe: () => '',
  walk: {
    ...onOneNode('power-off', 'offline'),
    weight: 8,
    effect: ({ node }, scene) => lost(node, scene),
  },
  inject: (fault, context) => power(context).off(context.instance, fault.node),
  undo: async (fault, context) => {
    const ability = power(context);
    if (!(await ability.isOn(context.instance, fault.node))) await ability.on(context.instance, fault.node);
  },
  isActive: async (fault, context) => !(await power(context).isOn(context.instance, fault.node)),
});

function power({ backend }: FaultContext): PowerAbility {
  return requireAbility(backend, 'power', backend.power);
}
