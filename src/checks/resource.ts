import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { RESOURCE_CONDITIONS, type ResourceCondition } from '../model/scenario.js';
import { expectState } from './assertion.js';
import { camelKeys, defineCheck, given, targetOfView } from './define-check.js';
import { touches, viewOf } from './resource-view.js';
import { judgeFromSeat } from './seat.js';
import { describeView } from './state-wording.js';
import { describeSeat, describeTarget } from './wording.js';

interface Places {
  readonly on?: string;
  readonly notOn?: string;
}

interface ResourceObservation extends Places {
  readonly readings: readonly StatusReading[];
}

/** Each condition throws chai's AssertionError where it does not hold. */
type Look = (state: ClusterState, id: string, on: string | undefined) => void;

const CONDITIONS: { readonly [C in ResourceCondition]: Look } = {
  started: (state, id, on) => {
    const resource = expectState(state).to.have.resource(id);
    if (on === undefined) resource.that.is.started;
    else resource.startedOn(on);
  },
  promoted: (state, id, on) => {
    const resource = expectState(state).to.have.resource(id);
    if (on === undefined) resource.that.is.promoted;
    else resource.promotedOn(on);
  },
  unpromoted: (state, id, on) => {
    const resource = expectState(state).to.have.resource(id);
    if (on === undefined) resource.that.is.unpromoted;
    else resource.unpromotedOn(on);
  },
  stopped: (state, id) => {
    expectState(state).to.have.resource(id).that.is.stopped;
  },
  present: (state, id) => {
    expectState(state).to.have.resource(id);
  },
  absent: (state, id) => {
    expectState(state).not.to.have.resource(id);
  },
};

const schema = ({ target, seenFrom }: ScenarioFields) =>
  strict({
    resource: word,
    is: z.enum(RESOURCE_CONDITIONS),
    on: target.optional(),
    'not-on': target.optional(),
    'seen-from': seenFrom,
  })
    .describe('State of a resource, and where it is or is not.')
    .transform(camelKeys);

/** `stopped` is judged within the seat's own reading: what another partition runs is not its to say. */
export const resourceCheck = defineCheck({
  kind: 'resource',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ on, notOn, seenFrom }) => [...given(on, notOn), ...targetOfView(seenFrom)],
  standsOnStatus: true,
  describe({ resource, is, on, notOn, seenFrom }) {
    const where = `${on ? ` on ${describeTarget(on)}` : ''}${notOn ? `, not on ${describeTarget(notOn)}` : ''}`;
    return `${resource} is ${is}${where}${describeSeat(seenFrom)}`;
  },
  async observe({ on, notOn, seenFrom }, context): Promise<ResourceObservation> {
    return {
      ...(on === undefined ? {} : { on: await context.resolve(on) }),
      ...(notOn === undefined ? {} : { notOn: await context.resolve(notOn) }),
      readings: await context.readings(seenFrom),
    };
  },
  judge: ({ resource, is, seenFrom }, { on, notOn, readings }) =>
    judgeFromSeat(seenFrom, readings, (state) => {
      CONDITIONS[is](state, resource, on);
      // A node that is no longer known holds nothing, and of unknown nodes the plugin says nothing.
      if (notOn !== undefined && is !== 'absent' && touches(viewOf(state, resource), notOn))
        expectState(state).to.have.resource(resource).not.touching(notOn);
      return is === 'absent' ? `no resource ${resource}` : describeView(viewOf(state, resource));
    }),
});
