import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { halts } from './effects.js';
import { abilityOf } from './on-node.js';
import { onNode } from './params.js';
import { lost, onOneNode } from './walk/expected.js';

export const powerOff = defineFault({
  kind: 'power-off',
  params: { node: onNode() },
  summary: message('fault.power-off.summary'),
  expectedBehaviour: message('fault.power-off.expected-behaviour'),
  needs: () => ['power'],
  effect: ({ node }) => halts(node),
  describe: () => '',
  walk: {
    ...onOneNode('power-off', 'offline'),
    weight: 8,
    effect: ({ node }, scene) => lost(node, scene),
  },
  inject: (fault, context) => abilityOf(context.backend, 'power').off(context.instance, fault.node),
  undo: async (fault, context) => {
    const ability = abilityOf(context.backend, 'power');
    if (!(await ability.isOn(context.instance, fault.node))) await ability.on(context.instance, fault.node);
  },
  isActive: async (fault, context) => !(await abilityOf(context.backend, 'power').isOn(context.instance, fault.node)),
});
