import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { type Claim, resourceIs, toBe } from '../model/claims.js';
import type { ClusterState } from '../model/cluster-state.js';
import { isStarted, viewOf } from '../model/resource-view.js';
import { describeView } from '../model/state-text.js';
import { camelKeys, defineCheck } from './define-check.js';
import { describeSeenFrom, judgeClaims, judgeFromView, mustHaveResource, targetsOfView } from './view.js';

const schema = ({ seenFrom }: ScenarioFields) =>
  strict({ together: z.array(word).min(2), 'seen-from': seenFrom })
    .describe('All are started, and wherever the first of these resources runs, the others run too.')
    .transform(camelKeys);

/** The others may run elsewhere as well, as a clone does. */
export const togetherCheck = defineCheck({
  kind: 'together',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ seenFrom }) => targetsOfView(seenFrom),
  readsStatusText: true,
  describe: ({ together: [first, ...others], seenFrom }) =>
    `${first} runs together with ${others.join(', ')}${describeSeenFrom(seenFrom)}`,
  observe: async ({ seenFrom }, context) => ({ readings: await context.readings(seenFrom) }),
  judge: ({ together, seenFrom }, { readings }) =>
    judgeFromView(seenFrom, readings, (state) => judgeClaims(claimsOf(state, together), describeAll(state, together))),
});

function describeAll(state: ClusterState, resources: readonly string[]): string {
  return resources.map((id) => describeView(viewOf(state, id))).join('; ');
}

function claimsOf(state: ClusterState, [first = '', ...others]: readonly string[]): readonly Claim[] {
  const seen = describeAll(state, [first, ...others]);
  const leader = viewOf(state, first);
  const places = [...new Set(leader.instances.flatMap(({ nodes }) => nodes))];
  return [
    ...[first, ...others].map((id): Claim => mustHaveResource(state, id)),
    { ...resourceIs(leader, 'started'), seen },
    ...others.map((id) => {
      const view = viewOf(state, id);
      const isThere = places.every((node) => isStarted(view, node));
      return toBe(id, `started on ${places.join(' and ')}`, isThere, seen);
    }),
  ];
}
