import { z } from 'zod';
import { type Start, startsIn } from '../cluster/history.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import type { FencingEvent, StatusReading } from '../model/cluster-state.js';
import { parseClusterTime } from '../model/cluster-time.js';
import { reportsNoSuch } from '../model/command-output.js';
import { viewOf } from '../model/resource-view.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import { complaintOf, defineCheck, passedIf } from './define-check.js';
import { noReading, type Respondent, respondentsIn } from './view.js';

interface FencedObservation {
  readonly node: string;
  /** When the scenario began, in ms since 1970. */
  readonly sinceMs: number;
  readonly readings: readonly StatusReading[];
  readonly starts: readonly Start[];
  readonly problem?: string;
}

const TIMEOUT_MS = 10_000;
/** The clocks of the nodes and of the machine that runs the scenario may differ by that much. */
const SLACK_MS = 2_000;

const schema = ({ target }: ScenarioFields) =>
  strict({
    fenced: target,
    is: z.enum(['success', 'failed']).prefault('success'),
    before: word.optional().describe('A resource that must not start elsewhere before the node was fenced.'),
  }).describe(
    'Whether, as the cluster reports it, the node was fenced since the scenario began (success), or fencing it was tried and failed.',
  );

/**
 * As pacemaker reports it: the node was fenced successfully and, if a resource is named, that was started elsewhere only
 * after that.
 */
export const fencedCheck = defineCheck({
  kind: 'fenced',
  schema,
  cost: 3,
  when: 'now',
  targets: ({ fenced }) => [fenced],
  readsStatusText: false,
  describe: ({ fenced, is, before }) =>
    is === 'failed'
      ? `fencing ${targetText(fenced)} fails`
      : `${targetText(fenced)} is fenced${before === undefined ? '' : `, before ${before} is started elsewhere`}`,
  async observe({ fenced, before }, context) {
    const node = await context.resolve(fenced);
    const readings = await context.readings({ kind: 'majority' });
    const asked = { node, sinceMs: context.scenarioBeganMs, readings };
    const respondent = respondentsIn(readings)[0];
    if (before === undefined || respondent === undefined) return { ...asked, starts: [] };
    return { ...asked, ...(await startsOf(before, respondent.node, context)) };
  },
  judge({ is, before }, { node, sinceMs, readings, starts, problem }) {
    const respondents = respondentsIn(readings);
    if (respondents.length === 0) return noReading(readings);
    const fencing = fencingOf(respondents, node, is, sinceMs);
    if (fencing === undefined) {
      const what = is === 'failed' ? 'failed' : 'succeeded';
      return { verdict: 'failed', seen: `nobody knows of a fencing of ${node} that ${what} since the scenario began` };
    }
    if (before === undefined) return { verdict: 'passed', seen: fencing.told };
    if (problem !== undefined) return { verdict: 'unknown', seen: `${fencing.told}; ${problem}` };
    return judgeStart(before, respondents, starts, fencing);
  },
});

interface Fencing {
  readonly atMs: number;
  readonly told: string;
}

/** The first since the scenario began, by anybody's word. That `on` was done says nothing of the node having been off. */
function fencingOf(
  respondents: readonly Respondent[],
  node: string,
  is: FencingEvent['status'],
  sinceMs: number,
): Fencing | undefined {
  const events = respondents.flatMap(({ state }) => [...state.fencingHistory, ...state.failedFencing]);
  const found = events.flatMap(({ target, action, status, at, delegate }) => {
    const time = at === undefined ? undefined : parseClusterTime(at);
    if (target !== node || status !== is || action === 'on' || time === undefined) return [];
    const how = [action, ...(delegate === undefined ? [] : [`by ${delegate}`])].join(' ');
    const what = is === 'failed' ? 'could not be fenced' : 'was fenced';
    return [{ atMs: time.ms, told: `${node} ${what} (${how}) at ${clockText(time.ms)}` }];
  });
  return found.filter(({ atMs }) => atMs >= sinceMs - SLACK_MS).sort((a, b) => a.atMs - b.atMs)[0];
}

function judgeStart(
  resource: string,
  respondents: readonly Respondent[],
  starts: readonly Start[],
  fencing: Fencing,
): Judgement {
  const holders = new Set(
    respondents.flatMap(({ state }) => viewOf(state, resource).instances.flatMap(({ nodes }) => nodes)),
  );
  const start = starts.filter(({ node }) => holders.has(node)).sort((a, b) => b.atS - a.atS)[0];
  if (start === undefined)
    return { verdict: 'failed', seen: `${fencing.told}; ${resource} has not been started anywhere since` };
  const seen = `${fencing.told}; ${resource} was started on ${start.node} at ${clockText(start.atS * 1000)}`;
  return passedIf(start.atS >= Math.floor(fencing.atMs / 1000), seen);
}

async function startsOf(
  resource: string,
  from: string,
  context: CheckContext,
): Promise<Pick<FencedObservation, 'starts' | 'problem'>> {
  const xpath = `//lrm_resource[@id='${resource}']/lrm_rsc_op[@operation='start' and @rc-code='0']`;
  const argv = ['cibadmin', '--query', '--local', '--xpath', xpath];
  const result = await context.exec(from, argv, TIMEOUT_MS);
  const starts = startsIn(result.stdout);
  if (starts.length > 0) return { starts };
  if (result.exitCode === 0 || reportsNoSuch(result)) return { starts };
  return { starts, problem: `cibadmin on ${from}: ${complaintOf(result)}` };
}

function clockText(ms: number): string {
  return new Date(ms).toISOString().slice(11, ms % 1000 === 0 ? 19 : 23);
}
