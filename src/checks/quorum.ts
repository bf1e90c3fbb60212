import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { describeQuorum } from '../model/state-text.js';
import { camelKeys, defineCheck, passedIf } from './define-check.js';
import {
  describeSeenFrom,
  downEverywhere,
  noReading,
  type Respondent,
  reportsOf,
  respondentsIn,
  targetsOfView,
} from './view.js';

const schema = ({ seenFrom }: ScenarioFields) =>
  strict({ quorum: z.boolean(), 'seen-from': seenFrom })
    .describe('Whether the partition has quorum.')
    .transform(camelKeys);

export const quorumCheck = defineCheck({
  kind: 'quorum',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ seenFrom }) => targetsOfView(seenFrom),
  readsStatusText: true,
  describe: ({ quorum, seenFrom }) =>
    `${quorum ? 'there is quorum' : 'there is no quorum'}${describeSeenFrom(seenFrom)}`,
  observe: async ({ seenFrom }, context) => ({ readings: await context.readings(seenFrom) }),
  judge({ quorum, seenFrom }, { readings }) {
    const respondents = respondentsIn(readings);
    if (respondents.length === 0) {
      const down = downEverywhere(readings);
      return down === undefined ? noReading(readings) : passedIf(!quorum, down);
    }
    return passedIf(holds(quorum, seenFrom.kind === 'majority', respondents), reportsOf(respondents, describeQuorum));
  },
});

/** In the majority's view one partition with quorum is enough; that there is none must be reported by every node. A node without a DC reports neither. */
function holds(quorum: boolean, majority: boolean, respondents: readonly Respondent[]): boolean {
  if (quorum && majority) return respondents.some(({ state }) => state.quorate === true);
  return respondents.every(({ state }) => state.quorate === quorum);
}
