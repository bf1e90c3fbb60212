import type { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import type { Expectation } from '../model/expectation.js';
import type { Judgement } from '../model/verdict.js';
import { type CheckTable, checkOf } from '../ports/check.js';
import { type CheckDefinition, defineCheck } from './define-check.js';

type Schema = (fields: ScenarioFields) => z.ZodType<{ readonly not: Expectation }>;

/** The table comes as a function because it holds this check too. */
export function createNotCheck(
  table: () => CheckTable,
  inner: (fields: ScenarioFields) => z.ZodType<Expectation>,
): CheckDefinition<'not', Schema> {
  const schema: Schema = (fields) =>
    strict({
      get not() {
        return inner(fields);
      },
    }).describe(
      'What must not hold. What is not known, or of which the nodes say different things, is not taken for no.',
    );

  return defineCheck({
    kind: 'not',
    schema,
    cost: 4,
    when: 'now',
    readsStatusText: true,
    targets: () => [],
    nested: ({ not }) => [{ at: ['not'], expectation: not, isDenied: true }],
    describe: ({ not }) => `it is not so that ${checkOf(table(), not).describe(not)}`,
    observe: async ({ not }, context) => ({ observation: await checkOf(table(), not).observe(not, context) }),
    judge: ({ not }, { observation }) => contraryOf(checkOf(table(), not).judge(not, observation)),
  });
}

function contraryOf(judgement: Judgement): Judgement {
  const { verdict, seen, isUndecided } = judgement;
  if (verdict === 'unknown' || isUndecided) return judgement;
  return { verdict: verdict === 'passed' ? 'failed' : 'passed', seen };
}
