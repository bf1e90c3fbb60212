import { NOTHING } from '../model/fault-effect.js';
import type { PowerAbility } from '../ports/backend.js';
import type { FaultContext } from '../ports/fault.js';
import { requireAbility } from './ability.js';
import { defineFault } from './define-fault.js';
import { onNode } from './params.js';
import { lost } from './walk/lost.js';
import { onOneNode } from './walk/on-one-node.js';

export const powerOff = defineFault({
  kind: 'power-off',
  params: { node: onNode() },
  summary: {
    en: 'Pulls the plug of a node: it stops at once, with nothing written and nobody told. Healing turns the power on again.',
    zh: '直接切断节点电源：节点立刻停止，来不及写盘，也来不及通知任何人。恢复即重新通电。',
  },
  expectedBehaviour: {
    en: 'Corosync loses the node after token plus consensus. With fencing the node may be fenced (and so turned on again) before its resources start elsewhere; without fencing they start elsewhere at once. When the power is back, the node rejoins only if the cluster is enabled at boot.',
    zh: 'corosync 在 token 加 consensus 时间之后判定该节点失联。启用隔离（fencing）时，集群可以先隔离该节点（因而也可能重新通电），再在别处启动资源；未启用时直接在别处启动。重新通电后，只有集群设为开机自启时节点才会自动重新加入。',
  },
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
