import type { CheckDriver } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';
import { judgePcsStatus, type PcsStatusObservation } from './pcs-status.js';
import { quoted } from './wording.js';

/** Upper and lower case are one: pcs 0.9 says "no stonith devices", 0.10 and newer "No stonith devices". */
export const warningCheck: CheckDriver<ExpectationOf<'warning'>, PcsStatusObservation> = {
  kind: 'warning',
  standsOnStatus: true,
  describe: ({ warning, is }) => `the warning ${quoted(warning)} is ${is}`,
  observe: async (_expectation, context) => ({ reading: await context.pcsStatus({ kind: 'majority' }) }),
  judge: ({ warning, is }, observation) =>
    judgePcsStatus(observation, ({ warnings }) => {
      const present = warnings.some((line) => line.toLowerCase().includes(warning.toLowerCase()));
      const seen = warnings.length === 0 ? 'no warnings' : `warnings: ${warnings.map(quoted).join(', ')}`;
      return {
        verdict: present === (is === 'present') ? 'passed' : 'failed',
        seen: `${observation.reading.node}: ${seen}`,
      };
    }),
};
