import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import {
  type Claim,
  not,
  ofKnownNode,
  type RESOURCE_IS,
  resourceIs,
  resourceIsKnown,
  resourceIsOn,
} from '../model/claims.js';
import type { ClusterState } from '../model/cluster-state.js';
import { RESOURCE_CONDITIONS, type ResourceCondition } from '../model/expectation.js';
import { type ResourceView, touches, viewOf } from '../model/resource-view.js';
import { describeView } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import { camelKeys, defineCheck, given, resolved } from './define-check.js';
import { describeSeenFrom, hasResource, judgeClaims, judgeFromView, mustHaveResource, targetsOfView } from './view.js';

interface Places {
  readonly on?: string;
  readonly notOn?: string;
}

const schema = ({ target, seenFrom }: ScenarioFields) =>
  strict({
    resource: word,
    is: z.enum(RESOURCE_CONDITIONS),
    on: target.optional(),
    'not-on': target.optional(),
    'seen-from': seenFrom,
  })
    .describe('The state of a resource, and where it must or must not run.')
    .transform(camelKeys);

/** `stopped` is judged from one node's own status only; it cannot know what another partition runs. */
export const resourceCheck = defineCheck({
  kind: 'resource',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ on, notOn, seenFrom }) => [...given(on, notOn), ...targetsOfView(seenFrom)],
  readsStatusText: true,
  describe({ resource, is, on, notOn, seenFrom }) {
    const where = `${on ? ` on ${targetText(on)}` : ''}${notOn ? `, not on ${targetText(notOn)}` : ''}`;
    return `${resource} is ${is}${where}${describeSeenFrom(seenFrom)}`;
  },
  async observe({ on, notOn, seenFrom }, context) {
    return { ...(await resolved({ on, notOn }, context)), readings: await context.readings(seenFrom) };
  },
  judge: ({ resource, is, seenFrom }, { readings, ...places }) =>
    judgeFromView(seenFrom, readings, (state) => {
      if (is === 'absent') return judgeClaims([not(resourceIsKnown(state, resource))], `no resource ${resource}`);
      return judgeClaims(claimsOf(state, resource, is, places), describeView(viewOf(state, resource)));
    }),
});

/** In this order, so that the first that does not hold says best what is wrong. */
function claimsOf(
  state: ClusterState,
  resource: string,
  is: Exclude<ResourceCondition, 'absent'>,
  { on, notOn }: Places,
): readonly Claim[] {
  const view = viewOf(state, resource);
  // A node that is not known any more holds nothing.
  const isMisplaced = notOn !== undefined && touches(view, notOn);
  return [
    is === 'present' ? hasResource(state, resource) : mustHaveResource(state, resource),
    ...(is === 'present' ? [] : [placed(state, view, is, on)]),
    ...(isMisplaced ? [not(resourceIsOn(view, 'active on', notOn))] : []),
  ];
}

function placed(state: ClusterState, view: ResourceView, is: keyof typeof RESOURCE_IS, on: string | undefined): Claim {
  if (on === undefined || is === 'stopped') return resourceIs(view, is);
  return ofKnownNode(state, on, resourceIsOn(view, `${is} on`, on));
}
