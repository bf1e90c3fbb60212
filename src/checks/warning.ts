import { z } from 'zod';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { anyLike, describeLines, quoted } from '../model/state-text.js';
import { defineCheck } from './define-check.js';
import { judgePcsStatus, type PcsStatusObservation } from './pcs-status.js';

const schema = () =>
  strict({ warning: word, is: z.enum(['present', 'absent']) }).describe(
    'Whether `pcs status` warns of this; case does not matter.',
  );

export const warningCheck = defineCheck({
  kind: 'warning',
  schema,
  cost: 5,
  when: 'now',
  targets: () => [],
  readsStatusText: true,
  describe: ({ warning, is }) => `the warning ${quoted(warning)} is ${is}`,
  observe: async (_expectation, context): Promise<PcsStatusObservation> => ({
    reading: await context.pcsStatus({ kind: 'majority' }),
  }),
  judge: ({ warning, is }, observation) =>
    judgePcsStatus(observation, ({ warnings }) => {
      const present = anyLike(warnings, warning);
      return {
        verdict: present === (is === 'present') ? 'passed' : 'failed',
        seen: `${observation.reading.node}: ${describeLines(warnings, 'warning')}`,
      };
    }),
});
