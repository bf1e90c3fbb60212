import { z } from 'zod';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { anyLike, daemonSays, describeDaemons, describeLines, quoted } from '../model/state-text.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import { defineCheck, passedIf } from './define-check.js';

/** The real text of `pcs status`, from one node of the majority. */
interface PcsStatusObservation {
  readonly reading: StatusReading;
}

async function observePcsStatus(_expectation: unknown, context: CheckContext): Promise<PcsStatusObservation> {
  return { reading: await context.pcsStatus({ kind: 'majority' }) };
}

function judgePcsStatus({ reading }: PcsStatusObservation, judge: (state: ClusterState) => Judgement): Judgement {
  if (reading.textState !== undefined) return judge(reading.textState);
  return { verdict: 'unknown', seen: `no pcs status from ${reading.node}: ${reading.problem?.message ?? 'no text'}` };
}

const warningSchema = () =>
  strict({ warning: word, is: z.enum(['present', 'absent']) }).describe(
    'Whether `pcs status` warns of this; case does not matter.',
  );

export const warningCheck = defineCheck({
  kind: 'warning',
  schema: warningSchema,
  cost: 5,
  when: 'now',
  targets: () => [],
  readsStatusText: true,
  describe: ({ warning, is }) => `the warning ${quoted(warning)} is ${is}`,
  observe: observePcsStatus,
  judge: ({ warning, is }, observation) =>
    judgePcsStatus(observation, ({ warnings }) => {
      const seen = `${observation.reading.node}: ${describeLines(warnings, 'warning')}`;
      return passedIf(anyLike(warnings, warning) === (is === 'present'), seen);
    }),
});

const daemonsSchema = () =>
  strict({ daemons: z.record(z.string(), word) }).describe(
    'Daemon to active/enabled as `pcs status` prints it on one node of the majority; on all nodes, use `prints`.',
  );

export const daemonsCheck = defineCheck({
  kind: 'daemons',
  schema: daemonsSchema,
  cost: 5,
  when: 'now',
  targets: () => [],
  readsStatusText: true,
  describe({ daemons }) {
    const texts = Object.entries(daemons).map(([daemon, state]) => `${daemon} ${state}`);
    return `daemons: ${texts.join(', ')}`;
  },
  observe: observePcsStatus,
  judge: ({ daemons }, observation) =>
    judgePcsStatus(observation, (state) => {
      const holds = Object.entries(daemons).every(([daemon, wanted]) => daemonSays(state, daemon) === wanted);
      return passedIf(holds, `${observation.reading.node}: ${describeDaemons(state) || 'no daemons listed'}`);
    }),
});
