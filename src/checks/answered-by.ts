import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import type { AnsweredBy } from '../model/event.js';
import { targetText } from '../model/target.js';
import { defineCheck, passedIf } from './define-check.js';

interface AnsweredByObservation {
  readonly node: string;
  /** Absent where no such probe has run. */
  readonly answeredBy?: readonly AnsweredBy[];
}

const schema = ({ target }: ScenarioFields) =>
  strict({ 'answered-by': strict({ of: word, node: target }) })
    .describe('Which node answered a probe (http, writer) last, by its id.')
    .transform(({ 'answered-by': { of: probe, node } }) => ({ probe, node }));

export const answeredByCheck = defineCheck({
  kind: 'answered-by',
  schema,
  cost: 7,
  when: 'after-probe',
  finds: 'who answered',
  targets: ({ node }) => [node],
  references: ({ probe: id }) => [{ kind: 'probe', at: ['answered-by', 'of'], id, kinds: ['http', 'writer'] }],
  readsStatusText: false,
  describe: ({ probe, node }) => `${probe} was answered by ${targetText(node)} in the end`,
  async observe({ probe: id, node }, context): Promise<AnsweredByObservation> {
    const probe = context.probe(id);
    return { node: await context.resolve(node), ...(probe ? { answeredBy: probe.answeredBy ?? [] } : {}) };
  },
  judge({ probe }, { node, answeredBy }) {
    if (answeredBy === undefined) return { verdict: 'unknown', seen: `no probe ${probe} has run` };
    const last = answeredBy.at(-1);
    if (last === undefined) return { verdict: 'unknown', seen: `no answer to ${probe} named its node` };
    const seen = `answered by ${answeredBy.map(({ who, answers }) => `${who} (${answers})`).join(', then ')}`;
    return passedIf(last.who === node, seen);
  },
});
