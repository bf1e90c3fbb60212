import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { hindersStops } from './effects.js';
import { onNode } from './params.js';
import { failingService, serviceParam } from './service.js';

export const stopHang = defineFault({
  kind: 'stop-hang',
  params: { node: onNode(), resource: serviceParam },
  summary: message('fault.stop-hang.summary'),
  expectedBehaviour: message('fault.stop-hang.expected-behaviour'),
  needs: () => [],
  effect: ({ resource }) => hindersStops({ kind: 'operation', resource, operation: 'stop' }),
  describe: ({ resource }) => resource,
  walk: {
    never:
      'A walk stops nothing on purpose, so by itself it shows nothing; and where another fault leads to a stop, the ' +
      'resource stays blocked until an operator cleans up, or with fencing it costs the node, as power-off does.',
  },
  ...failingService(),
});
