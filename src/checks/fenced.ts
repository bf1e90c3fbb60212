import { z } from 'zod';
import { type Start, startsIn } from '../cluster/history.js';
import { checked, type ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { word } from '../fields/values.js';
import type { FencingEvent, StatusReading } from '../model/cluster-state.js';
import { parseClusterTime } from '../model/cluster-time.js';
import { reportsNoSuch } from '../model/command-output.js';
import { haNodesOf } from '../model/lab.js';
import { viewOf } from '../model/resource-view.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import { complaintOf, defineCheck, type FieldsOf, passedIf } from './define-check.js';
import { byTime, type FencingCallsOn, fencingCallsOn, silentIn } from './journals.js';
import { noReading, type Respondent, respondentsIn } from './view.js';

interface FencedObservation {
  readonly node: string;
  /** When the scenario began, in ms since 1970. */
  readonly sinceMs: number;
  readonly readings: readonly StatusReading[];
  readonly starts: readonly Start[];
  /** What devices returned for the node, if that is asked for. */
  readonly journals: readonly FencingCallsOn[];
  readonly problem?: string;
}

const TIMEOUT_MS = 10_000;
/** The clocks of the nodes and of the machine that runs the scenario may differ by that much. */
const SLACK_MS = 2_000;

const schema = ({ target }: ScenarioFields) =>
  checked(
    strict({
      fenced: target,
      is: z.enum(['success', 'failed', 'pending']).prefault('success'),
      before: word.optional().describe('A resource that must not start elsewhere before the node was fenced.'),
      by: word.optional().describe('The fence device that did it, or that failed.'),
      attempt: z
        .number()
        .int()
        .min(1)
        .optional()
        .describe('How many calls of fence devices it took, those that failed included.'),
    }).describe(
      'Whether, as the cluster reports it, the node was fenced since the scenario began (success), fencing it was tried and failed, or is being tried now (pending).',
    ),
    unfinishedWrong,
    'is',
  );

function unfinishedWrong(written: {
  is: string;
  before?: string;
  by?: string;
  attempt?: number;
}): ValueProblem | undefined {
  const key = (['before', 'by', 'attempt'] as const).find((each) => written[each] !== undefined);
  if (written.is !== 'pending' || key === undefined) return undefined;
  return {
    message: `${key} is known when fencing has ended, and this one is pending`,
    hint: `remove ${key}, or pending`,
  };
}

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
  describe({ fenced, is, before, by, attempt }) {
    const device = by === undefined ? '' : ` by ${by}`;
    const calls = attempt === undefined ? '' : ` at attempt ${attempt}`;
    const start = before === undefined ? '' : `, before ${before} is started elsewhere`;
    if (is === 'pending') return `fencing ${targetText(fenced)} is pending`;
    return is === 'failed'
      ? `fencing ${targetText(fenced)}${device} fails${calls}`
      : `${targetText(fenced)} is fenced${device}${calls}${start}`;
  },
  async observe({ fenced, before, by, attempt }, context): Promise<FencedObservation> {
    const node = await context.resolve(fenced);
    const readings = await context.readings({ kind: 'majority' });
    const [first] = readings;
    const agoMs = first === undefined ? 0 : Date.parse(first.at) - context.scenarioBeganMs;
    const others = haNodesOf(context.lab).flatMap(({ name }) => (name === node ? [] : name));
    const journals =
      by === undefined && attempt === undefined ? [] : await fencingCallsOn(others, agoMs + SLACK_MS, context);
    const asked = { node, sinceMs: context.scenarioBeganMs, readings, journals };
    const respondent = respondentsIn(readings)[0];
    if (before === undefined || respondent === undefined) return { ...asked, starts: [] };
    return { ...asked, ...(await startsOf(before, respondent.node, context)) };
  },
  judge({ is, before, by, attempt }, { node, sinceMs, readings, starts, journals, problem }) {
    const respondents = respondentsIn(readings);
    if (respondents.length === 0) return noReading(readings);
    if (is === 'pending') return judgePending(respondents, node);
    const fencing = fencingOf(respondents, node, is, sinceMs);
    if (fencing === undefined) {
      const what = is === 'failed' ? 'failed' : 'succeeded';
      return { verdict: 'failed', seen: `nobody knows of a fencing of ${node} that ${what} since the scenario began` };
    }
    if (by !== undefined || attempt !== undefined) {
      const calls = judgeCalls({ is, by, attempt }, node, journals, readings);
      if (calls.verdict !== 'passed' || before === undefined)
        return { ...calls, seen: `${fencing.told}; ${calls.seen}` };
    }
    if (before === undefined) return { verdict: 'passed', seen: fencing.told };
    if (problem !== undefined) return { verdict: 'unknown', seen: `${fencing.told}; ${problem}` };
    return judgeStart(before, respondents, starts, fencing);
  },
});

/** By anybody's word. */
function judgePending(respondents: readonly Respondent[], node: string): Judgement {
  const events = respondents.flatMap(({ state }) => state.fencingHistory);
  const found = events.find(({ target, action, status }) => target === node && action !== 'on' && status === 'pending');
  if (found === undefined) return { verdict: 'failed', seen: `no fencing of ${node} is pending` };
  return { verdict: 'passed', seen: `${found.action} of ${node} is pending` };
}

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

/** By the journals of all nodes but the fenced one, which cannot have done it. */
function judgeCalls(
  { is, by, attempt }: Pick<FieldsOf<typeof schema>, 'is' | 'by' | 'attempt'>,
  node: string,
  journals: readonly FencingCallsOn[],
  readings: readonly StatusReading[],
): Judgement {
  const calls = byTime(journals).filter(({ target, action }) => target === node && action !== 'on');
  const wanted = calls.findIndex(({ device, ok }) => ok === (is === 'success') && (by === undefined || device === by));
  const told = calls.map(({ device, ok }) => `${device} ${ok ? 'succeeded' : 'failed'}`).join(', then ');
  if (wanted === -1 || (attempt !== undefined && wanted + 1 !== attempt))
    return (
      silentIn(journals, readings) ?? { verdict: 'failed', seen: told || 'no journal has a call of a fence device' }
    );
  return (attempt === undefined ? undefined : silentIn(journals, readings)) ?? { verdict: 'passed', seen: told };
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
