import { KEPT } from '../model/fault-effect.js';
import { defineFault } from './define-fault.js';
import { onNode } from './params.js';
import { settingAside } from './standing.js';
import { onOneNode } from './walk/on-one-node.js';

export const standby = defineFault({
  kind: 'standby',
  params: { node: onNode() },
  summary: {
    en: 'Puts a node in standby, as `pcs node standby` does. Healing takes it out of standby, whoever put it there.',
    zh: '像 `pcs node standby` 那样让节点进入 standby。恢复时让节点退出 standby，不论是谁设置的。',
  },
  expectedBehaviour: {
    en: 'The node stays a member and counts for quorum; its resources are stopped there and start elsewhere. When it is back they may stay where they are or return, by their stickiness.',
    zh: '节点保持成员身份并计入法定人数；其资源在该节点停止，并在别处启动。退出 standby 后，资源按各自的 stickiness 留在原处或迁回。',
  },
  needs: () => [],
  effect: () => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: { kind: 'membership', condition: 'standby' },
  }),
  describe: () => '',
  walk: {
    ...onOneNode('standby', 'standby'),
    weight: 8,
    costs: () => 0,
  },
  ...settingAside('standby'),
});
