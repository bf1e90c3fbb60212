import { NOTHING } from '../model/fault-effect.js';
import type { PauseAbility } from '../ports/backend.js';
import type { FaultContext } from '../ports/fault.js';
import { requireAbility } from './ability.js';
import { defineFault } from './define-fault.js';
import { onNode } from './params.js';
import { lost } from './walk/lost.js';
import { idsOf, mayBeUntold, mayBreak } from './walk/may-break.js';
import { onOneNode } from './walk/on-one-node.js';
import { wasOf } from './walk/targets.js';

export const freeze = defineFault({
  kind: 'freeze',
  params: { node: onNode() },
  summary: {
    en: 'Stops a node in mid-air, as a hypervisor that pauses a machine does: nothing runs, nothing is lost, and its network addresses stay. Healing lets it run on as if no time had passed.',
    zh: '让节点原地冻结，如同虚拟机被暂停：什么都不运行，什么都不丢失，网络地址仍在。恢复后节点继续运行，仿佛时间没有流逝。',
  },
  expectedBehaviour: {
    en: 'Corosync loses the node after token plus consensus, and its resources start elsewhere. With fencing the frozen node is fenced. Without fencing it still believes it holds its resources when it thaws, until corosync tells it otherwise: two holders for a moment are possible, and are why fencing exists.',
    zh: 'corosync 在 token 加 consensus 时间之后判定该节点失联，资源在别处启动。启用隔离（fencing）时被冻结的节点会被隔离。未启用时，节点解冻后在 corosync 纠正它之前仍认为自己持有资源：可能短暂出现两个持有者，这正是需要隔离的原因。',
  },
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
    inForce: ({ node }) =>
      mayBeUntold([wasOf(node)], { en: 'A frozen node answers nobody.', zh: '被冻结的节点不会应答。' }),
    healed: (_fault, { resources }) =>
      mayBreak('no-failures', idsOf(resources), {
        en: 'A monitor that was under way has timed out by the time the node goes on.',
        zh: '节点恢复运行时，冻结前正在执行的 monitor 已经超时。',
      }),
    mend: () => 'cleanup',
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
