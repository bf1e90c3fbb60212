import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { settingAside } from './node-attribute.js';
import { onNode } from './params.js';
import { onOneNode } from './walk/expected.js';

export const standby = defineFault({
  kind: 'standby',
  params: { node: onNode() },
  summary: message('fault.standby.summary'),
  expectedBehaviour: message('fault.standby.expected-behaviour'),
  needs: () => [],
  effect: () => breaksOnly({ kind: 'membership', condition: 'standby' }),
  describe: () => '',
  walk: {
    ...onOneNode('standby', 'standby'),
    weight: 8,
    membersLost: () => 0,
  },
  ...settingAside('standby'),
});
