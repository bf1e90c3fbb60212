import { KEPT } from '../model/fault-effect.js';
import { defineFault } from './define-fault.js';
import { onNode } from './params.js';
import { settingAside } from './standing.js';
import { onOneNode } from './walk/on-one-node.js';

export const maintenance = defineFault({
  kind: 'maintenance',
  params: { node: onNode() },
  summary: {
    en: 'Puts one node in maintenance, as `pcs node maintenance` does: the cluster keeps its hands off it. Healing ends that, whoever began it.',
    zh: '像 `pcs node maintenance` 那样让单个节点进入维护模式：集群不再干预该节点。恢复时结束维护模式，不论是谁设置的。',
  },
  expectedBehaviour: {
    en: 'What runs on the node goes on there, unmanaged and unmonitored; nothing is started or stopped. When maintenance ends the cluster looks what is there and puts right what is not as it should be.',
    zh: '节点上正在运行的资源继续运行，但不受管理、不被监控；不会启动或停止任何资源。维护模式结束后，集群检查实际状态，并纠正不符合预期之处。',
  },
  needs: () => [],
  effect: () => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: { kind: 'membership', condition: 'maintenance' },
  }),
  describe: () => '',
  walk: {
    ...onOneNode('maintenance', 'maintenance'),
    weight: 6,
    costs: () => 0,
    holdsBack: true,
  },
  ...settingAside('maintenance'),
});
