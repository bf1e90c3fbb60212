import { z } from 'zod';
import { isOk } from '../cluster/operations.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import type { Judgement } from '../model/verdict.js';
import { camelKeys, defineCheck, type FieldsOf } from './define-check.js';
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

const ENDED = { start: 'started', stop: 'stopped', promote: 'promoted', demote: 'demoted' } as const;
const OPERATIONS = ['start', 'stop', 'promote', 'demote'] as const;

const schema = (_fields: ScenarioFields) =>
  strict({ 'in-order': z.array(word).min(2), operation: z.enum(OPERATIONS).default('start'), since: sinceStep })
    .describe(
      "In the nodes' own journals, the first start (or stop, promote, demote) of each resource has ended before that of the next.",
    )
    .transform(camelKeys);

export const inOrderCheck = defineCheck({
  kind: 'in-order',
  schema,
  cost: 6,
  when: 'after-action',
  finds: 'an order',
  targets: () => [],
  references: referencesOfSince,
  readsStatusText: false,
  describe: ({ inOrder, operation, since }) =>
    `${operation} of ${inOrder.join(', ')} in this order ${describeSince(since)}`,
  observe: operationsSince,
  judge: judgeOrder,
});

/** The answers of two nodes are not of the same moment: what lies closer together on two of them has no order. */
const SAME_MOMENT_S = 0.5;

function judgeOrder(
  { inOrder, operation, since }: FieldsOf<typeof schema>,
  { sinceMs, readings, journals }: OperationsSince,
): Judgement {
  if (sinceMs === undefined) return notBegun(since);
  const ended = byTime(journals).filter((each) => each.operation === operation && isOk(each.result));
  const firsts = inOrder.map((name) => {
    const ids = idsOf(name, readings);
    return { name, first: ended.find(({ resource }) => ids.has(resource)) };
  });
  const missing = firsts.find(({ first }) => first === undefined);
  const silent = silentIn(journals, readings);
  if (silent !== undefined) return silent;
  if (missing !== undefined)
    return { verdict: 'failed', seen: `${missing.name} has not ${ENDED[operation]} ${describeSince(since)}` };
  const told = firsts.flatMap(({ name, first }) => (first === undefined ? [] : [{ name, ...first }]));
  const seen = told.map(({ name, node, agoS }) => `${name} on ${node} ${agoS.toFixed(1)} s ago`).join(', ');
  const pairs = told.slice(1).map((after, index) => ({ before: told[index] ?? after, after }));
  const wrong = pairs.find(
    ({ before, after }) => before.agoS < after.agoS - (before.node === after.node ? 0 : SAME_MOMENT_S),
  );
  if (wrong !== undefined)
    return { verdict: 'failed', seen: `${wrong.after.name} came before ${wrong.before.name}: ${seen}` };
  const close = pairs.find(
    ({ before, after }) => before.node !== after.node && Math.abs(before.agoS - after.agoS) <= SAME_MOMENT_S,
  );
  if (close === undefined) return { verdict: 'passed', seen };
  const what = `${close.before.name} and ${close.after.name} are less than ${SAME_MOMENT_S} s apart, on two nodes`;
  return { verdict: 'unknown', seen: `${what}: ${seen}` };
}
