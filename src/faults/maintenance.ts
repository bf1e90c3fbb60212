import { message } from '../messages/message.js';
import { KEPT } from '../model/fault-effect.js';
import { defineFault } from './define-fault.js';
import { settingAside } from './node-attribute.js';
import { onNode } from './params.js';
import { onOneNode } from './walk/expected.js';

export const maintenance = defineFault({
  kind: 'maintenance',
  params: { node: onNode() },
  summary: message('fault.maintenance.summary'),
  expectedBehaviour: message('fault.maintenance.expected-behaviour'),
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
    membersLost: () => 0,
    blocksRecovery: true,
  },
  ...settingAside('maintenance'),
});
