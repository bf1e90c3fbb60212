import { z } from 'zod';
import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { ENDS_AFTER_S } from './on-node.js';
import { number, onNode } from './params.js';
import { failingService, serviceParam } from './service.js';

export const startHang = defineFault({
  kind: 'start-hang',
  params: {
    node: onNode(),
    resource: serviceParam,
    seconds: number(
      z
        .number()
        .int()
        .min(1)
        .max(ENDS_AFTER_S)
        .optional()
        .describe('How long a start takes longer. Default: it hangs.'),
      { value: '<n>', help: 'how much longer a start takes (default: it hangs)', example: '10' },
    ),
  },
  summary: message('fault.start-hang.summary'),
  expectedBehaviour: message('fault.start-hang.expected-behaviour'),
  needs: () => [],
  effect: ({ resource }) => breaksOnly({ kind: 'operation', resource, operation: 'start' }),
  describe: ({ resource, seconds }) => `${resource}${seconds === undefined ? '' : `, ${seconds} s`}`,
  walk: { never: 'It shows the same as start-fail, which walks draw, a timeout later.' },
  ...failingService(),
});
