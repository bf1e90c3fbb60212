import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { settingAside } from './node-attribute.js';
import { onNode } from './params.js';
import { onOneNode } from './walk/expected.js';

export const maintenance = defineFault({
  kind: 'maintenance',
  params: { node: onNode() },
  summary: message('fault.maintenance.summary'),
  expectedBehaviour: message('fault.maintenance.expected-behaviour'),
  needs: () => [],
  effect: () => breaksOnly({ kind: 'membership', condition: 'maintenance' }),
  describe: () => '',
  walk: {
    ...onOneNode('maintenance', 'maintenance'),
    weight: 6,
    membersLost: () => 0,
    blocksRecovery: true,
  },
  ...settingAside('maintenance'),
});
