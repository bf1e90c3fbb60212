import type { StatusReading } from '../model/cluster-state.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckDriver } from '../ports/check.js';
import { expectState } from './assertion.js';
import type { ExpectationOf } from './kinds.js';
import { judgeFromSeat, nobodyAnswered, whoSaidWhat, witnessesIn } from './seat.js';
import { describeQuorum } from './state-wording.js';
import { describeSeat } from './wording.js';

interface DcObservation {
  readonly readings: readonly StatusReading[];
}

export const dcCheck: CheckDriver<ExpectationOf<'dc'>, DcObservation> = {
  kind: 'dc',
  standsOnStatus: true,
  describe: ({ dc, seenFrom }) =>
    `${dc === 'agreed' ? 'all agree on one DC' : 'there is no DC'}${describeSeat(seenFrom)}`,
  observe: async ({ seenFrom }, context) => ({ readings: await context.readings(seenFrom) }),
  judge: (expectation, { readings }) =>
    expectation.dc === 'agreed' ? judgeAgreed(expectation, readings) : judgeNone(readings),
};

/** The first witness in the seat names the DC that the others are asked about. */
function judgeAgreed({ seenFrom }: ExpectationOf<'dc'>, readings: readonly StatusReading[]): Judgement {
  const counted = witnessesIn(readings).filter(({ state }) => seenFrom.kind !== 'majority' || state.quorate === true);
  const named = counted.find(({ state }) => state.dc !== undefined)?.state.dc?.name;
  if (counted.length > 0 && named === undefined)
    return { verdict: 'failed', seen: whoSaidWhat(counted, describeQuorum) };
  return judgeFromSeat(seenFrom, readings, (state) => {
    expectState(state).to.have.dc(named ?? '');
    return `DC ${named}`;
  });
}

/** A node whose cluster is down has no DC; one that does not answer may have. */
function judgeNone(readings: readonly StatusReading[]): Judgement {
  const unsure = readings.filter(({ state, problem }) => state === undefined && problem?.kind !== 'cluster-down');
  const withDc = witnessesIn(readings).filter(({ state }) => state.dc !== undefined);
  if (withDc.length > 0) return { verdict: 'failed', seen: whoSaidWhat(withDc, describeQuorum) };
  if (readings.length === 0 || unsure.length > 0) return nobodyAnswered(unsure);
  return { verdict: 'passed', seen: `no DC known on ${readings.map(({ node }) => node).join(', ')}` };
}
