import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { dcIs, ofKnownNode } from '../model/claims.js';
import type { StatusReading } from '../model/cluster-state.js';
import { describeQuorum } from '../model/state-text.js';
import type { Judgement } from '../model/verdict.js';
import { camelKeys, defineCheck, type FieldsOf } from './define-check.js';
import {
  describeSeenFrom,
  judgeClaims,
  judgeFromView,
  noReading,
  reportsOf,
  respondentsIn,
  targetsOfView,
} from './view.js';

const schema = ({ seenFrom }: ScenarioFields) =>
  strict({ dc: z.enum(['agreed', 'none']), 'seen-from': seenFrom })
    .describe('Whether all nodes report the same DC, or none reports one.')
    .transform(camelKeys);

type Dc = FieldsOf<typeof schema>;

export const dcCheck = defineCheck({
  kind: 'dc',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ seenFrom }) => targetsOfView(seenFrom),
  readsStatusText: true,
  describe: ({ dc, seenFrom }) =>
    `${dc === 'agreed' ? 'all agree on one DC' : 'there is no DC'}${describeSeenFrom(seenFrom)}`,
  observe: async ({ seenFrom }, context) => ({ readings: await context.readings(seenFrom) }),
  judge: (expectation, { readings }) =>
    expectation.dc === 'agreed' ? judgeAgreed(expectation, readings) : judgeNone(readings),
});

/** The first respondent names the DC that the others are asked about. */
function judgeAgreed({ seenFrom }: Dc, readings: readonly StatusReading[]): Judgement {
  const counted = respondentsIn(readings).filter(({ state }) => seenFrom.kind !== 'majority' || state.quorate === true);
  const named = counted.find(({ state }) => state.dc !== undefined)?.state.dc?.name;
  if (counted.length > 0 && named === undefined) return { verdict: 'failed', seen: reportsOf(counted, describeQuorum) };
  const dc = named ?? '';
  return judgeFromView(seenFrom, readings, (state) =>
    judgeClaims([ofKnownNode(state, dc, dcIs(state, dc))], `DC ${dc}`),
  );
}

/** A node whose cluster is down has no DC; one that does not answer may have. */
function judgeNone(readings: readonly StatusReading[]): Judgement {
  const unsure = readings.filter(({ state, problem }) => state === undefined && problem?.kind !== 'cluster-down');
  const withDc = respondentsIn(readings).filter(({ state }) => state.dc !== undefined);
  if (withDc.length > 0) return { verdict: 'failed', seen: reportsOf(withDc, describeQuorum) };
  if (readings.length === 0 || unsure.length > 0) return noReading(unsure);
  return { verdict: 'passed', seen: `no DC known on ${readings.map(({ node }) => node).join(', ')}` };
}
