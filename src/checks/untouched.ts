import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { lastLine } from '../model/command-output.js';
import { defined } from '../model/defined.js';
import { listed } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import { defineCheck, type FieldsOf, given, tryExec } from './define-check.js';
import {
  describeSince,
  idsOf,
  notBegun,
  type OperationsSince,
  operationsSince,
  referencesOfSince,
  silentIn,
  sinceStep,
} from './journals.js';
import { noReading, reportingNodeIn } from './view.js';

interface UntouchedObservation extends OperationsSince {
  /** Why the cluster is not known to be idle. */
  readonly busy?: string;
}

const IDLE_TIMEOUT_S = 20;

const schema = ({ target }: ScenarioFields) =>
  strict({
    untouched: word.describe('A resource, a group or a clone; all for every resource.'),
    on: target.optional().describe('On this node alone.'),
    since: sinceStep,
  })
    .describe(
      "The nodes' own journals show no start, stop, promotion, demotion or migration, and the cluster has none pending.",
    )
    .transform(({ untouched: of, ...rest }) => ({ of, ...rest }));

type Untouched = FieldsOf<typeof schema>;

/**
 * No start, stop, promotion, demotion, migration or reload of a resource has ended on any node since a step began, and
 * none is pending: `crm_resource --wait` returns when the scheduler has nothing left to do.
 */
export const untouchedCheck = defineCheck({
  kind: 'untouched',
  schema,
  cost: 6,
  when: 'after-action',
  finds: 'what was touched',
  targets: ({ on }) => given(on),
  references: referencesOfSince,
  readsStatusText: false,
  describe({ of, on, since }) {
    const what = `${of === 'all' ? 'any resource' : of}${on === undefined ? '' : ` on ${targetText(on)}`}`;
    return `nothing has started, stopped or moved ${what} ${describeSince(since)}`;
  },
  observe: observeUntouched,
  judge: judgeUntouched,
});

async function observeUntouched(step: Untouched, context: CheckContext): Promise<UntouchedObservation> {
  const before = await context.readings({ kind: 'majority' });
  const respondent = reportingNodeIn(before);
  const busy = respondent === undefined ? noReading(before).seen : await whyBusy(respondent.node, context);
  return { ...defined({ busy }), ...(await operationsSince(step, context)) };
}

async function whyBusy(node: string, context: CheckContext): Promise<string | undefined> {
  const argv = ['crm_resource', '--wait', `--timeout=${IDLE_TIMEOUT_S}s`];
  const result = await tryExec(context, node, argv, (IDLE_TIMEOUT_S + 10) * 1000);
  if ('problem' in result) return `${node} could not be asked: ${result.problem}`;
  const { exitCode, stdout, stderr } = result;
  if (exitCode === 0) return undefined;
  return `crm_resource --wait on ${node}: ${lastLine(`${stdout}\n${stderr}`) ?? `exit code ${exitCode}`}`;
}

function judgeUntouched(
  { of, since }: Untouched,
  { sinceMs, busy, readings, journals }: UntouchedObservation,
): Judgement {
  if (sinceMs === undefined) return notBegun(since);
  const ids = of === 'all' ? undefined : idsOf(of, readings);
  const done = journals.flatMap(({ node, found }) =>
    found
      .filter(({ resource }) => ids === undefined || ids.has(resource))
      .map(({ resource, operation, result }) => `${operation} of ${resource} on ${node}: ${result}`),
  );
  if (done.length > 0) return { verdict: 'failed', seen: listed(done, '', '; ') };
  if (busy !== undefined) return { verdict: 'unknown', seen: `whether operations are pending is not known: ${busy}` };
  const silent = silentIn(journals, readings);
  if (silent !== undefined) return silent;
  const gone = journals.filter(({ problem }) => problem !== undefined).map(({ node }) => node);
  const read = journals.filter(({ problem }) => problem === undefined).map(({ node }) => node);
  if (read.length === 0) return { verdict: 'unknown', seen: `offline and not read: ${gone.join(', ')}` };
  const without = gone.length === 0 ? '' : `; offline and not read: ${gone.join(', ')}`;
  return { verdict: 'passed', seen: `nothing in the journals of ${listed(read, '')}${without}` };
}
