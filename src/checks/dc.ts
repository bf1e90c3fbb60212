import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { dcIs, ofKnownNode } from '../model/claims.js';
import type { StatusReading } from '../model/cluster-state.js';
import { describeQuorum } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import { camelKeys, defineCheck, type FieldsOf, resolved } from './define-check.js';
import {
  describeSeenFrom,
  downEverywhere,
  judgeClaims,
  judgeFromView,
  noReading,
  reportsOf,
  respondentsIn,
  targetsOfView,
} from './view.js';

const schema = ({ target, seenFrom }: ScenarioFields) =>
  strict({ dc: z.union([z.enum(['agreed', 'none']), target]), 'seen-from': seenFrom })
    .describe('Whether all nodes report the same DC (agreed), none reports one (none), or which node is the DC.')
    .transform(camelKeys);

type Dc = FieldsOf<typeof schema>;

export const dcCheck = defineCheck({
  kind: 'dc',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ dc, seenFrom }) => [...(typeof dc === 'string' ? [] : [dc]), ...targetsOfView(seenFrom)],
  readsStatusText: true,
  describe: ({ dc, seenFrom }) => `${describeDc(dc)}${describeSeenFrom(seenFrom)}`,
  observe: async ({ dc, seenFrom }, context) => ({
    ...(await resolved({ node: typeof dc === 'string' ? undefined : dc }, context)),
    readings: await context.readings(seenFrom),
  }),
  judge(expectation, { node, readings }) {
    if (node !== undefined) return judgeNode(expectation.seenFrom, node, readings);
    return expectation.dc === 'agreed' ? judgeAgreed(expectation, readings) : judgeNone(readings);
  },
});

function describeDc(dc: Dc['dc']): string {
  if (dc === 'agreed') return 'all agree on one DC';
  return dc === 'none' ? 'there is no DC' : `${targetText(dc)} is the DC`;
}

function judgeNode(seenFrom: Dc['seenFrom'], node: string, readings: readonly StatusReading[]): Judgement {
  return judgeFromView(seenFrom, readings, (state) =>
    judgeClaims([ofKnownNode(state, node, dcIs(state, node))], `DC ${node}`),
  );
}

/** The first respondent names the DC that the others are asked about. */
function judgeAgreed({ seenFrom }: Dc, readings: readonly StatusReading[]): Judgement {
  const down = downEverywhere(readings);
  if (down !== undefined) return { verdict: 'failed', seen: down };
  const counted = respondentsIn(readings).filter(({ state }) => seenFrom.kind !== 'majority' || state.quorate === true);
  const named = counted.find(({ state }) => state.dc !== undefined)?.state.dc?.name;
  if (counted.length > 0 && named === undefined) return { verdict: 'failed', seen: reportsOf(counted, describeQuorum) };
  const dc = named ?? '';
  const { verdict, seen, isUndecided } = judgeNode(seenFrom, dc, readings);
  // That they name different ones is what is asked, and not a reason to leave it open.
  return { verdict, seen, ...(isUndecided && counted.length === 0 ? { isUndecided } : {}) };
}

/** A node whose cluster is down has no DC; one that does not answer may have. */
function judgeNone(readings: readonly StatusReading[]): Judgement {
  const unsure = readings.filter(({ state, problem }) => state === undefined && problem?.kind !== 'cluster-down');
  const withDc = respondentsIn(readings).filter(({ state }) => state.dc !== undefined);
  if (withDc.length > 0) return { verdict: 'failed', seen: reportsOf(withDc, describeQuorum) };
  if (readings.length === 0 || unsure.length > 0) return noReading(unsure);
  return { verdict: 'passed', seen: `no DC known on ${readings.map(({ node }) => node).join(', ')}` };
}
