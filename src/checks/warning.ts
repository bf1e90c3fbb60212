import type { CheckDriver } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';
import { judgePcsStatus, type PcsStatusObservation } from './pcs-status.js';
import { anyLike } from './sayings.js';
import { describeLines } from './state-wording.js';
import { quoted } from './wording.js';

export const warningCheck: CheckDriver<ExpectationOf<'warning'>, PcsStatusObservation> = {
  kind: 'warning',
  standsOnStatus: true,
  describe: ({ warning, is }) => `the warning ${quoted(warning)} is ${is}`,
  observe: async (_expectation, context) => ({ reading: await context.pcsStatus({ kind: 'majority' }) }),
  judge: ({ warning, is }, observation) =>
    judgePcsStatus(observation, ({ warnings }) => {
      const present = anyLike(warnings, warning);
      return {
        verdict: present === (is === 'present') ? 'passed' : 'failed',
        seen: `${observation.reading.node}: ${describeLines(warnings, 'warning')}`,
      };
    }),
};
