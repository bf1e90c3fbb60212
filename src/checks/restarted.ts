import { isOk } from '../cluster/operations.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import { defineCheck, type FieldsOf, given } from './define-check.js';
import {
  byTime,
  describeSince,
  idsOf,
  notBegun,
  type OperationsSince,
  operationsSince,
  referencesOfSince,
  silentIn,
  sinceStep,
} from './journals.js';

const schema = ({ target }: ScenarioFields) =>
  strict({ restarted: word, on: target.optional().describe('On this node.'), since: sinceStep }).describe(
    'The journal of one node shows that the resource was stopped there and started again; of a group or clone, one of its resources.',
  );

export const restartedCheck = defineCheck({
  kind: 'restarted',
  schema,
  cost: 6,
  when: 'after-action',
  finds: 'what was restarted',
  targets: ({ on }) => given(on),
  references: referencesOfSince,
  readsStatusText: false,
  describe: ({ restarted, on, since }) =>
    `${restarted} has been restarted${on === undefined ? '' : ` on ${targetText(on)}`} ${describeSince(since)}`,
  observe: operationsSince,
  judge: judgeRestarted,
});

function judgeRestarted(
  { restarted, since }: FieldsOf<typeof schema>,
  { sinceMs, readings, journals }: OperationsSince,
): Judgement {
  if (sinceMs === undefined) return notBegun(since);
  const ids = idsOf(restarted, readings);
  const ended = byTime(journals).filter(({ resource, result }) => ids.has(resource) && isOk(result));
  const again = ended.find(
    ({ operation, resource, node }, at) =>
      operation === 'start' &&
      ended.slice(0, at).some((each) => each.operation === 'stop' && each.resource === resource && each.node === node),
  );
  if (again !== undefined)
    return { verdict: 'passed', seen: `${again.resource} was stopped and started again on ${again.node}` };
  const done = ended.map(({ operation, resource, node }) => `${operation} of ${resource} on ${node}`);
  return (
    silentIn(journals, readings) ?? { verdict: 'failed', seen: done.join(', ') || `nothing ${describeSince(since)}` }
  );
}
