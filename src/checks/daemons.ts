import { z } from 'zod';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { daemonSays, describeDaemons } from '../model/state-text.js';
import { defineCheck } from './define-check.js';
import { judgePcsStatus, type PcsStatusObservation } from './pcs-status.js';

const schema = () =>
  strict({ daemons: z.record(z.string(), word) }).describe(
    'Daemon to active/enabled as `pcs status` prints it, on every ha node.',
  );

export const daemonsCheck = defineCheck({
  kind: 'daemons',
  schema,
  cost: 5,
  when: 'now',
  targets: () => [],
  readsStatusText: true,
  describe: ({ daemons }) => `daemons: ${list(daemons)}`,
  observe: async (_expectation, context): Promise<PcsStatusObservation> => ({
    reading: await context.pcsStatus({ kind: 'majority' }),
  }),
  judge: ({ daemons }, observation) =>
    judgePcsStatus(observation, (state) => {
      const holds = Object.entries(daemons).every(([daemon, wanted]) => daemonSays(state, daemon) === wanted);
      return {
        verdict: holds ? 'passed' : 'failed',
        seen: `${observation.reading.node}: ${describeDaemons(state) || 'no daemons listed'}`,
      };
    }),
});

function list(daemons: Readonly<Record<string, string>>): string {
  return Object.entries(daemons)
    .map(([daemon, state]) => `${daemon} ${state}`)
    .join(', ');
}
