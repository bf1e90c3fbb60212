import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { messageOf } from '../model/errors.js';
import type { Expectation } from '../model/expectation.js';
import { type Judgement, worstVerdict } from '../model/verdict.js';
import { type CheckContext, type CheckTable, checkOf } from '../ports/check.js';
import { type CheckDefinition, defineCheck } from './define-check.js';

/** An outcome that cannot even be looked at is unknown, and does not stand in the way of the others. */
type Looked = { readonly observation: unknown } | { readonly problem: string };

interface AnyOfObservation {
  /** One list for each legal outcome, in the expectation's order. */
  readonly outcomes: readonly (readonly Looked[])[];
}

type Schema = (fields: ScenarioFields) => z.ZodType<{ readonly anyOf: readonly (readonly Expectation[])[] }>;

/** The table comes as a function because it holds this check too. */
export function createAnyOfCheck(
  table: () => CheckTable,
  inner: (fields: ScenarioFields) => z.ZodType<Expectation>,
): CheckDefinition<'any-of', Schema> {
  const schema: Schema = (fields) =>
    strict({
      get 'any-of'() {
        return z.array(z.array(inner(fields)).min(1)).min(2);
      },
    })
      .describe('Allowed outcomes: everything in one of the lists must hold.')
      .transform(({ 'any-of': anyOf }) => ({ anyOf }));

  async function look(expectation: Expectation, context: CheckContext): Promise<Looked> {
    try {
      return { observation: await checkOf(table(), expectation).observe(expectation, context) };
    } catch (error) {
      return { problem: messageOf(error) };
    }
  }

  function judgeOutcome(expectations: readonly Expectation[], looked: readonly Looked[]): Judgement {
    const judgements = expectations.map((expectation, index): Judgement => {
      const found = looked[index] ?? { problem: 'not looked at' };
      if ('problem' in found) return { verdict: 'unknown', seen: found.problem };
      return checkOf(table(), expectation).judge(expectation, found.observation);
    });
    const worst = worstVerdict(judgements.map(({ verdict }) => verdict));
    const seen = judgements.map((each) => each.seen).join(' and ');
    const failed = judgements.filter(({ verdict }) => verdict === 'failed');
    const isUndecided = failed.length > 0 && failed.every((each) => each.isUndecided);
    return { verdict: worst === 'skipped' ? 'passed' : worst, seen, ...(isUndecided ? { isUndecided } : {}) };
  }

  return defineCheck({
    kind: 'any-of',
    schema,
    cost: 4,
    when: 'now',
    readsStatusText: true,
    targets: () => [],
    nested: ({ anyOf }) =>
      anyOf.flatMap((list, outcome) =>
        list.map((expectation, index) => ({ at: ['any-of', outcome, index], expectation })),
      ),
    describe: ({ anyOf }) =>
      anyOf
        .map(
          (list) => `(${list.map((expectation) => checkOf(table(), expectation).describe(expectation)).join(' and ')})`,
        )
        .join(' or '),
    observe: async ({ anyOf }, context): Promise<AnyOfObservation> => ({
      outcomes: await Promise.all(
        anyOf.map((list) => Promise.all(list.map((expectation) => look(expectation, context)))),
      ),
    }),
    judge: ({ anyOf }, { outcomes }) => bestOf(anyOf.map((list, index) => judgeOutcome(list, outcomes[index] ?? []))),
  });
}

/** One that passed is enough; one that is not known may still be the one. */
function bestOf(outcomes: readonly Judgement[]): Judgement {
  const passed = outcomes.find(({ verdict }) => verdict === 'passed');
  if (passed !== undefined) return passed;
  const seen = outcomes.map((outcome) => outcome.seen).join('; or ');
  return {
    verdict: outcomes.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'failed',
    seen: seen || 'no outcome is named',
    ...(outcomes.some(({ isUndecided }) => isUndecided) ? { isUndecided: true } : {}),
  };
}
