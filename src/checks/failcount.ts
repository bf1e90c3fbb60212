import { z } from 'zod';
import { checked, type ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { word } from '../fields/values.js';
import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { INFINITY, scoreText } from '../model/pacemaker-values.js';
import { isKnown, viewOf } from '../model/resource-view.js';
import { describeQuorum } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import { camelKeys, defineCheck, type FieldsOf, given, passedIf, resolved } from './define-check.js';
import { noReading, reportsOf, respondentsIn } from './view.js';

interface FailcountObservation {
  readonly on?: string;
  readonly readings: readonly StatusReading[];
}

const counted = z.number().int().max(INFINITY);
const schema = ({ target }: ScenarioFields) =>
  checked(
    strict({
      failcount: word,
      on: target.optional(),
      is: counted.min(0).optional(),
      'at-least': counted.min(1).optional(),
    }).describe(
      `How many failures of a resource the cluster has counted, on one node or on all together; ${INFINITY} is INFINITY.`,
    ),
    howManyWrong,
    'failcount',
  ).transform(({ failcount: resource, ...rest }) => ({ resource, ...camelKeys(rest) }));

type Failcount = FieldsOf<typeof schema>;

function howManyWrong({ is, 'at-least': atLeast }: { is?: number; 'at-least'?: number }): ValueProblem | undefined {
  if ((is === undefined) !== (atLeast === undefined)) return undefined;
  const message = is === undefined ? 'how many failures is not said' : 'both is and at-least are given';
  return { message, hint: 'write is: 0, or at-least: 1' };
}

/** As the nodes with quorum tell it, by crm_mon; without `on` the counts of all nodes together. */
export const failcountCheck = defineCheck({
  kind: 'failcount',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ on }) => given(on),
  readsStatusText: false,
  describe({ resource, on, is, atLeast }) {
    const many = is === undefined ? `${scoreText(atLeast ?? 0)} or more` : scoreText(is);
    return `the fail count of ${resource}${on ? ` on ${targetText(on)}` : ''} is ${many}`;
  },
  async observe({ on }, context) {
    return { ...(await resolved({ on }, context)), readings: await context.readings({ kind: 'majority' }) };
  },
  judge: judgeFailcount,
});

/** Nodes that tell different numbers have not all heard of a failure yet, so it fails and may yet come true. */
function judgeFailcount({ resource, is, atLeast = 0 }: Failcount, { on, readings }: FailcountObservation): Judgement {
  const answered = respondentsIn(readings);
  if (answered.length === 0) return noReading(readings);
  const respondents = answered.filter(({ state }) => state.quorate === true);
  if (respondents.length === 0)
    return { verdict: 'failed', seen: `no partition with quorum: ${reportsOf(answered, describeQuorum)}` };
  const seen = reportsOf(respondents, (state) => describeCount(state, resource, on));
  const fits = respondents.every(({ state }) => {
    if (!isKnown(viewOf(state, resource))) return false;
    const found = failuresOf(state, resource, on);
    return is === undefined ? found >= atLeast : found === is;
  });
  return passedIf(fits, seen);
}

/** INFINITY and more is INFINITY, as pacemaker counts. */
function failuresOf(state: ClusterState, resource: string, on: string | undefined): number {
  const fits = state.failCounts.filter((each) => each.resource === resource && (on === undefined || each.node === on));
  return Math.min(
    fits.reduce((sum, { failCount = 0 }) => sum + failCount, 0),
    INFINITY,
  );
}

function describeCount(state: ClusterState, resource: string, on: string | undefined): string {
  if (!isKnown(viewOf(state, resource))) return `there is no resource ${resource}`;
  const where = on === undefined ? '' : ` on ${on}`;
  return `the fail count of ${resource}${where} is ${scoreText(failuresOf(state, resource, on))}`;
}
