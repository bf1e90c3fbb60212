import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import type { StatusReading } from '../model/cluster-state.js';
import type { Judgement } from '../model/verdict.js';
import { camelKeys, defineCheck, targetOfView } from './define-check.js';
import { nobodyAnswered, type Witness, whoSaidWhat, witnessesIn } from './seat.js';
import { describeQuorum } from './state-wording.js';
import { describeSeat } from './wording.js';

interface QuorumObservation {
  readonly readings: readonly StatusReading[];
}

const schema = ({ seenFrom }: ScenarioFields) =>
  strict({ quorum: z.boolean(), 'seen-from': seenFrom })
    .describe('Whether the partition has quorum.')
    .transform(camelKeys);

export const quorumCheck = defineCheck({
  kind: 'quorum',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ seenFrom }) => targetOfView(seenFrom),
  standsOnStatus: true,
  describe: ({ quorum, seenFrom }) => `${quorum ? 'there is quorum' : 'there is no quorum'}${describeSeat(seenFrom)}`,
  observe: async ({ seenFrom }, context): Promise<QuorumObservation> => ({
    readings: await context.readings(seenFrom),
  }),
  judge({ quorum, seenFrom }, { readings }) {
    const witnesses = witnessesIn(readings);
    if (witnesses.length === 0) return quorum ? nobodyAnswered(readings) : withoutWitnesses(readings);
    const seen = whoSaidWhat(witnesses, describeQuorum);
    return { verdict: holds(quorum, seenFrom.kind === 'majority', witnesses) ? 'passed' : 'failed', seen };
  },
});

/** For the majority one partition with quorum is enough, and its absence needs everybody's word. A node without a DC says neither. */
function holds(quorum: boolean, majority: boolean, witnesses: readonly Witness[]): boolean {
  if (quorum && majority) return witnesses.some(({ state }) => state.quorate === true);
  return witnesses.every(({ state }) => state.quorate === quorum);
}

/** A node that answers that its cluster is down has no quorum; one that does not answer may have. */
function withoutWitnesses(readings: readonly StatusReading[]): Judgement {
  const down = readings.length > 0 && readings.every(({ problem }) => problem?.kind === 'cluster-down');
  if (!down) return nobodyAnswered(readings);
  return { verdict: 'passed', seen: `the cluster is not running on ${readings.map(({ node }) => node).join(', ')}` };
}
