import { type LoggedOperation, OPERATIONS_SCRIPT, readOperations } from '../cluster/history.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import type { StatusReading } from '../model/cluster-state.js';
import { lastLine } from '../model/command-output.js';
import { defined } from '../model/defined.js';
import { haNodesOf } from '../model/lab.js';
import { baseId } from '../model/resource-tree.js';
import { isKnown, viewOf } from '../model/resource-view.js';
import { listed } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import { defineCheck, type FieldsOf, given, tryExec } from './define-check.js';
import { noReading, reportingNodeIn, respondentsIn } from './view.js';

/**
 * The operations in one node's journal, or why they are not known. The CIB would not do: its history forgets a node that
 * leaves, and keeps only the last operation of each kind.
 */
interface Journal {
  readonly node: string;
  readonly operations: readonly LoggedOperation[];
  readonly problem?: string;
}

interface UntouchedObservation {
  /** `undefined`: the step has not begun in this run. */
  readonly sinceMs?: number;
  /** Why the cluster is not known to be idle. */
  readonly busy?: string;
  readonly readings: readonly StatusReading[];
  readonly journals: readonly Journal[];
}

const IDLE_TIMEOUT_S = 20;
const TIMEOUT_MS = 15_000;

const schema = ({ target }: ScenarioFields) =>
  strict({
    untouched: word.describe('A resource, a group or a clone; all for every resource.'),
    on: target.optional().describe('On this node alone.'),
    since: word
      .optional()
      .describe('The step from whose start on operations count: this step (default) or an earlier one.'),
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
  references: ({ since: id }) => (id === undefined ? [] : [{ kind: 'step', at: ['since'], id }]),
  readsStatusText: false,
  describe({ of, on, since }) {
    const what = `${of === 'all' ? 'any resource' : of}${on === undefined ? '' : ` on ${targetText(on)}`}`;
    return `nothing has started, stopped or moved ${what} since ${since === undefined ? 'this step began' : `step ${since} began`}`;
  },
  observe: observeUntouched,
  judge: judgeUntouched,
});

async function observeUntouched({ since, on }: Untouched, context: CheckContext): Promise<UntouchedObservation> {
  const before = await context.readings({ kind: 'majority' });
  const respondent = reportingNodeIn(before);
  const busy = respondent === undefined ? noReading(before).seen : await whyBusy(respondent.node, context);
  const sinceMs = context.sinceStepMs(since);
  const nodes = on === undefined ? haNodesOf(context.lab).map(({ name }) => name) : [await context.resolve(on)];
  return {
    ...defined({ busy, sinceMs }),
    readings: before,
    journals: sinceMs === undefined ? [] : await Promise.all(nodes.map((node) => journalOf(node, sinceMs, context))),
  };
}

async function whyBusy(node: string, context: CheckContext): Promise<string | undefined> {
  const argv = ['crm_resource', '--wait', `--timeout=${IDLE_TIMEOUT_S}s`];
  const result = await tryExec(context, node, argv, (IDLE_TIMEOUT_S + 10) * 1000);
  if ('problem' in result) return `${node} could not be asked: ${result.problem}`;
  const { exitCode, stdout, stderr } = result;
  if (exitCode === 0) return undefined;
  return `crm_resource --wait on ${node}: ${lastLine(`${stdout}\n${stderr}`) ?? `exit code ${exitCode}`}`;
}

/** Never throws, so that one silent node does not hide the operations of another. */
async function journalOf(node: string, sinceMs: number, context: CheckContext): Promise<Journal> {
  const result = await tryExec(context, node, ['sh', '-c', OPERATIONS_SCRIPT], TIMEOUT_MS);
  return { node, ...('problem' in result ? { operations: [], ...result } : readOperations(result.stdout, sinceMs)) };
}

function judgeUntouched(
  { of, since }: Untouched,
  { sinceMs, busy, readings, journals }: UntouchedObservation,
): Judgement {
  if (sinceMs === undefined) return { verdict: 'unknown', seen: `step ${since ?? ''} has not been run` };
  const ids = of === 'all' ? undefined : idsOf(of, readings);
  const done = journals.flatMap(({ node, operations }) =>
    operations
      .filter(({ resource }) => ids === undefined || ids.has(resource))
      .map(({ resource, operation, result }) => `${operation} of ${resource} on ${node}: ${result}`),
  );
  if (done.length > 0) return { verdict: 'failed', seen: listed(done, '', '; ') };
  if (busy !== undefined) return { verdict: 'unknown', seen: `whether operations are pending is not known: ${busy}` };
  const silent = journals.filter((journal) => journal.problem !== undefined && !isGone(journal.node, readings));
  if (silent.length > 0)
    return { verdict: 'unknown', seen: silent.map(({ node, problem }) => `${node}: ${problem}`).join('; ') };
  const gone = journals.filter(({ problem }) => problem !== undefined).map(({ node }) => node);
  const read = journals.filter(({ problem }) => problem === undefined).map(({ node }) => node);
  if (read.length === 0) return { verdict: 'unknown', seen: `offline and not read: ${gone.join(', ')}` };
  const without = gone.length === 0 ? '' : `; offline and not read: ${gone.join(', ')}`;
  return { verdict: 'passed', seen: `nothing in the journals of ${listed(read, '')}${without}` };
}

/** The members of the group, clone or bundle of this name, and the name itself. */
function idsOf(name: string, readings: readonly StatusReading[]): ReadonlySet<string> {
  const views = respondentsIn(readings).map(({ state }) => viewOf(state, name));
  return new Set([name, ...views.filter(isKnown).flatMap(({ instances }) => instances.map(({ id }) => baseId(id)))]);
}

/** The partition with quorum lists the node as offline, so it cannot have ordered an operation there. */
function isGone(node: string, readings: readonly StatusReading[]): boolean {
  const quorate = respondentsIn(readings).filter(({ state }) => state.quorate === true);
  return (
    quorate.length > 0 && quorate.every(({ state }) => state.nodes.some((each) => each.name === node && !each.online))
  );
}
