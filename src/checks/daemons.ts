import type { CheckDriver } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';
import { judgePcsStatus, type PcsStatusObservation } from './pcs-status.js';
import { daemonSays } from './sayings.js';
import { describeDaemons } from './state-wording.js';

export const daemonsCheck: CheckDriver<ExpectationOf<'daemons'>, PcsStatusObservation> = {
  kind: 'daemons',
  standsOnStatus: true,
  describe: ({ daemons }) => `daemons: ${list(daemons)}`,
  observe: async (_expectation, context) => ({ reading: await context.pcsStatus({ kind: 'majority' }) }),
  judge: ({ daemons }, observation) =>
    judgePcsStatus(observation, (state) => {
      const holds = Object.entries(daemons).every(([daemon, wanted]) => daemonSays(state, daemon) === wanted);
      return {
        verdict: holds ? 'passed' : 'failed',
        seen: `${observation.reading.node}: ${describeDaemons(state) || 'no daemons listed'}`,
      };
    }),
};

function list(daemons: Readonly<Record<string, string>>): string {
  return Object.entries(daemons)
    .map(([daemon, state]) => `${daemon} ${state}`)
    .join(', ');
}
