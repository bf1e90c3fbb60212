import { KEPT } from '../model/fault-effect.js';
import { defineFault } from './define-fault.js';
import { onNode } from './params.js';
import { failingService, serviceParam } from './service.js';
import { idsOf } from './walk/may-break.js';

export const startFail = defineFault({
  kind: 'start-fail',
  params: { node: onNode(), resource: serviceParam },
  summary: {
    en: 'Makes a resource fail to start on one node: a stand-in for its `ocf:` agent, or a drop-in of its `systemd:` unit, refuses. What runs goes on. Healing gives the agent or the unit back; the failures stay counted until `pcs resource cleanup`.',
    zh: '让资源在单个节点上启动失败：由 `ocf:` 代理的替身或 `systemd:` 单元的 drop-in 拒绝启动。正在运行的资源不受影响。恢复时还原代理或单元；失败计数保留到执行 `pcs resource cleanup`。',
  },
  expectedBehaviour: {
    en: 'Nothing, until the resource is to start there. One failed start counts as INFINITY by default (start-failure-is-fatal), so the resource starts elsewhere, and not there again until the failure is cleaned up; where no node is left it stays stopped.',
    zh: '在资源需要于该节点启动之前，什么都不会发生。默认情况下（start-failure-is-fatal）一次启动失败即计为 INFINITY，资源改在别处启动，清除失败记录之前不再在该节点启动；没有其他可用节点时资源保持停止。',
  },
  needs: () => [],
  effect: ({ resource }) => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: { kind: 'operation', resource, operation: 'start' },
  }),
  describe: ({ resource }) => resource,
  /** Wherever it is: it bites when the resource is to start there while it is in force. */
  walk: {
    weight: 8,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const resource = chance.one(idsOf(scene.resources));
      return node && resource ? { kind: 'start-fail', node, resource } : undefined;
    },
    costs: () => 0,
    mend: () => 'cleanup',
  },
  ...failingService(),
});
