import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { operationIsPending } from '../model/claims.js';
import { PENDING_OPERATIONS, viewOf } from '../model/resource-view.js';
import { describeView } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import { defineCheck, given, resolved } from './define-check.js';
import { judgeClaims, judgeFromView, mustHaveResource } from './view.js';

const schema = ({ target }: ScenarioFields) =>
  strict({
    pending: word.describe('A resource, a group or a clone.'),
    operation: z.enum(PENDING_OPERATIONS).optional().describe('Default: any of them.'),
    on: target.optional().describe('The node that crm_mon prints beside it.'),
  })
    .describe('An operation of a resource that has begun and not ended, as crm_mon shows it.')
    .transform(({ pending: resource, ...rest }) => ({ resource, ...rest }));

/** Of the nodes with quorum, by crm_mon. */
export const pendingCheck = defineCheck({
  kind: 'pending',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ on }) => given(on),
  readsStatusText: false,
  describe({ resource, operation, on }) {
    const what = operation === undefined ? `an operation of ${resource}` : `the ${operation} of ${resource}`;
    return `${what}${on ? ` on ${targetText(on)}` : ''} is pending`;
  },
  async observe({ on }, context) {
    return { ...(await resolved({ on }, context)), readings: await context.readings({ kind: 'majority' }) };
  },
  judge: ({ resource, operation }, { on, readings }) =>
    judgeFromView({ kind: 'majority' }, readings, (state) => {
      const view = viewOf(state, resource);
      return judgeClaims(
        [mustHaveResource(state, resource), operationIsPending(view, operation, on)],
        describeView(view),
      );
    }),
});
