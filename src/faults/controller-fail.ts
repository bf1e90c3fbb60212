import { z } from 'zod';
import { KEPT } from '../model/fault-effect.js';
import { CONTROLLER_FAILURES } from '../model/fencing.js';
import type { ControllerAbility } from '../ports/backend.js';
import type { FaultContext } from '../ports/fault.js';
import { requireAbility } from './ability.js';
import { defineFault } from './define-fault.js';
import { onNode, param } from './params.js';
import { mayBreak } from './walk/may-break.js';
import { isRole } from './walk/targets.js';

export const controllerFail = defineFault({
  kind: 'controller-fail',
  params: {
    node: onNode(),
    how: param(
      z
        .enum(CONTROLLER_FAILURES)
        .describe('What is wrong with its management controller. lies: it says that the power is off, and it is not.'),
      { value: '<failure>', help: CONTROLLER_FAILURES.join(', '), example: 'unreachable' },
    ),
  },
  summary: {
    en: 'Breaks the management controller of a node, which the cluster fences the node by: `unreachable` takes its address away, `wrong-password` lets nobody in any more, `slow` has it take longer for everything than anybody waits, `lies` has it say that the power is off and leave it on. The node itself notices nothing, and its outlet, the second level, goes on working.',
    zh: '让节点的管理控制器（集群通过它隔离该节点）出故障：`unreachable` 去掉它的地址，`wrong-password` 让任何人都无法登录，`slow` 让每个请求都慢到无人愿意等，`lies` 让它谎称已断电而实际并未断电。节点本身毫无察觉；它的 PDU 插座（第二级）照常工作。',
  },
  expectedBehaviour: {
    en: 'Nothing happens to the node or its resources. The monitor of its stonith resource fails sooner or later, except with `lies`, and the resource may be stopped for it. If the node has to be fenced meanwhile, that fails and is tried again, or a second level does it; until one has succeeded, none of the node’s resources may start elsewhere. With `lies` the cluster believes it, and may start on another node what still runs on this one.',
    zh: '节点及其资源不受影响。除 `lies` 外，对应 stonith 资源的 monitor 迟早会失败，该资源可能因此被停止。如果此时必须隔离（fence）该节点，隔离会失败并重试，或由第二级完成；在隔离成功之前，该节点上的资源不得在别处启动。遇到 `lies` 时集群会信以为真，可能在其他节点上启动仍在该节点上运行的资源。',
  },
  needs: () => ['controllers'],
  effect: () => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: { kind: 'management-controller' },
  }),
  describe: ({ how }) => `(${how})`,
  /** Where nobody fences it is nothing to the cluster. Beside it a node that has to be fenced cannot be, or only seems to be. */
  walk: {
    weight: 6,
    draw({ scene, chance, on }) {
      const node = chance.one(on.filter((each) => !isRole(each)));
      const how = chance.one(CONTROLLER_FAILURES);
      return scene.isFencing && node && how ? { kind: 'controller-fail', node, how } : undefined;
    },
    costs: () => 0,
    holdsBack: true,
    healed: ({ node }) =>
      mayBreak('no-failures', [`fence-${node}`], {
        en: 'A monitor of the fence device that was under way may still fail.',
        zh: '正在进行的隔离设备 monitor 仍可能失败。',
      }),
    mend: () => 'cleanup',
    holdS: 10,
  },
  inject: ({ node, how }, context) => controllers(context).fail(context.instance, node, how),
  undo: ({ node }, context) => controllers(context).mend(context.instance, node),
  isActive: async ({ node, how }, context) => (await controllers(context).failureOf(context.instance, node)) === how,
});

function controllers({ backend }: FaultContext): ControllerAbility {
  return requireAbility(backend, 'controllers', backend.controllers);
}
