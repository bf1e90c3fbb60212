import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { onNode } from './params.js';
import { failingService, serviceParam } from './service.js';

export const promoteFail = defineFault({
  kind: 'promote-fail',
  params: { node: onNode(), resource: serviceParam },
  summary: message('fault.promote-fail.summary'),
  expectedBehaviour: message('fault.promote-fail.expected-behaviour'),
  needs: () => [],
  effect: ({ resource }) => breaksOnly({ kind: 'operation', resource, operation: 'promote' }),
  describe: ({ resource }) => resource,
  walk: { never: 'Walks know no promotable resource.' },
  ...failingService(),
});
