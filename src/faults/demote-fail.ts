import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { onNode } from './params.js';
import { failingService, serviceParam } from './service.js';

export const demoteFail = defineFault({
  kind: 'demote-fail',
  params: { node: onNode(), resource: serviceParam },
  summary: message('fault.demote-fail.summary'),
  expectedBehaviour: message('fault.demote-fail.expected-behaviour'),
  needs: () => [],
  effect: ({ resource }) => breaksOnly({ kind: 'operation', resource, operation: 'demote' }),
  describe: ({ resource }) => resource,
  walk: { never: 'Walks know no promotable resource.' },
  ...failingService(),
});
