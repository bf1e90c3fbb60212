import { KEPT } from '../model/fault-effect.js';
import { defineFault } from './define-fault.js';
import { onNode } from './params.js';
import { failingService, serviceParam } from './service.js';

export const stopHang = defineFault({
  kind: 'stop-hang',
  params: { node: onNode(), resource: serviceParam },
  summary: {
    en: 'Makes a resource hang when it is stopped on one node, for half an hour at most: a stand-in for its `ocf:` agent, or a drop-in of its `systemd:` unit, waits before it stops anything. Healing lets a stop that hangs go on, and gives the agent or the unit back.',
    zh: '让资源在单个节点上停止时挂起，最长半小时：由 `ocf:` 代理的替身或 `systemd:` 单元的 drop-in 在真正停止之前一直等待。恢复时让挂起的停止操作继续，并还原代理或单元。',
  },
  expectedBehaviour: {
    en: 'Nothing, until the resource is to stop there. Then the stop fails when its timeout is over. With fencing the node is fenced, and the resource starts elsewhere after that; without fencing the resource is blocked, still running, until the failure is cleaned up: it must not start elsewhere.',
    zh: '在资源需要于该节点停止之前，什么都不会发生。之后停止操作在超时后失败。启用隔离（fencing）时先隔离该节点，再在别处启动资源；未启用时资源被阻塞（blocked）并仍在运行，直到清除失败记录：此时不得在别处启动。',
  },
  needs: () => [],
  effect: ({ resource }) => ({
    node: 'runs',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: { kind: 'operation', resource, operation: 'stop' },
  }),
  describe: ({ resource }) => resource,
  walk: {
    never:
      'A walk stops nothing on purpose, so by itself it shows nothing; and where another fault leads to a stop, the ' +
      'resource stays blocked until an operator cleans up, or with fencing it costs the node, as power-off does.',
  },
  ...failingService(),
});
