import type { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { time } from '../fields/values.js';
import type { Expectation } from '../model/expectation.js';
import type { TimeExpression } from '../model/scenario.js';
import { type CheckTable, checkOf } from '../ports/check.js';
import { type CheckDefinition, defineCheck } from './define-check.js';

type Never = { readonly never: Expectation; readonly for: TimeExpression };
type Schema = (fields: ScenarioFields) => z.ZodType<Never>;

/** The table comes as a function because it holds this check too. */
export function createNeverCheck(
  table: () => CheckTable,
  inner: (fields: ScenarioFields) => z.ZodType<Expectation>,
): CheckDefinition<'never', Schema> {
  const schema: Schema = (fields) =>
    strict({
      get never() {
        return inner(fields);
      },
      for: time.describe('How long, from the end of the action; the step takes at least that long.'),
    }).describe('What must not hold at any look during this time. The step fails as soon as it holds once.');

  return defineCheck({
    kind: 'never',
    schema,
    cost: 4,
    when: 'after-action',
    readsStatusText: false,
    targets: () => [],
    nested: ({ never }) => [{ at: ['never'], expectation: never, isDenied: true }],
    lasting: ({ never, for: during }) => ({ expectation: never, during }),
    describe({ never, for: during }) {
      const denied = never.kind === 'not' ? checkOf(table(), never).nested?.(never)[0]?.expectation : undefined;
      if (denied !== undefined) return `throughout ${during.source}: ${checkOf(table(), denied).describe(denied)}`;
      return `never within ${during.source}: ${checkOf(table(), never).describe(never)}`;
    },
    observe: async ({ never }, context) => ({ observation: await checkOf(table(), never).observe(never, context) }),
    // One look: the runner takes them over the whole time, and adds them up.
    judge({ never }, { observation }) {
      const { verdict, seen, isUndecided } = checkOf(table(), never).judge(never, observation);
      if (verdict === 'unknown' || isUndecided) return { verdict: 'unknown', seen };
      return { verdict: verdict === 'passed' ? 'failed' : 'passed', seen };
    },
  });
}
