import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { INFINITY, scoreText } from '../model/pacemaker-values.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckDriver } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';
import { isKnown, viewOf } from './resource-view.js';
import { nobodyAnswered, whoSaidWhat, witnessesIn } from './seat.js';
import { describeQuorum } from './state-wording.js';
import { describeTarget } from './wording.js';

interface FailcountObservation {
  readonly on?: string;
  readonly readings: readonly StatusReading[];
}

/** As the nodes with quorum tell it, by crm_mon; without `on` the counts of all nodes together. */
export const failcountCheck: CheckDriver<ExpectationOf<'failcount'>, FailcountObservation> = {
  kind: 'failcount',
  standsOnStatus: false,
  describe({ resource, on, is, atLeast }) {
    const many = is === undefined ? `${scoreText(atLeast ?? 0)} or more` : scoreText(is);
    return `the fail count of ${resource}${on ? ` on ${describeTarget(on)}` : ''} is ${many}`;
  },
  async observe({ on }, context) {
    return {
      ...(on === undefined ? {} : { on: await context.resolve(on) }),
      readings: await context.readings({ kind: 'majority' }),
    };
  },
  judge: judgeFailcount,
};

/** Nodes that tell different numbers have not all heard of a failure yet, so it fails and may yet come true. */
function judgeFailcount(
  { resource, is, atLeast = 0 }: ExpectationOf<'failcount'>,
  { on, readings }: FailcountObservation,
): Judgement {
  const answered = witnessesIn(readings);
  if (answered.length === 0) return nobodyAnswered(readings);
  const witnesses = answered.filter(({ state }) => state.quorate === true);
  if (witnesses.length === 0)
    return { verdict: 'failed', seen: `no partition with quorum: ${whoSaidWhat(answered, describeQuorum)}` };
  const seen = whoSaidWhat(witnesses, (state) => describeCount(state, resource, on));
  const fits = witnesses.every(({ state }) => {
    if (!isKnown(viewOf(state, resource))) return false;
    const found = failuresOf(state, resource, on);
    return is === undefined ? found >= atLeast : found === is;
  });
  return { verdict: fits ? 'passed' : 'failed', seen };
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
  return `${resource} has failed ${scoreText(failuresOf(state, resource, on))} times${where}`;
}
