import { messageOf } from '../model/errors.js';
import type { Expectation } from '../model/scenario.js';
import { type Judgement, worstVerdict } from '../model/verdict.js';
import type { CheckContext, CheckDriver, CheckTable } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';

/** An outcome that cannot even be looked at is unknown, and does not stand in the way of the others. */
type Looked = { readonly observation: unknown } | { readonly problem: string };

interface AnyOfObservation {
  /** One list for each legal outcome, in the expectation's order. */
  readonly outcomes: readonly (readonly Looked[])[];
}

/** The table comes as a function because it holds this driver too. */
export function createAnyOfCheck(table: () => CheckTable): CheckDriver<ExpectationOf<'any-of'>, AnyOfObservation> {
  const driverOf = (expectation: Expectation): CheckDriver<Expectation, unknown> =>
    table()[expectation.kind] as CheckDriver<Expectation, unknown>;

  async function look(expectation: Expectation, context: CheckContext): Promise<Looked> {
    try {
      return { observation: await driverOf(expectation).observe(expectation, context) };
    } catch (error) {
      return { problem: messageOf(error) };
    }
  }

  function judgeOutcome(expectations: readonly Expectation[], looked: readonly Looked[]): Judgement {
    const judgements = expectations.map((expectation, index): Judgement => {
      const found = looked[index] ?? { problem: 'not looked at' };
      if ('problem' in found) return { verdict: 'unknown', seen: found.problem };
      return driverOf(expectation).judge(expectation, found.observation);
    });
    const worst = worstVerdict(judgements.map(({ verdict }) => verdict));
    return { verdict: worst === 'skipped' ? 'passed' : worst, seen: judgements.map(({ seen }) => seen).join(' and ') };
  }

  return {
    kind: 'any-of',
    standsOnStatus: true,
    describe: ({ anyOf }) =>
      anyOf
        .map((list) => `(${list.map((expectation) => driverOf(expectation).describe(expectation)).join(' and ')})`)
        .join(' or '),
    observe: async ({ anyOf }, context) => ({
      outcomes: await Promise.all(
        anyOf.map((list) => Promise.all(list.map((expectation) => look(expectation, context)))),
      ),
    }),
    judge: ({ anyOf }, { outcomes }) => bestOf(anyOf.map((list, index) => judgeOutcome(list, outcomes[index] ?? []))),
  };
}

/** One that passed is enough; one that is not known may still be the one. */
function bestOf(outcomes: readonly Judgement[]): Judgement {
  const passed = outcomes.find(({ verdict }) => verdict === 'passed');
  if (passed !== undefined) return passed;
  const seen = outcomes.map((outcome) => outcome.seen).join('; or ');
  return {
    verdict: outcomes.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'failed',
    seen: seen || 'no outcome is named',
  };
}
